import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openCheckpoint } from "../../src/ledger/checkpoint.ts";
import { EMPTY_EDGE, growTree } from "../../src/ledger/grow.ts";
import {
  consistencyProof,
  type HashReader,
  inclusionProof,
  leafHash,
  rootHash,
  verifyConsistency,
  verifyInclusion,
} from "../../src/ledger/merkle.ts";
import { entriesPath, hashFromTile, parseEntries, tileOfHash, tilePath } from "../../src/ledger/tile.ts";
import { toHex } from "../../src/lib/bytes.ts";
import { testWithVectors } from "../shared-vectors.ts";

const VKEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
const SIZES = Array.from({ length: 16 }, (_, size) => size);

testWithVectors(
  "a log that Tessera wrote opens, and its tiles, bundles and proofs agree",
  "tessera/log",
  async (folder) => {
    const file = (path: string): Uint8Array => new Uint8Array(readFileSync(join(folder, path)));
    const read: HashReader = (level, index) => {
      const { level: tileLevel, n, width } = tileOfHash(level, index, 15);
      return hashFromTile(file(tilePath(tileLevel, n, width)), level, index);
    };
    const open = (size: number) => openCheckpoint(file(`checkpoint.${size}`), VKEY);
    const leaves = parseEntries(file(entriesPath(0, 15)), 15).map(leafHash);
    for (const size of SIZES) {
      const { root, origin, size: stated } = open(size);
      assert.deepEqual([origin, stated], ["example.com/log/testdata", size]);
      assert.equal(toHex(await rootHash(size, read)), toHex(root));
      const grown = growTree(EMPTY_EDGE, leaves.slice(0, size));
      assert.equal(toHex(grown.root), toHex(root));
      for (const { level, n, width, bytes } of grown.tiles) assert.deepEqual(bytes, file(tilePath(level, n, width)));
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(index, size, read);
        verifyInclusion({ index, size, root, leaf: leaves[index] as Uint8Array, proof });
      }
      for (const oldSize of SIZES.slice(0, size + 1)) {
        const proof = await consistencyProof(oldSize, size, read);
        verifyConsistency({ oldSize, newSize: size, oldRoot: open(oldSize).root, newRoot: root, proof });
      }
    }
  },
);
