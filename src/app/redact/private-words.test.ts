import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReadWord } from "../../capture/private/read-words.ts";
import { wordsOf } from "../../capture/private/read-words.ts";
import { privateWords } from "./private-words.ts";

const KNOWN = { author: "Marrow Quillfeather", handle: "@quillfeather@lanterns.example", words: ["Hollow Lane 14"] };

/** Words of ten pixels each, a line after another. */
function read(...lines: readonly string[]): readonly ReadWord[] {
  return lines.flatMap((line, row) =>
    line.split(" ").map((text, at) => ({ text, line: String(row), box: [20 * at, 30 * row, 10, 12] as const })),
  );
}

const found = (...lines: readonly string[]) =>
  privateWords(read(...lines), KNOWN).map(({ kind, box }) => `${kind} ${box}`);

test("a name is found whole, however it is set, and by its parts", () => {
  assert.equal(found("by MARROW Quillfeather, today")[0], "name 20,0,30,12");
  assert.ok(found("dear Marrow!").includes("name 20,0,10,12"));
  assert.deepEqual(found("the lamps were put out"), []);
});

test("handles are found by their form and by what is known of them, words as they were given", () => {
  assert.ok(found("see lanterns.example/quillfeather/17").includes("handle 20,0,10,12"));
  assert.deepEqual(found("thanks @fence_post and @ home"), ["handle 20,0,10,12"]);
  assert.deepEqual(found("at Hollow Lane 14 in", "Hollow Lane 15"), ["word 20,0,50,12"]);
});

test("addresses and numbers to dial are found; dates, counts and prices are not", () => {
  assert.deepEqual(found("mail wren@lanterns.example now"), ["contact 20,0,10,12"]);
  assert.deepEqual(found("call 020 7946 0999 or"), ["contact 20,0,50,12"]);
  assert.deepEqual(found("+44 20 7946 0999"), ["contact 0,0,70,12"]);
  assert.deepEqual(found("2026-03-14 21:07 1,204 views 12 likes £100.00"), []);
});

test("of what the engine says only words count", () => {
  const row = (level: number, box: string, text: string): string =>
    [level, 1, 1, 1, 1, 1, ...box.split(","), 90, text].join("\t");
  const tsv = [row(4, "0,0,99,20", ""), row(5, "1,2,30,12", "Marrow"), row(5, "x,2,3,4", "no"), "nonsense", ""].join(
    "\n",
  );
  assert.deepEqual(wordsOf(tsv), [{ text: "Marrow", box: [1, 2, 30, 12], line: "1.1.1.1" }]);
});
