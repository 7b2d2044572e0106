/** A sentence in English and as a code with its values. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PlacardError } from "./error.ts";
import { codedOf, sayings, textOf } from "./told.ts";

const say = sayings({
  plain: "It is so.",
  counted: "{name} has {count} of them.",
  because: "It is not so: {why}",
} as const);

test("a sentence is its English, its code, and what stands in it", () => {
  assert.deepEqual(say("plain"), { text: "It is so.", code: "plain" });
  const values = { name: "{count}", count: 2 };
  assert.deepEqual(say("counted", values), { text: "{count} has 2 of them.", code: "counted", values });
  assert.equal(say("counted", values, { count: "two" }).text, "{count} has two of them.");
  assert.equal(say("because", { why: say("plain") }).text, "It is not so: It is so.");
});

test("what has no code has none, and an error carries both", () => {
  assert.equal(codedOf("It is so."), undefined);
  assert.equal(textOf("It is so."), "It is so.");
  assert.deepEqual(codedOf(say("plain")), { code: "plain" });
  const error = new PlacardError("usage", say("plain"), { next: say("counted", { name: "a", count: 1 }) });
  assert.equal(error.message, "It is so.");
  assert.equal(error.next, "a has 1 of them.");
  assert.equal(error.told?.code, "plain");
  assert.deepEqual(error.toldNext?.values, { name: "a", count: 1 });
  assert.equal(new PlacardError("usage", "It is so.").told, undefined);
});
