/** The verify page speaks both languages in full. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { IN_HEBREW, inBoth } from "../../../test/sentences.ts";
import { en } from "./words-en.ts";
import { he } from "./words-he.ts";

test("both languages say the same things with the same names and numbers in them", () => {
  for (const { key, text, other } of inBoth(en, he)) {
    // Each language names the other in itself.
    assert.match(key === "other" ? text : other, IN_HEBREW, `${key} is not in Hebrew`);
  }
});

test("without its script the page says in both languages what it needs", () => {
  const page = readFileSync(join(import.meta.dirname, "index.html"), "utf8");
  assert.match(
    page,
    /<noscript>\s*<p>\{\{noScript\}\}<\/p>\s*<p lang="he" dir="rtl">\{\{he\.noScript\}\}<\/p>\s*<\/noscript>/,
  );
});

test("what stands on the page by itself is of the catalogue, and all of it stands there", () => {
  const page = readFileSync(join(import.meta.dirname, "index.html"), "utf8");
  const named = [...page.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).filter((name) => name !== "csp");
  // What the page asks for after the first file is there by the script alone.
  assert.deepEqual([...new Set([...named, "askAnother"])].toSorted(), Object.keys(en.still).toSorted());
  for (const [, says, text] of page.matchAll(/data-says="(\w+)"[^>]*>\{\{(\w+)\}\}/g)) assert.equal(says, text);
});
