import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { LONGEST_LIST, MOST_LINKS, parseLinks } from "./link-list.ts";

const check = (link: string): void => {
  if (URL.parse(link)?.protocol !== "https:") throw new Error("This is not a link.");
};
const parse = (text: string | Uint8Array): readonly string[] =>
  parseLinks(typeof text === "string" ? utf8(text) : text, "links.txt", check);

test("a link a line; empty lines, remarks, a mark at the beginning and any line end are no links", () => {
  const text =
    "\ufeff# lantern posts\r\nhttps://townsquare.example/p/1\r\n\n  https://townsquare.example/p/2  \n#\nhttps://townsquare.example/p/3";
  assert.deepEqual(
    parse(text),
    [1, 2, 3].map((post) => `https://townsquare.example/p/${post}`),
  );
});

test("the line that cannot be captured is named", () => {
  assert.throws(
    () => parse("https://townsquare.example/p/1\n\nftp://townsquare.example/p/2\n"),
    (error) => isPlacardError(error, "usage") && error.message.startsWith("Line 3 of links.txt "),
  );
  assert.throws(
    () => parse(`https://townsquare.example/${"a".repeat(9000)}`),
    (error) => isPlacardError(error, "usage") && /^Line 1 .* longer/.test(error.message),
  );
});

test("what is empty, too long, too many or no text is refused", () => {
  assert.throws(
    () => parse("# nothing\n"),
    (error) => isPlacardError(error, "usage"),
  );
  assert.throws(
    () => parse(new Uint8Array(LONGEST_LIST + 1)),
    (error) => isPlacardError(error, "too_large"),
  );
  assert.throws(
    () => parse(Uint8Array.of(0xff, 0xfe)),
    (error) => isPlacardError(error, "malformed"),
  );
  const many = "https://townsquare.example/p/1\n".repeat(MOST_LINKS + 1);
  assert.throws(
    () => parse(many),
    (error) => isPlacardError(error, "too_large"),
  );
});

test("of any bytes, links or an error of ours", () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 300 })), (text) => {
      try {
        assert.ok(parse(text).length > 0);
      } catch (error) {
        assert.ok(isPlacardError(error));
      }
    }),
  );
});
