/** The form for strangers speaks both languages in full. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { IN_HEBREW, inBoth } from "../../../test/sentences.ts";
import { en } from "./words-en.ts";
import { he } from "./words-he.ts";

test("both languages say the same things, plainly", () => {
  for (const { key, text, other } of inBoth(en, he)) {
    if (key !== "name" && key !== "other") assert.match(other, IN_HEBREW, `${key} is not in Hebrew`);
    assert.doesNotMatch(text, /\b(?:ledger|hash|warc|token|server)\b|!/i, key);
  }
});
