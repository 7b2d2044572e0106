import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { blankPage } from "../../../test/blank-page.ts";
import { postTexts, readFacts } from "./facts.ts";

const url = "https://townsquare.example/p/1";
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
      author: "JSON-LD",
      handle: "JSON-LD",
      postText: "JSON-LD",
      postedAt: "JSON-LD",
      platform: "JSON-LD",
      title: "page",
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
  const entries = [{ author: "A", handle: "", text: "from mf", published: "2026-01-01", url }];
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
  assert.deepEqual((other["factSources"] as Record<string, string>)["postText"], "OpenGraph");
  const both = readFacts({ ...blankPage, metas, jsonLd, text: "Leave them be. Pack up, and leave" }, url);
  assert.equal(both["postText"], "Pack up and leave.", "punctuation and white space do not count");
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
        metas: [{ name: "og:title", content: text }],
      };
      const found = readFacts({ ...data, text }, text);
      assert.ok(JSON.stringify(found).isWellFormed());
    }),
    { numRuns: process.env["PLACARD_DEEP"] === "1" ? 20_000 : 500 },
  );
});
