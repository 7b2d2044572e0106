import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { blankPage } from "../../../test/blank-page.ts";
import type { Json } from "../../lib/json.ts";
import { postTexts, readFacts } from "./facts.ts";

const url = "https://townsquare.example/p/1";
const found = {
  foundBy: "permalink",
  box: { x: 0, y: 0, width: 1, height: 1 },
  text: "",
  lines: [],
  labels: [],
  media: [],
  streams: [],
  faces: [],
  markup: [],
} as const;
const posting = {
  "@context": "https://schema.org",
  "@type": "SocialMediaPosting",
  url,
  text: "Pack up and leave.",
  datePublished: "2026-03-14T21:07:00+01:00",
  author: { "@type": "Person", name: "Old Fence Post", alternateName: "@oldfencepost" },
  publisher: { name: "Townsquare" },
};

test("JSON-LD gives the post's facts, each with its source", () => {
  const facts = readFacts({ ...blankPage, title: "T", jsonLd: [JSON.stringify(posting)] }, url);
  assert.deepEqual(facts, {
    author: "Old Fence Post",
    handle: "@oldfencepost",
    postText: "Pack up and leave.",
    postedAt: "2026-03-14T21:07:00+01:00",
    platform: "Townsquare",
    postTextVisible: false,
    title: "T",
    factSources: {
      author: ["JSON-LD"],
      handle: ["JSON-LD"],
      postText: ["JSON-LD"],
      postedAt: ["JSON-LD"],
      platform: ["JSON-LD"],
      title: ["page"],
    },
  });
});

test("of several posts, the one the page is about", () => {
  const reply = { ...posting, url: `${url}9`, text: "Another." };
  for (const jsonLd of [
    [JSON.stringify([reply, posting])],
    [JSON.stringify({ "@graph": [reply, { ...posting, url: undefined, "@id": `${url}#x` }] })],
  ]) {
    assert.equal(readFacts({ ...blankPage, jsonLd }, url)["postText"], "Pack up and leave.");
  }
});

test("microformats, ActivityStreams and OpenGraph, in this order after JSON-LD", () => {
  const metas = [
    { name: "og:description", content: "from OG" },
    { name: "og:site_name", content: "Site" },
  ];
  const entry = { author: "A", handle: "", text: "from mf", published: "2026-01-01", updated: "", replyTo: "", url };
  const entries = [entry];
  const activities = [
    JSON.stringify({ type: "Note", content: "<p>from <b>AS</b> &amp; more</p>", published: "2026-02-02T00:00:00Z" }),
  ];
  assert.equal(readFacts({ ...blankPage, metas }, url)["postText"], "from OG");
  const facts = readFacts({ ...blankPage, metas, entries }, url);
  assert.equal(facts["postText"], "from mf");
  assert.equal(facts["platform"], "Site");
  assert.equal(readFacts({ ...blankPage, metas, entries, activities }, url)["postText"], "from AS & more");
  assert.ok(postTexts({ ...blankPage, metas, entries }, url).includes("from mf"));
});

test("of what the page says it says, what a reader sees is quoted", () => {
  const metas = [{ name: "og:description", content: "Leave them be." }];
  const jsonLd = [JSON.stringify(posting)];
  const other = readFacts({ ...blankPage, metas, jsonLd, text: "Old Fence Post\nLeave\u00a0them be!" }, url);
  assert.equal(other["postText"], "Leave them be.");
  assert.equal(other["postTextVisible"], true);
  assert.deepEqual((other["factSources"] as Record<string, unknown>)["postText"], ["OpenGraph"]);
  assert.deepEqual(other["factConflicts"], { postText: [{ source: "JSON-LD", value: "Pack up and leave." }] });
  const both = readFacts({ ...blankPage, metas, jsonLd, text: "Leave them be. Pack up, and leave" }, url);
  assert.equal(both["postText"], "Pack up and leave.", "punctuation and white space do not count");
});

test("edits, answers and counts, and a time without a zone", () => {
  const counter = (action: string, userInteractionCount: unknown) => ({
    interactionType: action,
    userInteractionCount,
  });
  const jsonLd = [
    JSON.stringify({
      ...posting,
      datePublished: "2026-03-14T21:07",
      dateModified: "2026-03-14T21:30:00+01:00",
      parentItem: { "@type": "Comment", url: `${url}0` },
      interactionStatistic: [
        counter("https://schema.org/LikeAction", 12),
        counter("ShareAction", "1"),
        counter("ViewAction", -3),
      ],
      commentCount: 4,
    }),
  ];
  const facts = readFacts({ ...blankPage, jsonLd }, url);
  assert.equal(facts["editedAt"], "2026-03-14T21:30:00+01:00");
  assert.equal(facts["replyTo"], `${url}0`);
  assert.deepEqual([facts["likes"], facts["reposts"], facts["replies"], facts["views"]], [12, 1, 4, undefined]);
  assert.deepEqual(facts["timesWithoutZone"], ["postedAt"]);
  const same = JSON.stringify({ ...posting, dateModified: posting.datePublished });
  assert.equal(readFacts({ ...blankPage, jsonLd: [same] }, url)["editedAt"], undefined);
});

test("of ten posts alike, the one with the page's address; where none has it, none", () => {
  const ten = Array.from({ length: 10 }, (_, i) => ({ ...posting, url: `${url}${i}`, text: `Post ${i}.` }));
  const thread = JSON.stringify({ ...ten[0], comment: ten.slice(1) });
  const text = (address: string, canonical = ""): unknown =>
    readFacts({ ...blankPage, canonical, jsonLd: [thread] }, address)["postText"];
  for (let i = 0; i < 10; i++) assert.equal(text(`${url}${i}`), `Post ${i}.`);
  assert.equal(text(`${url}7?utm_source=mail`), "Post 7.");
  assert.equal(text("https://short.example/x", `${url}3`), "Post 3.");
  assert.equal(text("https://townsquare.example/p/other"), undefined);
});

test("what stands beside the words: marks and whole counts, not rounded ones", () => {
  const facts = (lines: readonly string[], labels: readonly string[] = []) =>
    readFacts({ ...blankPage, element: { ...found, lines, labels } }, url);
  const one = facts(["· 1,234 likes", "2 replies ·", "(edited)", "1.2K views"], ["5 reposts"]);
  assert.deepEqual([one["likes"], one["replies"], one["reposts"], one["views"]], [1234, 2, 5, undefined]);
  assert.equal(one["edited"], true);
  assert.equal(facts(["3 likes", "4 likes"])["likes"], undefined, "two numbers are none");
  assert.equal(facts(["12 likes of his"])["likes"], undefined);
  for (const line of ["Edited", "Edited 14 March", "· Edited 2 hours ago", "Zuletzt bearbeitet am 14. März", "נערך"])
    assert.equal(facts([line])["edited"], true, line);
  for (const line of ["Unedited", "editedly", "Edited Books, a shop", "Edited by A", "I edited 2 of them"])
    assert.equal(facts([line])["edited"], undefined, line);
});

test("of the posts on the page, what is said of another is not heard", () => {
  const element = { ...found, text: "Old Fence Post: Pack up and leave." };
  const jsonLd = [JSON.stringify({ ...posting, url: undefined, text: "The council met." })];
  const text = "The council met.\nPack up and leave.";
  assert.equal(readFacts({ ...blankPage, text, jsonLd }, url)["author"], posting.author.name);
  const facts = readFacts({ ...blankPage, text, jsonLd, element }, url);
  assert.deepEqual([facts["postText"], facts["author"]], [undefined, undefined]);
  const hidden = readFacts({ ...blankPage, text: "Pack up and leave.", jsonLd, element }, url);
  assert.equal(hidden["postTextVisible"], false, "words that no reader sees are told, and said to be unseen");
});

test("text that turns its direction stays as it was said, and other control characters go", () => {
  const text = "\u202eשלום\u202c and\u0007 more\u0085";
  assert.equal(readFacts({ ...blankPage, title: text }, url)["title"], "\u202eשלום\u202c and more");
});

test("metadata made to keep us busy does not", () => {
  const started = performance.now();
  const numbers = `[${"0,".repeat(149_000)}0]`;
  const open = JSON.stringify({ content: "<".repeat(290_000), published: "&amp".repeat(70_000).slice(0, 1000) });
  const address = JSON.stringify({ "@type": "Article", url: `${"#".repeat(290_000)}\n` });
  readFacts({ ...blankPage, jsonLd: [numbers, address, "[".repeat(300_000)], activities: [open] }, url);
  assert.ok(performance.now() - started < 2000, "a quadratic scan takes minutes here");
});

test("hostile metadata is bounded and never throws", () => {
  const facts = readFacts(
    { ...blankPage, metas: [{ name: "og:title", content: `a\u0000b\u001b[2J${"x".repeat(5000)}\ud83d` }] },
    url,
  );
  assert.equal(String(facts["title"]).slice(0, 5), "ab[2J");
  assert.ok(String(facts["title"]).length <= 500);
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.string({ unit: "binary" }), (json, text) => {
      const data = {
        ...blankPage,
        jsonLd: [json, text, `{"@type":"Article","author":${json},"text":${json}}`],
        activities: [json, text],
        microdata: [
          JSON.parse(json) as Json,
          { "@type": "https://schema.org/Comment", author: JSON.parse(json) as Json },
        ],
        atRecords: [json, text, `{"$type":"app.bsky.feed.post","text":${json},"reply":${json}}`],
        element: { ...found, text, lines: [text], labels: [text] },
        metas: [{ name: "og:title", content: text }],
        forms: (["ActivityStreams", "oEmbed", "AT Protocol"] as const).flatMap((kind) =>
          [json, text, `{"id":${json},"url":"u","content":"c","author_name":${json}}`].map((form) => ({
            kind,
            url: "u",
            text: form,
          })),
        ),
      };
      const facts = readFacts({ ...data, text }, text);
      assert.ok(JSON.stringify(facts).isWellFormed());
    }),
    { numRuns: process.env["PLACARD_DEEP"] === "1" ? 20_000 : 500 },
  );
});
