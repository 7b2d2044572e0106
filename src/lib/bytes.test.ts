import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  copyOf,
  fromBase64,
  fromBase64Url,
  fromHex,
  fromUtf8,
  giveBack,
  toBase64,
  toBase64Url,
  toHex,
} from "./bytes.ts";
import { isPlacardError } from "./error.ts";

const bytes = fc.uint8Array({ maxLength: 100 });

test("encodings are those of the standards, and come back", () => {
  fc.assert(
    fc.property(bytes, (given) => {
      const buffer = Buffer.from(given);
      assert.equal(toBase64(given), buffer.toString("base64"));
      assert.equal(toBase64Url(given), buffer.toString("base64url"));
      assert.equal(toHex(given), buffer.toString("hex"));
      assert.deepEqual(fromBase64(toBase64(given)), given);
      assert.deepEqual(fromBase64Url(toBase64Url(given)), given);
      assert.deepEqual(fromHex(toHex(given), given.length), given);
    }),
  );
  const long = new Uint8Array(100_000).map((_, i) => i * 31);
  assert.deepEqual(fromBase64(toBase64(long)), long);
});

test("a text is taken only where it is the one encoding of its bytes", () => {
  for (const [decode, encode] of [
    [fromBase64, toBase64],
    [fromBase64Url, toBase64Url],
  ] as const) {
    const text = fc.oneof(
      fc.string(),
      fc.base64String(),
      bytes.map(encode).map((encoded) => `${encoded}=`),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          assert.equal(encode(decode(given)), given);
        } catch (error) {
          assert.ok(isPlacardError(error, "malformed"));
        }
      }),
      { numRuns: 500 },
    );
  }
  for (const text of ["QQ", "QR==", "Q Q=", "QQ==\n", "QQ=", "="]) {
    assert.throws(
      () => fromBase64(text),
      (error) => isPlacardError(error, "malformed"),
    );
  }
  for (const text of ["QQ==", "QR", "Q", "+/8", "Q\nQ"]) {
    assert.throws(
      () => fromBase64Url(text),
      (error) => isPlacardError(error, "malformed"),
    );
  }
});

test("text that is not UTF-8 is refused, and a byte order mark is a character like any other", () => {
  assert.throws(
    () => fromUtf8(Uint8Array.of(0xc3, 0x28)),
    (error) => isPlacardError(error, "malformed"),
  );
  assert.equal(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41)), "\ufeffA");
});

test("large bytes are given back at once, and never what others may still use", () => {
  const large = new Uint8Array(1 << 20);
  giveBack(large.subarray(1));
  assert.equal(large.length, 0);
  const [pooled, beside] = [Buffer.from("given back"), Buffer.from("kept")];
  giveBack(pooled);
  assert.equal(beside.toString(), "kept");
  assert.deepEqual(copyOf(pooled), copyOf(Buffer.from("given back")));
});
