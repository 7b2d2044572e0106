import assert from "node:assert/strict";
import { test } from "node:test";
import { wordDiff } from "./word-diff.ts";

const told = (before: string, after: string): string =>
  wordDiff(before, after)
    .map(({ text, is }) => (is === "gone" ? `[-${text}-]` : is === "new" ? `{+${text}+}` : text))
    .join("");

test("two texts are told word by word, in scripts of every direction", () => {
  assert.equal(told("The lane was here first.", "The lane is here first."), "The lane [-was-]{+is+} here first.");
  assert.equal(told("היינו כאן לפני השביל.", "היינו כאן אחרי השביל."), "היינו כאן [-לפני-]{+אחרי+} השביל.");
  assert.equal(told("كنا هنا قبل الزقاق", "كنا هنا بعد الزقاق"), "كنا هنا [-قبل-]{+بعد+} الزقاق");
  assert.equal(told("one two three four", "one 2 3 four"), "one [-two three-]{+2 3+} four");
  assert.equal(told("he will answer for it", "he will be thanked for it"), "he will [-answer-]{+be thanked+} for it");
  assert.equal(told("here before\nthe lane", "here\nafter the lane"), "here[- before\n-]{+\nafter +}the lane");
  assert.equal(told("same", "same"), "same");
  assert.equal(told("", "all new"), "{+all new+}");
});

test("texts that have nothing to do with one another are told one after the other, and soon", () => {
  const [before, after] = ["a", "b"].map((sign) =>
    Array.from({ length: 2_400 }, (_, i) => `${sign}${i % 97}`).join(" "),
  );
  const pieces = wordDiff(before ?? "", after ?? "");
  assert.deepEqual([pieces[0]?.text, pieces.at(-1)?.text], [before, after]);
});

test("both texts can be read back from what is told", () => {
  const [before, after] = ["  We were  here,\nbefore the lane. ", "We are here\n\nbefore any lane had a name!"];
  const pieces = wordDiff(before ?? "", after ?? "");
  const without = (is: "gone" | "new") =>
    pieces
      .filter((one) => one.is !== is)
      .map(({ text }) => text)
      .join("");
  assert.deepEqual([without("new"), without("gone")], [before, after]);
});
