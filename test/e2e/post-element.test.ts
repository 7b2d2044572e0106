/** Which element is the post: never one that merely speaks of it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Browser, type Page } from "playwright-core";
import { FIND_POST, type PostElement } from "../../src/capture/post/post-element.ts";
import { launchOwnBrowser } from "../own-browser.ts";

const WORDS = "They should leave the lane by May.";
let browser: Browser;
let page: Page;

before(async () => {
  browser = await launchOwnBrowser();
  page = await browser.newPage();
});
after(() => browser.close());

async function find(
  html: string,
  url = "https://square.example/p/1",
  words = "",
): Promise<PostElement & { mine: boolean }> {
  await page.setContent(`<base href="https://square.example/">${html}`);
  const found = (await page.evaluate(
    `(${FIND_POST})(${JSON.stringify(url)}, ${JSON.stringify(words)})`,
  )) as PostElement;
  return { ...found, mine: found.foundBy !== "nothing" && /MINE/.test(found.text) };
}

const link = (path: string): string => `<a href="${path}"><time>now</time></a>`;

for (const [what, foundBy, html, url, words] of [
  [
    "the post among its answers",
    "permalink",
    `<article>MINE ${link("/p/1")}</article><article>other ${link("/p/2")}</article>`,
  ],
  ["a slash at the end", "permalink", `<article>MINE ${link("/p/1/")}</article>`],
  ["an answer that links to it", "nothing", `<article>other ${link("/p/2")} <a href="/p/1">in reply to</a></article>`],
  [
    "a post that quotes it",
    "nothing",
    `<article>other ${link("/p/2")}<blockquote>quoted ${link("/p/1")}</blockquote></article>`,
  ],
  [
    "a quoted post within a post",
    "permalink",
    `<article>other ${link("/p/2")}<article>MINE ${link("/p/1")}</article></article>`,
  ],
  [
    "the author's page",
    "nothing",
    `<article class="h-entry"><span class="h-card"><a class="u-url" href="/p/1">A</a></span></article>`,
  ],
  ["twice on the page", "nothing", `<article>a ${link("/p/1")}</article><article>b ${link("/p/1")}</article>`],
  [
    "a copy nobody sees",
    "permalink",
    `<article hidden>${link("/p/1")}</article><article>MINE ${link("/p/1")}</article>`,
  ],
  ["an article around the thread", "nothing", `<article>${link("/p/1")} ${link("/p/2")}</article>`],
  [
    "microdata of its author",
    "nothing",
    `<article itemscope itemtype="https://schema.org/Comment"><i itemprop="author" itemscope><a itemprop="url" href="/p/1">A</a></i></article>`,
  ],
  [
    "a link with a fragment",
    "permalink",
    `<article>a ${link("/t#p1")}</article><article>MINE ${link("/t#p2")}</article>`,
    "https://square.example/t#p2",
  ],
  [
    "the thread's link",
    "nothing",
    `<article>a ${link("/t#p1")}</article><article>b ${link("/t#p2")}</article>`,
    "https://square.example/t",
  ],
  [
    "a target within the post",
    "fragment",
    `<article>a</article><article><i id="c7"></i>MINE</article>`,
    "https://square.example/t#c7",
  ],
  ["its words", "words", `<article>MINE <p>${WORDS}</p></article><article><p>No.</p></article>`, undefined, WORDS],
  [
    "its words in a quotation",
    "nothing",
    `<article><blockquote>${WORDS}</blockquote>Look at that.</article>`,
    undefined,
    WORDS,
  ],
  ["its words, and more", "nothing", `<article><p>${WORDS} Not.</p></article>`, undefined, WORDS],
  [
    "its words in two posts",
    "nothing",
    `<article><p>${WORDS}</p></article><article><p>${WORDS}</p></article>`,
    undefined,
    WORDS,
  ],
  [
    "its words in a post with another address",
    "nothing",
    `<article><p>${WORDS}</p>${link("/p/2")}</article>`,
    undefined,
    WORDS,
  ],
  ["words too few to tell", "nothing", `<article><p>Go.</p></article>`, undefined, "Go."],
] as const) {
  test(`${what}: ${foundBy}`, async () => {
    const found = await find(html, url, words);
    assert.equal(found.foundBy, foundBy, JSON.stringify(found));
    assert.equal(found.mine, foundBy !== "nothing");
    if (found.foundBy === "nothing") assert.match(found.why, /^[A-Z].*\.$/);
  });
}

test("a page made to keep us busy does not", async () => {
  const nested = `${"<div>".repeat(400)}${WORDS}${"</div>".repeat(400)}`;
  const within = `${"<article>".repeat(400)}${link("/p/2").repeat(2000)}${"</article>".repeat(400)}`;
  for (const html of [`${"<article><p>a</p></article>".repeat(5000)}${nested.repeat(20)}`, within.repeat(3)]) {
    await page.setContent(html);
    const started = performance.now();
    await page.evaluate(`(${FIND_POST})("https://square.example/p/1", ${JSON.stringify(WORDS)})`);
    assert.ok(performance.now() - started < 8000);
  }
});
