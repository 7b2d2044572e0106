/**
 * Each payload of test/vectors/xss.txt on a page of its own, which is captured: wherever a page says what it is, it says the payload. The
 * sealed facts have it, and it runs nowhere: not in the list, on its exhibit's screen, on its placard, or where its proof is verified.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { buildVerifyPage } from "../../scripts/build-verify-page.ts";
import { isJsonObject, type Json } from "../../src/lib/json.ts";
import { laidOpen, shown } from "../../src/verify/wording.ts";
import { IS_WHOLE } from "../fuzz-time.ts";
import { good } from "../server/house.ts";
import { somePayloads, xssPayloads } from "../xss-vectors.ts";
import { layOut, openVerifyPage } from "./open-verify-page.ts";
import { wary } from "./wary-page.ts";
import { type OpenWorkbench, openWorkbench } from "./workbench-house.ts";

const PAYLOADS = [...new Set(xssPayloads)].map((text) => text.toWellFormed());
/** Captures are polite, a host at a time. */
const HOSTS = 4;
const MOST_ON_A_SHEET = 100;
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (one) => `&#${one.codePointAt(0)};`);
/** What no page can hold, or no fact may: characters that are no signs, and room at the ends. */
const sealable = (text: string): string => text.replaceAll(/(?![\t\n])\p{Cc}/gu, "").trim();

/** In JSON-LD every fact there is is the payload; the page's other metadata says something else with the payload in it. */
function pageOf(text: string): string {
  const posting = {
    "@context": "https://schema.org",
    "@type": "SocialMediaPosting",
    headline: text,
    text,
    datePublished: text,
    dateModified: ` ${text}`,
    author: { "@type": "Person", name: text, alternateName: text },
    publisher: { "@type": "Organization", name: text },
    parentItem: { "@id": text },
    image: `https://media.example/${text}`,
  };
  const other = escaped(`Not ${text}`);
  const metas = ["og:title", "og:description", "og:site_name", "article:published_time"]
    .map((name) => `<meta property="${name}" content="${other}">`)
    .join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(text)}</title><link rel="icon" href="data:,">
${metas}<meta name="author" content="${other}"><meta name="twitter:creator" content="${other}">
<script type="application/ld+json">${JSON.stringify(posting).replaceAll("<", "\\u003c")}</script></head>
<body><main><p>Notice board of Hollow Lane, kept by its neighbours.</p><article><h1>${escaped(text)}</h1><p>${escaped(text)}</p></article></main></body></html>`;
}

interface Captured {
  readonly text: string;
  readonly id: string;
}

let workbench: OpenWorkbench;
let sites: readonly Server[];
let captured: readonly Captured[];

before(async () => {
  workbench = await openWorkbench();
  const capture = { gapSeconds: 0, retries: 0, atOnce: HOSTS };
  await writeFile(join(workbench.house.folder, "config.json"), JSON.stringify({ capture }));
  sites = await Promise.all(Array.from({ length: HOSTS }, serve));
  const links = PAYLOADS.map((_, i) => {
    const at = sites[i % HOSTS]?.address();
    return `http://127.0.0.1:${(at as AddressInfo).port}/p/${i}`;
  });
  const outcomes = await workbench.house.house.record().capture(links, { allowPrivate: true });
  const lost = outcomes.flatMap((one, i) => (one.outcome === "sealed" ? [] : [`${PAYLOADS[i]}: ${one.reason}`]));
  assert.deepEqual(lost, []);
  captured = outcomes.flatMap((one, i) => (one.outcome === "sealed" ? [{ text: PAYLOADS[i] ?? "", id: one.id }] : []));
});
after(async () => {
  await workbench?.[Symbol.asyncDispose]();
  for (const site of sites ?? []) site.close();
});

async function serve(): Promise<Server> {
  const site = createServer(({ url = "" }, response) => {
    const text = PAYLOADS[Number(/^\/p\/(\d+)$/.exec(url)?.[1])];
    const headers = { "content-type": "text/html; charset=utf-8", connection: "close" };
    response.writeHead(text === undefined ? 404 : 200, headers).end(text === undefined ? "" : pageOf(text));
  });
  await once(site.listen(0, "127.0.0.1"), "listening");
  return site;
}

async function open(path: string): Promise<{ readonly page: Page; readonly noticed: readonly string[] }> {
  const { page } = await workbench.open("/preferences");
  const noticed = await wary(page);
  await page.goto(new URL(path, page.url()).href);
  await page.locator("h1").waitFor();
  return { page, noticed };
}

test("every fact that a page states is sealed as the payload it is, and so is what its other metadata says instead", async () => {
  assert.ok(captured.length >= 200);
  const record = workbench.house.house.record();
  for (const { text, id } of captured) {
    const { fields } = await record.show(id);
    const said = sealable(text);
    const facts = ["author", "handle", "postText", "title", "platform", "replyTo", "postedAt", "editedAt"];
    for (const name of facts) {
      const longest = name.endsWith("At") ? 64 : 200;
      assert.equal(fields[name], said.length <= longest ? said : said.slice(0, longest), `${name} of ${text}`);
    }
    assert.deepEqual(fields["media"], [sealable(`https://media.example/${text}`)]);
    const conflicts: Readonly<Record<string, Json>> = isJsonObject(fields["factConflicts"])
      ? fields["factConflicts"]
      : {};
    const other = ["author", "handle", "platform", "postText", "postedAt"];
    assert.deepEqual(Object.keys(conflicts).toSorted(), other, text);
    // What is no sign is not kept in a page's own markup.
    if (!/\p{C}/u.test(text)) assert.ok(JSON.stringify(conflicts["author"]).includes(JSON.stringify(`Not ${text}`)));
  }
});

test("in the list", async () => {
  const { page, noticed } = await open("/look");
  const rows = page.locator(".exhibit-row");
  await rows.first().waitFor();
  while ((await rows.count()) < PAYLOADS.length) {
    const before = await rows.count();
    await page.getByRole("button", { name: "Show more" }).click();
    await rows.nth(before).waitFor();
  }
  await page.getByRole("button", { name: "Show titles and links" }).click();
  const read = (await page.locator(".exhibit-link").allTextContents()).join("\n");
  for (const { text } of captured) assert.ok(read.includes(sealable(text)), text);
  assert.equal(await rows.locator("img, script, iframe, video, details, style").count(), 0);
  assert.deepEqual(noticed, []);
});

/** All, or where random input is given less than its minute, as in CI, one of each kind: one by one they take minutes. */
function oneByOne(): readonly Captured[] {
  const kinds = new Set(somePayloads.map((text) => text.toWellFormed()));
  return IS_WHOLE ? captured : captured.filter(({ text }) => kinds.has(text));
}

test("on each exhibit's own screen, all of it uncovered", async () => {
  const { page, noticed } = await open("/look");
  assert.ok(oneByOne().length > 30);
  for (const { text, id } of oneByOne()) {
    await page.evaluate((to) => history.pushState(undefined, "", to), `/look/${id}`);
    await page.locator(`a[href="/api/exhibits/${id}/proof"]`).waitFor();
    const covered = page.getByRole("button", { name: "Show it" });
    // The post, and where its page's metadata say different things.
    for (let left = await covered.count(); left > 0; left--) await covered.first().click();
    const titles = page.getByRole("button", { name: "Show titles and links" });
    if ((await titles.count()) > 0) await titles.click();
    await page.locator("details.more summary").first().click();
    assert.equal(await page.locator(".said").textContent(), sealable(text));
    const known = await page.locator("section[aria-labelledby=known]").textContent();
    assert.ok(known?.includes(`“${shown(sealable(text), 300)}”`) && known.includes("“Not "), `${text}: ${known}`);
  }
  assert.deepEqual(noticed, []);
});

test("on their placards", async () => {
  const { page, noticed } = await open("/show");
  for (let from = 0; from < captured.length; from += MOST_ON_A_SHEET) {
    const some = captured.slice(from, from + MOST_ON_A_SHEET);
    const ids = encodeURIComponent(JSON.stringify(some.map(({ id }) => id)));
    await page.goto(new URL(`/show?ids=${ids}`, page.url()).href);
    await page.locator(".covered button").click();
    const sheet = page.frameLocator(".preview iframe").locator("body");
    await sheet.waitFor({ timeout: 60_000 });
    const words = plain((await sheet.textContent()) ?? "");
    for (const { text } of some) assert.ok(words.includes(plain(text)), text);
  }
  assert.deepEqual(noticed, []);
});

/** Without what a line is broken at. */
const plain = (text: string): string => text.replaceAll(/[\s\p{C}]+/gu, "");

test("where each exhibit's proof is verified by whoever gets it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-verify-page-"));
  try {
    await buildVerifyPage(folder);
    const complaints: string[] = [];
    const page = await openVerifyPage(workbench.browser, folder, complaints);
    const noticed = await wary(page);
    await page.reload();
    const { house, cookie } = workbench;
    for (const { text, id } of oneByOne()) {
      const proof = await good(await house.ask(`/api/exhibits/${id}/proof`, { cookie }));
      const told = await layOut(page, `${id}.placard`, await proof.bytes());
      const said = sealable(text);
      assert.deepEqual([told.verdict, told.words, told.title], ["holds", said, said]);
      // Author, handle, platform, what it answers, when.
      assert.ok(told.facts.filter((fact) => fact === laidOpen(said)).length >= 5, text);
      assert.ok(!told.elements.some((name) => ["script", "iframe", "svg", "style", "a", "form"].includes(name)), text);
    }
    assert.deepEqual([complaints, noticed], [[], []]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
