import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encode } from "fast-png";
import { isPlacardError } from "../lib/error.ts";
import { commitScreenshot, readPicture, tileSalt } from "./picture.ts";

const rgb = new Uint8Array(3 * 100 * 70).map((_, i) => i * 7);
const seed = new Uint8Array(32).fill(5);

test("an opaque picture gives the same commitment with and without an alpha channel", async () => {
  const rgba = new Uint8Array(4 * 100 * 70).fill(255);
  for (let i = 0; i < 100 * 70; i++) rgba.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  const plain = await commitScreenshot(encode({ width: 100, height: 70, data: rgb, channels: 3 }), seed);
  assert.deepEqual(plain, await commitScreenshot(encode({ width: 100, height: 70, data: rgba, channels: 4 }), seed));
  assert.deepEqual({ ...plain, root: "" }, { root: "", width: 100, height: 70, tile: 64, count: 4 });
  assert.notDeepEqual(
    plain,
    await commitScreenshot(encode({ width: 100, height: 70, data: rgb, channels: 3 }), new Uint8Array(32)),
  );
});

test("salts differ from tile to tile", () => {
  assert.notDeepEqual(tileSalt(seed, 0), tileSalt(seed, 1));
  assert.equal(tileSalt(seed, 70_000).length, 16);
});

function attempt(bytes: Uint8Array): void {
  try {
    readPicture(bytes);
  } catch (error) {
    assert.ok(isPlacardError(error), String(error));
  }
}

test("what is no opaque PNG is refused, and nothing else passes", () => {
  const whole = encode({ width: 10, height: 10, data: new Uint8Array(300), channels: 3 });
  const clear = encode({ width: 1, height: 1, data: new Uint8Array([1, 2, 3, 254]), channels: 4 });
  assert.throws(
    () => readPicture(clear),
    (error) => isPlacardError(error, "unsupported"),
  );
  assert.throws(
    () => readPicture(encode({ width: 2, height: 1, data: new Uint8Array([1, 2]), channels: 1 })),
    (error) => isPlacardError(error, "unsupported"),
  );
  const huge = whole.slice();
  new DataView(huge.buffer).setUint32(16, 1 << 30);
  assert.throws(
    () => readPicture(huge),
    (error) => isPlacardError(error, "too_large"),
  );
  const runs = process.env["PLACARD_DEEP"] === "1" ? 20_000 : 1000;
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), attempt), { numRuns: runs });
  fc.assert(
    fc.property(fc.nat(), fc.nat(255), (at, value) => {
      const broken = whole.slice();
      broken[at % broken.length] = value;
      attempt(broken);
    }),
    { numRuns: runs },
  );
});
