/** Posts in the marks of platforms that follow no standard: of several alike the right one, and only what it says itself. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Browser, type Page } from "playwright-core";
import { fromMarkup } from "../../src/capture/facts/markup/markup.ts";
import { MARKUP_RULES } from "../../src/capture/facts/markup/rules.ts";
import { FIND_POST, type PostElement } from "../../src/capture/post/post-element.ts";
import { blankPage } from "../blank-page.ts";
import { launchOwnBrowser } from "../own-browser.ts";
import { type MarkupCase, MORE_CASES } from "../platform-posts.ts";

let browser: Browser;
let page: Page;

before(async () => {
  browser = await launchOwnBrowser();
  page = await browser.newPage();
});
after(() => browser.close());

const TIME = "2026-05-01T10:00:00.000Z";
const WORDS = "They should leave the lane by day 4 of May.";
const OTHER = "The hedge is to be cut on day 9.";

const tweet = (n: number, words: string, more = ""): string => `<article data-testid="tweet" role="article">
<div data-testid="User-Name"><a href="/neighbour${n}"><span>Neighbour ${n}</span></a><a href="/neighbour${n}"><span>@neighbour${n}</span></a></div>
<div data-testid="tweetText" lang="en">${words}</div>${more}<a href="/neighbour${n}/status/10${n}"><time datetime="${TIME}">1 May</time></a>
<div role="group" aria-label="${n} replies, 1 repost, 4${n} likes, 1234 views"><button>x</button></div></article>`;

const comment = (n: number, words: string, inner = ""): string =>
  `<shreddit-comment thingid="t1_${n}" author="neighbour${n}" permalink="/r/lane/comments/1/comment/c${n}/" score="7"><time datetime="${TIME}">1 May</time>
<div slot="comment"><p>${words}</p></div>${inner}</shreddit-comment>`;

const thread = `<article><shreddit-post id="t3_1" author="neighbour4" permalink="/r/lane/comments/1/lanterns/" post-title="Lanterns" score="42" comment-count="2"
created-timestamp="2026-05-01T10:00:00.000000+0000"><h1 slot="title">Lanterns</h1><div slot="text-body"><p>${WORDS}</p></div></shreddit-post></article>
${comment(2, OTHER, comment(3, "Which hedge?"))}`;

const message = (
  n: number,
  words: string,
  edited = "",
): string => `<div class="tgme_widget_message js-widget_message" data-post="hollowlane/${n}">
<a class="tgme_widget_message_owner_name" href="https://t.example/hollowlane"><span>Hollow Lane</span></a>
<div class="tgme_widget_message_text js-message_text">${words}</div><span class="tgme_widget_message_views">1.2K</span>
<span class="tgme_widget_message_meta">${edited}<a class="tgme_widget_message_date" href="https://t.example/hollowlane/${n}"><time datetime="${TIME}" class="time">10:00</time></a></span></div>`;

const boardPost = (
  n: number,
  words: string,
): string => `<article class="message message--post js-post" data-author="Neighbour ${n}" data-content="post-${n}" id="js-post-${n}">
<span class="u-anchorTarget" id="post-${n}"></span><header class="message-attribution"><ul class="message-attribution-main"><li><a href="/threads/lane.7/post-${n}"><time class="u-dt" datetime="2026-05-01T10:0${n}:00+0100">1 May</time></a></li></ul></header>
<article class="message-body"><div class="bbWrapper">${words}</div></article><div class="message-lastEdit">Last edited: <time class="u-dt" datetime="2026-05-01T11:00:00+0100">later</time></div></article>`;

const CASES: readonly MarkupCase[] = [
  [
    "a post among others",
    "X",
    "https://x.example/neighbour4/status/104?s=20",
    `<link rel="canonical" href="https://x.example/neighbour4/status/104">${tweet(1, OTHER)}${tweet(4, WORDS)}${tweet(6, OTHER)}`,
    {
      author: "Neighbour 4",
      handle: "neighbour4",
      postText: WORDS,
      postedAt: TIME,
      replies: 4,
      reposts: 1,
      likes: 44,
      views: 1234,
    },
  ],
  [
    "a post that quotes another",
    "X",
    "https://x.example/neighbour4/status/104",
    tweet(
      4,
      WORDS,
      `<div role="link"><div data-testid="User-Name"><span>Neighbour 9</span></div><div data-testid="tweetText">${OTHER}</div></div>`,
    ),
    {
      author: "Neighbour 4",
      handle: "neighbour4",
      postText: WORDS,
      postedAt: TIME,
      replies: 4,
      reposts: 1,
      likes: 44,
      views: 1234,
    },
  ],
  [
    "a quotation without words of one's own, in an answer whose time stands beside its names",
    "X",
    "https://x.example/neighbour4/status/104",
    tweet(4, "", `<div role="link"><div data-testid="tweetText">${OTHER}</div></div>`)
      .replace('<div data-testid="tweetText" lang="en"></div>', "")
      .replace("</a></div>", `</a> · <a href="/neighbour4/status/104"><time datetime="${TIME}">1 May</time></a></div>`),
    { author: "Neighbour 4", handle: "neighbour4", postedAt: TIME, replies: 4, reposts: 1, likes: 44, views: 1234 },
  ],
  [
    "a post above its comments",
    "Reddit",
    "https://r.example/r/lane/comments/1/lanterns/",
    thread,
    {
      handle: "neighbour4",
      postText: WORDS,
      postedAt: "2026-05-01T10:00:00.000000+0000",
      replies: 2,
      title: "Lanterns",
    },
  ],
  [
    "a comment with an answer in it",
    "Reddit",
    "https://r.example/r/lane/comments/1/comment/c2/",
    thread,
    { handle: "neighbour2", postText: OTHER, postedAt: TIME },
  ],
  [
    "a comment of an account that is gone",
    "Reddit",
    "https://r.example/r/lane/comments/1/comment/c2/",
    comment(2, OTHER).replace("neighbour2", "[deleted]"),
    { postText: OTHER, postedAt: TIME },
  ],
  [
    "a message of a channel, edited",
    "Telegram",
    "https://t.example/s/hollowlane/4",
    message(3, OTHER) + message(4, WORDS, "edited "),
    { author: "Hollow Lane", handle: "hollowlane", postText: WORDS, postedAt: TIME, edited: true },
  ],
  [
    "a message that begins with the word",
    "Telegram",
    "https://t.example/s/hollowlane/4",
    message(4, "edited by hand"),
    { author: "Hollow Lane", handle: "hollowlane", postText: "edited by hand", postedAt: TIME },
  ],
  [
    "a post of a board",
    "XenForo",
    "https://board.example/threads/lane.7/#post-4",
    boardPost(3, OTHER) + boardPost(4, WORDS),
    { author: "Neighbour 4", postedAt: "2026-05-01T10:04:00+0100", editedAt: "2026-05-01T11:00:00+0100" },
  ],
  [
    "the page of the whole thread",
    "XenForo",
    "https://board.example/threads/lane.7/",
    boardPost(3, OTHER) + boardPost(4, WORDS),
    {},
  ],
  [
    "a page of another platform with the same address",
    "X",
    "https://x.example/neighbour4/status/104",
    `<article>${WORDS}<a href="/neighbour4/status/104"><time>1 May</time></a></article>`,
    {},
  ],
];

for (const [what, name, url, html, facts] of [...CASES, ...MORE_CASES]) {
  test(`${name}: ${what}`, async () => {
    await page.setContent(`<base href="${new URL(url).origin}/">${html}`);
    const given = [url, "", MARKUP_RULES].map((each) => JSON.stringify(each)).join(", ");
    const element = (await page.evaluate(`(${FIND_POST})(${given})`)) as PostElement;
    assert.deepEqual(fromMarkup({ ...blankPage, element }, name), facts, JSON.stringify(element));
    for (const other of new Set(MARKUP_RULES.map((rule) => rule.name))) {
      if (other !== name) assert.deepEqual(fromMarkup({ ...blankPage, element }, other), {});
    }
  });
}
