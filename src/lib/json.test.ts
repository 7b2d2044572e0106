import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isPlacardError } from "./error.ts";
import { parseJson } from "./json.ts";

const refused = (code: "malformed" | "too_large") => (error: unknown) => isPlacardError(error, code);

test("a string that never ends is refused at once, however many quotation marks are in it", () => {
  const text = `["${'\\"'.repeat(1 << 20)}`;
  const started = performance.now();
  assert.throws(() => parseJson(text, "x", { length: 1 << 22, depth: 4 }), refused("malformed"));
  // Quadratic, it would be hours.
  assert.ok(performance.now() - started < 5000);
});

test("a member named twice is refused, however it is written", () => {
  for (const text of [
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061" \t:2}',
    '[{"b":{"a":1,"x":"{","a":2}}]',
    '{"\\"":1,"\\u0022":2}',
    '{"a\\\\":1,"a\\\\":2}',
  ]) {
    assert.throws(() => parseJson(text, "x"), refused("malformed"), text);
  }
  for (const text of ['{"a":{"a":1},"b":["a","a"]}', '[{"a":1},{"a":2}]', '{"a":"a","b":"\\"a\\":"}']) {
    assert.deepEqual(parseJson(text, "x"), JSON.parse(text));
  }
});

test("brackets within strings are no depth", () => {
  const deep = "[".repeat(40);
  assert.deepEqual(parseJson(JSON.stringify([deep, '"', "\\", '\\"']), "x", { length: 1000, depth: 1 }), [
    deep,
    '"',
    "\\",
    '\\"',
  ]);
  assert.throws(() => parseJson("[[]]", "x", { length: 1000, depth: 1 }), refused("too_large"));
});

test("whatever JSON is comes back, and only our own error for anything else", () => {
  fc.assert(fc.property(fc.json(), (text) => assert.deepEqual(parseJson(text, "x"), JSON.parse(text))));
  const pieces = fc.array(fc.constantFrom('"', "\\", "{", "}", "[", "]", ":", ",", "a", "1", " ", '"a"'), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(pieces, (parts) => {
      try {
        parseJson(parts.join(""), "x");
      } catch (error) {
        assert.ok(isPlacardError(error), String(error));
      }
    }),
  );
});
