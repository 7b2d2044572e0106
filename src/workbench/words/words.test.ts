/** Every catalogue says everything, and nothing is said outside the catalogues. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { IN_HEBREW, inBoth, sentences } from "../../../test/sentences.ts";
import { en } from "./en.ts";
import { he } from "./he.ts";
import { counted, fill } from "./words.ts";

test("both languages say the same things with the same names and numbers in them", () => {
  for (const { key, text, other } of inBoth(en, he)) {
    assert.notEqual(other.trim(), "", key);
    if (/[a-z]/.test(text.replace(/\{\w+\}/g, "")) && text !== "Placard") {
      assert.match(other, IN_HEBREW, `${key} is not in Hebrew`);
    }
  }
});

test("no screen speaks of how it is made", () => {
  for (const [key, text] of sentences(en)) assert.doesNotMatch(text, /\b(?:ledger|hash|warc|merkle|sqlite)\b/i, key);
});

test("no sentence exclaims", () => {
  for (const [key, text] of [...sentences(en), ...sentences(he)]) assert.doesNotMatch(text, /!/, key);
});

/** Words between tags or beside values, and in the attributes that are read out or shown. */
const SPOKEN = [
  />[^<>{}=;()[\]]*\p{L}{2,}[^<>{}=;()[\]]*[<{]/gu,
  /\}[^<>{}=;()[\]]*\p{L}{2,}[^<>{}=;()[\]]*<\//gu,
  /\b(?:label|title|placeholder|alt|aria-label|description|lead|over)=(?:\{\s*[`"']|")[^"`']*\p{L}/gu,
];

function spokenIn(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  // What comes before the first markup is no text on a screen.
  const markup = code.slice(Math.max(0, code.search(/return[ (]|=> \(?\s*</)));
  return SPOKEN.flatMap((pattern) => [...markup.matchAll(pattern)].map(([match]) => match.trim()));
}

test("no source file of the workbench has text of its own", () => {
  const folder = join(import.meta.dirname, "..");
  const files = globSync("**/*.tsx", { cwd: folder });
  assert.ok(files.length > 3);
  const found = files.flatMap((file) =>
    spokenIn(readFileSync(join(folder, file), "utf8")).map((text) => `${file}: ${text}`),
  );
  assert.deepEqual(found, []);
});

test("text that does stand in a source file is found", () => {
  for (const markup of [
    "<p>Saved</p>",
    "<p>\n  Saved just now\n</p>",
    "<p>Saved by {name}</p>",
    "<p>{name} saved it</p>",
    '<Button aria-label="Save it">{save}</Button>',
    "<Page title={`Save ${count}`} />",
  ]) {
    assert.notDeepEqual(spokenIn(`function Screen() {\n  return (${markup});\n}`), [], markup);
  }
});

test("names and numbers are put in, set apart, and counted in their own form", () => {
  assert.equal(fill("You: {name}", { name: "דנה" }), "You: \u2068דנה\u2069");
  assert.equal(fill("{name} {other}", { name: "{other}" }), "\u2068{other}\u2069 {other}");
  const forms = { one: "one", two: "two", other: "{count} posts" };
  assert.equal(counted("en", forms, 1200), "\u20681,200\u2069 posts");
  assert.equal(counted("en", forms, 2), "\u20682\u2069 posts");
  assert.equal(counted("he", forms, 2), "two");
});
