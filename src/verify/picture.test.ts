import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isPlacardError } from "../lib/error.ts";
import { commitPicture, cutTile, type Picture, SALT_LENGTH, tileBox, tileCount, verifyTile } from "./picture.ts";

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

test("every tile is proven, alone and in its place only", async () => {
  await fc.assert(
    fc.asyncProperty(pictures, fc.nat(), fc.nat(), async (picture, a, b) => {
      const { root, count, proof } = await commitPicture(picture, salt);
      const index = a % count;
      const tile = { index, salt: salt(index), rgb: cutTile(picture, index) };
      const path = await proof(index);
      verifyTile(picture, root, tile, path);
      const rgb = tile.rgb.slice();
      rgb[b % rgb.length] = (rgb[b % rgb.length] as number) ^ 1;
      const forged = [
        () => verifyTile(picture, root, { ...tile, rgb }, path),
        () => verifyTile(picture, root, { ...tile, salt: new Uint8Array(SALT_LENGTH).fill(99) }, path),
        () => verifyTile({ ...picture, width: picture.width + 1 }, root, tile, path),
        () => verifyTile({ width: picture.height, height: picture.width + 64 }, root, tile, path),
        () => verifyTile(picture, root, { ...tile, index: (index + 1) % (count + 1) }, path),
      ];
      for (const forge of forged) assert.throws(forge, (error) => isPlacardError(error));
    }),
    { numRuns: 60 },
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
