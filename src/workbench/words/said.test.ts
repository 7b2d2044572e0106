/** What the server says, for who reads another language. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { say as ask } from "../../ask/said.ts";
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

test("a question's status is told with its days, the times it was asked and their own words", () => {
  const none = ask("status_no_reply_confirmed", { byOn: "2026-05-15", times: ask("times_many", { count: 3 }) });
  assert.equal(
    saidIn(reader, none.text, none).text.replace(/[\u2066-\u2069]/g, ""),
    "לא התקבלה תשובה עד 15 במאי 2026 (נשאל 3 פעמים, המסירה אושרה).",
  );
  const theirs = ask("status_they_say", { cameOn: "2026-05-04", as: ask("class_answered") });
  assert.match(saidIn(reader, theirs.text, theirs).text, /4 במאי 2026.+נענתה/);
});
