import assert from "node:assert/strict";
import { test } from "node:test";
import { PlacardError } from "../lib/error.ts";
import { beside, EXIT, type Output, reportError } from "./output.ts";

function listening(): { readonly output: Output; readonly said: string[] } {
  const said: string[] = [];
  const quiet = (): void => undefined;
  return { output: { json: false, result: quiet, progress: quiet, say: (text) => said.push(text) }, said };
}

test("words stand under one another beside their lead, on lines no longer than the terminal", () => {
  const words = "Every byte is as it was sealed, and nothing else is there.";
  assert.equal(beside("  holds  file  ", words, undefined), `  holds  file  ${words}`);
  const set = beside("  holds  file  ", words, 44).split("\n");
  assert.ok(set.length > 1 && set.every((line) => line.length < 44));
  assert.ok(set.slice(1).every((line) => /^ {15}\S/.test(line)));
  assert.equal(set.map((line) => line.slice(15)).join(" "), words);
  assert.equal(beside("a  ", "one\ntwo", undefined), "a  one\n   two", "a line of a post is no line of ours");
  assert.equal(beside("a  ", "x".repeat(90), 40), `a  ${"x".repeat(90)}`, "a long word is left whole, to be copied");
});

test("no error of the system or of the program looks like a verdict", () => {
  const { output, said } = listening();
  const refused = Object.assign(new Error("EACCES: permission denied, open 'x'"), { syscall: "open", code: "EACCES" });
  assert.equal(reportError(refused, output, "verify"), EXIT.failed);
  assert.equal(reportError(new TypeError("undefined is no function"), output, "verify"), EXIT.failed);
  assert.equal(reportError(new PlacardError("mismatch", "It does not match."), output, "verify"), EXIT.doesNot);
  assert.match(said[0] ?? "", /^The system refused: EACCES/);
  assert.match(said[1] ?? "", /^This is a fault in Placard: TypeError/);
});
