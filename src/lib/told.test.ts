/** A sentence in English and as a code with its values. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PlacardError } from "./error.ts";
import { codedOf, listIn, listInWords, sayings, textOf } from "./told.ts";

const say = sayings({
  plain: "It is so.",
  counted: "{name} has {count} of them.",
  because: "It is not so: {why}",
  list: "Seen by {each}.",
} as const);

test("a sentence is its English, its code, and what stands in it", () => {
  assert.deepEqual(say("plain"), { text: "It is so.", code: "plain" });
  const values = { name: "{count}", count: 2 };
  assert.deepEqual(say("counted", values), { text: "{count} has 2 of them.", code: "counted", values });
  assert.equal(say("counted", values, { count: "two" }).text, "{count} has two of them.");
  assert.equal(say("because", { why: say("plain") }).text, "It is not so: It is so.");
});

test("several things are a list, in English by its words", () => {
  const each = ["a", say("because", { why: "b" }), 3];
  assert.deepEqual(say("list", { each }), {
    text: "Seen by a, It is not so: b and 3.",
    code: "list",
    values: { each },
  });
  assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listInWords), ["", "a", "a and b", "a, b and c"]);
});

test("in Hebrew each is set apart, and is joined as what it begins with asks for", () => {
  assert.equal(listIn("he", ["שכן", "\u2068חבר\u2069 שלו"]), "\u2068שכן\u2069 ו\u2068\u2068חבר\u2069 שלו\u2069");
  assert.equal(
    listIn("he", ["North", "South", "East"]),
    "\u2068North\u2069, \u2068South\u2069 ו\u05be\u2068East\u2069",
  );
  assert.equal(listIn("he", []), "");
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
