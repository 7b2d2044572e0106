import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlacardError } from "../lib/error.ts";
import { type Hiding, LONGEST_HIDDEN, MOST_HIDDEN, namesToHide } from "./hidden-names.ts";

function refused(hiding: Hiding, why: RegExp): void {
  assert.throws(
    () => namesToHide(hiding),
    (error) => isPlacardError(error, "usage") && why.test(`${error.message} ${error.next ?? ""}`),
    JSON.stringify(hiding),
  );
}

test("what the site shows is named, or it is said that it shows no name", () => {
  refused({}, /not said which names.*--hide NAME.*--hide-nothing/);
  refused({ hide: [] }, /not said/);
  refused({ hide: ["Anna"], hideNothing: true }, /either/);
  assert.deepEqual(namesToHide({ hideNothing: true }), []);
  assert.deepEqual(namesToHide({ hide: [" Anna ", "@jo"] }), ["Anna", "@jo"]);
});

test("two characters do in scripts of few letters a name; what stands in every other word is refused, and why is said", () => {
  for (const name of ["李明", "김준", "גל", "Ян", "@李", "éà", "Ann"])
    assert.deepEqual(namesToHide({ hide: [name] }), [name]);
  for (const name of ["", " ", "Jo", "j7", "é", "李", "김".normalize("NFD"), "𠮷", "🙂"]) {
    refused({ hide: ["Anna", name] }, /too short.*in every other word.*two of another script.*[Ll]onger/);
  }
});

test("there are bounds", () => {
  const many = Array.from({ length: MOST_HIDDEN }, (_, i) => `name ${i}`);
  assert.equal(namesToHide({ hide: many }).length, MOST_HIDDEN);
  refused({ hide: [...many, "one more"] }, /at most 50/);
  refused({ hide: ["a".repeat(LONGEST_HIDDEN + 1)] }, /200 characters/);
});
