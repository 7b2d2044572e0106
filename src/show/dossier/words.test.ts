/** Dossiers speak every language in full. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { IN_HEBREW, inBoth } from "../../../test/sentences.ts";
import { en } from "./words-en.ts";
import { he } from "./words-he.ts";

test("both languages say the same things with the same names and numbers in them, plainly", () => {
  for (const { key, text, other } of inBoth(en, he)) {
    assert.match(other, IN_HEBREW, `${key} is not in Hebrew`);
    for (const said of [text, other]) assert.doesNotMatch(said, /\b(?:ledger|hash|warc)\b|!/i, key);
  }
});
