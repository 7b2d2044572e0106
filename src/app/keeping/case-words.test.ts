/** A handed-out case speaks every language in full. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeholders, sentences } from "../../../test/sentences.ts";
import { COLUMNS } from "./case-sheet.ts";
import { en } from "./case-words-en.ts";
import { he } from "./case-words-he.ts";

test("both languages say the same things with the same names and numbers in them, plainly", () => {
  const hebrew = new Map(sentences(he));
  const english = sentences(en);
  assert.deepEqual(
    [...hebrew.keys()],
    english.map(([key]) => key),
  );
  for (const [key, text] of english) {
    const other = hebrew.get(key) ?? "";
    assert.equal(placeholders(other), placeholders(text), key);
    assert.match(other, /[\u05d0-\u05ea]/, `${key} is not in Hebrew`);
    for (const said of [text, other]) assert.doesNotMatch(said, /\b(?:ledger|hash|warc)\b|!/i, key);
  }
});

test("each column of the table has its words, and none is left over", () => {
  assert.deepEqual(
    COLUMNS.map(({ name }) => name),
    Object.keys(en.columns),
  );
});
