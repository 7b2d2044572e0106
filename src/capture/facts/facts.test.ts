import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { PageData } from "../page-data.ts";
import { postTexts, readFacts } from "./facts.ts";

const url = "https://townsquare.example/p/1";
const blank: PageData = {
  title: "",
  language: "",
  text: "",
  textCut: false,
  canonical: "",
  metas: [],
  jsonLd: [],
  activities: [],
  entries: [],
  passwordFields: 0,
  captchaMarks: [],
  largeMedia: 0,
};
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
  const facts = readFacts({ ...blank, title: "T", jsonLd: [JSON.stringify(posting)] }, url);
  assert.deepEqual(facts, {
    author: "Old Fence Post",
    handle: "@oldfencepost",
    postText: "Pack up and leave.",
    postedAt: "2026-03-14T21:07:00+01:00",
    platform: "Townsquare",
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
    assert.equal(readFacts({ ...blank, jsonLd }, url)["postText"], "Pack up and leave.");
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
  assert.equal(readFacts({ ...blank, metas }, url)["postText"], "from OG");
  const facts = readFacts({ ...blank, metas, entries }, url);
  assert.equal(facts["postText"], "from mf");
  assert.equal(facts["platform"], "Site");
  assert.equal(readFacts({ ...blank, metas, entries, activities }, url)["postText"], "from AS & more");
  assert.ok(postTexts({ ...blank, metas, entries }, url).includes("from mf"));
});

test("hostile metadata is bounded and never throws", () => {
  const facts = readFacts(
    { ...blank, metas: [{ name: "og:title", content: `a\u0000b\u001b[2J${"x".repeat(5000)}\ud83d` }] },
    url,
  );
  assert.equal(String(facts["title"]).slice(0, 5), "ab[2J");
  assert.ok(String(facts["title"]).length <= 500);
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.string({ unit: "binary" }), (json, text) => {
      const data = {
        ...blank,
        jsonLd: [json, text, `{"@type":"Article","author":${json},"text":${json}}`],
        activities: [json, text],
        metas: [{ name: "og:title", content: text }],
      };
      const found = readFacts(data, text);
      assert.ok(JSON.stringify(found).isWellFormed());
    }),
    { numRuns: process.env["PLACARD_DEEP"] === "1" ? 20_000 : 500 },
  );
});
