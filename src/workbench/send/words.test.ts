/** The form for strangers speaks both languages in full. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeholders, sentences } from "../../../test/sentences.ts";
import { en } from "./words-en.ts";
import { he } from "./words-he.ts";

test("both languages say the same things, plainly", () => {
  const hebrew = new Map(sentences(he));
  const english = sentences(en);
  assert.deepEqual(
    [...hebrew.keys()],
    english.map(([key]) => key),
  );
  for (const [key, text] of english) {
    const other = hebrew.get(key) ?? "";
    assert.equal(placeholders(other), placeholders(text), key);
    if (key !== "name" && key !== "other") assert.match(other, /[\u05d0-\u05ea]/, `${key} is not in Hebrew`);
    assert.doesNotMatch(text, /\b(?:ledger|hash|warc|token|server)\b|!/i, key);
  }
});
