import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { spoiled } from "../../test/spoiled.ts";
import { deflateStored } from "./deflate-stored.ts";

const LAST_BLOCK = Uint8Array.of(1, 0, 0, 0xff, 0xff);

async function unpacked(pieces: readonly Uint8Array[]): Promise<Buffer> {
  const blocks: Uint8Array[] = [];
  for await (const block of deflateStored(spoiled(pieces))) blocks.push(new Uint8Array(block));
  return inflateRawSync(Buffer.concat([...blocks, LAST_BLOCK]));
}

test("what is stored unpacks to itself, however it came, also where a piece is longer than a block", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), async (pieces) => {
      assert.deepEqual(await unpacked(pieces), Buffer.concat(pieces));
    }),
  );
  for (const length of [65_534, 65_535, 65_536, 200_000]) {
    const piece = new Uint8Array(length).map((_, i) => i * 7);
    assert.ok((await unpacked([piece, piece])).equals(Buffer.concat([piece, piece])));
  }
});
