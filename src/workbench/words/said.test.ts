/** What the server says, for who reads another language. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { say } from "../../verify/said.ts";
import { witnessedBy } from "../../verify/trust-checks.ts";
import { said } from "./he/said.ts";
import { he } from "./he.ts";
import { saidIn } from "./said.ts";

const reader = { language: "he", words: he, said } as const;

test("who witnessed is told by name and time, each a sentence of its own in a list", () => {
  const noon = Date.parse("2026-03-15T12:00:00Z");
  const each = [witnessedBy("North", noon, noon), witnessedBy("הספרייה", noon + 3_600_000, noon)];
  const sentence = say("witnessed", { each });
  assert.equal(
    sentence.text,
    "Witnessed by North before 15 March 2026, 12:00:00 UTC and by הספרייה before 15 March 2026, 13:00:00 UTC (this computer's clock has not reached that).",
  );
  const { text, lang } = saidIn(reader, sentence.text, sentence);
  assert.equal(lang, undefined);
  assert.match(text, /North.+לפני.+15 במרץ 2026.+12:00:00 UTC.+הספרייה.+13:00:00 UTC.+השעון של המחשב הזה/);
  assert.doesNotMatch(text, /\b(?:by|and|before|clock)\b/);
});
