import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { concat, utf8 } from "../lib/bytes.ts";
import { type ErrorCode, isPlacardError } from "../lib/error.ts";
import {
  commitPicture,
  cutTile,
  inStrips,
  type Picture,
  SALT_LENGTH,
  tileBox,
  tileCount,
  verifyTile,
} from "./picture.ts";

const salt = (index: number): Uint8Array => new Uint8Array(SALT_LENGTH).fill(index & 255);
const pictures = fc
  .record({ width: fc.integer({ min: 1, max: 200 }), height: fc.integer({ min: 1, max: 200 }), seed: fc.integer() })
  .map(({ width, height, seed }): Picture => {
    const rgb = new Uint8Array(3 * width * height);
    let state = seed | 1;
    for (let i = 0; i < rgb.length; i++) rgb[i] = (state = (Math.imul(state, 1103515245) + 12345) | 0) >>> 16;
    return { width, height, rgb };
  });

test("1280 × 4000 pixels are 1,260 tiles", () => {
  assert.equal(tileCount({ width: 1280, height: 4000 }), 1260);
});

test("the tiles of a picture are all of it, each pixel once", () => {
  fc.assert(
    fc.property(pictures, (picture) => {
      let area = 0;
      for (let i = 0; i < tileCount(picture); i++) {
        const box = tileBox(picture, i);
        area += box.width * box.height;
        assert.equal(cutTile(picture, i).length, 3 * box.width * box.height);
      }
      assert.equal(area, picture.width * picture.height);
    }),
    { numRuns: 50 },
  );
});

test("the root is the one that docs/formats/picture.md describes, computed by hand", async () => {
  const picture: Picture = { width: 65, height: 65, rgb: new Uint8Array(3 * 65 * 65).map((_, i) => i % 251) };
  const hash = (...parts: readonly Uint8Array[]): Uint8Array =>
    createHash("sha256")
      .update(concat(...parts))
      .digest();
  const pixels = (left: number, top: number, right: number, bottom: number): Uint8Array =>
    concat(
      ...Array.from({ length: bottom - top }, (_, y) =>
        picture.rgb.subarray(3 * (65 * (top + y) + left), 3 * (65 * (top + y) + right)),
      ),
    );
  const leaf = (index: number, rgb: Uint8Array): Uint8Array =>
    hash(
      new Uint8Array([0]),
      utf8("placard-tile/v1\n"),
      new Uint8Array([0, 0, 0, 65, 0, 0, 0, 65, 0, 0, 0, index]),
      salt(index),
      rgb,
    );
  const node = (left: Uint8Array, right: Uint8Array): Uint8Array => hash(new Uint8Array([1]), left, right);
  const upper = node(leaf(0, pixels(0, 0, 64, 64)), leaf(1, pixels(64, 0, 65, 64)));
  const lower = node(leaf(2, pixels(0, 64, 64, 65)), leaf(3, pixels(64, 64, 65, 65)));
  assert.deepEqual(Buffer.from((await commitPicture(inStrips(picture), salt)).root), node(upper, lower));
});

test("any of the tiles may be withheld: each that is shown is still proven, alone and in its place only", async () => {
  await fc.assert(
    fc.asyncProperty(pictures, fc.infiniteStream(fc.boolean()), fc.nat(), async (picture, choices, b) => {
      const { root, count, proof } = await commitPicture(inStrips(picture), salt);
      const tileAt = (index: number) => ({ index, salt: salt(index), rgb: cutTile(picture, index) });
      for (let index = 0; index < count; index++) {
        if (choices.next().value) continue;
        const tile = tileAt(index);
        const path = await proof(index);
        verifyTile(picture, root, tile, path);
        const refused = (code: ErrorCode, what: string, forge: () => void): void =>
          assert.throws(forge, (error) => isPlacardError(error, code), what);
        const rgb = tile.rgb.slice();
        rgb[b % rgb.length] = (rgb[b % rgb.length] as number) ^ 1;
        refused("mismatch", "a pixel", () => verifyTile(picture, root, { ...tile, rgb }, path));
        const other = new Uint8Array(SALT_LENGTH).fill(99);
        refused("mismatch", "the salt", () => verifyTile(picture, root, { ...tile, salt: other }, path));
        refused("mismatch", "the root", () => verifyTile(picture, new Uint8Array(32), tile, path));
        refused("malformed", "no such place", () => verifyTile(picture, root, { ...tile, index: count }, path));
        refused("malformed", "half a tile", () => verifyTile(picture, root, { ...tile, rgb: rgb.slice(1) }, path));
        if (count > 1) refused("malformed", "half a proof", () => verifyTile(picture, root, tile, path.slice(1)));
        for (const size of [
          { ...picture, width: picture.width + 1 },
          { ...picture, height: picture.height + 64 },
        ]) {
          assert.throws(() => verifyTile(size, root, tile, path), isPlacardError, "another size");
        }
        const neighbour = (index + 1) % count;
        if (neighbour === index) continue;
        const moved = { ...tileAt(neighbour), index };
        assert.throws(() => verifyTile(picture, root, moved, path), isPlacardError, "two tiles exchanged");
      }
    }),
    { numRuns: 40 },
  );
});

test("sizes that are none, or too large, are refused before anything is made", () => {
  for (const size of [
    { width: 0, height: 1 },
    { width: 1.5, height: 1 },
    { width: -1, height: 5 },
  ]) {
    assert.throws(
      () => tileCount(size),
      (error) => isPlacardError(error, "malformed"),
    );
  }
  assert.throws(
    () => tileCount({ width: 131_072, height: 131_072 }),
    (error) => isPlacardError(error, "too_large"),
  );
});
