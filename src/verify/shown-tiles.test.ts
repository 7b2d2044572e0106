import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { covered, saltOf, smallPicture, tileProofs, tilesField } from "../../test/redacted-fixture.ts";
import { encodePng } from "../capture/picture/png-writer.ts";
import { concat, utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import type { Json } from "../lib/json.ts";
import { commitPicture, cutTile, inStrips, tileCount, verifyTile } from "./picture.ts";
import { readPlainPng } from "./plain-png.ts";
import { checkShownTiles, longestProof, readShownTiles, sealedTilesIn, writeShownTiles } from "./shown-tiles.ts";

test("whatever is withheld, the rest is proven; each shown tile is also proven by itself, by its own inclusion proof", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 200 }),
      fc.infiniteStream(fc.boolean()),
      async (width, height, hides) => {
        const picture = smallPicture(width, height);
        const count = tileCount(picture);
        const withheld = Array.from({ length: count }, (_, i) => i).filter(() => hides.next().value);
        const sealed = sealedTilesIn((await tilesField(picture)) as Json);
        const png = new Blob([(await encodePng(covered(picture, withheld))) as BlobPart]);
        const proof = writeShownTiles(tileProofs(picture, withheld));
        assert.ok(proof.length <= longestProof(count));
        const shown = await readPlainPng(png);
        assert.deepEqual(await checkShownTiles(shown, readShownTiles(proof, count), sealed), withheld);
        const commitment = await commitPicture(inStrips(picture), saltOf);
        for (let index = 0; index < count; index++) {
          if (withheld.includes(index)) continue;
          const tile = { index, salt: saltOf(index), rgb: cutTile(shown, index) };
          verifyTile(picture, sealed.root, tile, await commitment.proof(index));
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("an act's field is taken in one form only", () => {
  const good = { root: "0".repeat(64), width: 150, height: 100, tile: 64, count: 6 };
  assert.equal(sealedTilesIn(good).count, 6);
  for (const bad of [
    undefined,
    null,
    [],
    "x",
    { ...good, root: "0" },
    { ...good, count: 5 },
    { ...good, tile: 32 },
    { ...good, width: "150" },
  ])
    assert.throws(
      () => sealedTilesIn(bad as Json),
      (error) => isPlacardError(error, "malformed"),
    );
  assert.throws(
    () => sealedTilesIn({ ...good, width: 1e9 }),
    (error) => isPlacardError(error, "too_large"),
  );
});

test("a small file cannot unpack to a large picture, nor say that it is one", async () => {
  const png = await encodePng(smallPicture(64, 64));
  const grown = png.slice();
  new DataView(grown.buffer, grown.byteOffset).setUint32(16, 5793);
  await assert.rejects(readPlainPng(new Blob([grown as BlobPart])), (error) => isPlacardError(error));
});

test("whatever the bytes, only our own error comes out", async () => {
  const png = await encodePng(smallPicture(70, 70));
  const proof = writeShownTiles(tileProofs(smallPicture(70, 70), [1]));
  const ours = async (work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      assert.ok(isPlacardError(error), String(error));
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.uint8Array({ maxLength: 40 }), fc.boolean(), async (place, bytes, grows) => {
      const spoil = (whole: Uint8Array): Uint8Array<ArrayBuffer> => {
        const at = place % whole.length;
        return concat(whole.slice(0, at), bytes, whole.slice(grows ? at : at + bytes.length));
      };
      await ours(() => readPlainPng(new Blob([spoil(png)])));
      await ours(() => readPlainPng(new Blob([bytes as BlobPart])));
      await ours(() => readShownTiles(spoil(proof), 4));
      await ours(() => readShownTiles(concat(utf8("placard-shown/v1\n"), bytes), 4));
    }),
    { numRuns: 500 },
  );
});
