import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toHex, utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { EMPTY_EDGE, growTree, readEdge, type TreeEdge } from "./grow.ts";
import { EMPTY_ROOT, leafHash, nodeHash, rootHash } from "./merkle.ts";
import { hashFromTile, type Tile, tileOfHash, tilePath, tilesChanged } from "./tile.ts";

const leaves = Array.from({ length: 70_000 }, (_, i) => leafHash(utf8(`entry ${i}`)));

/** A tree as its files: what growTree gave, by path. */
function grow(files: Map<string, Uint8Array>, edge: TreeEdge, count: number) {
  const growth = growTree(edge, leaves.slice(edge.size, edge.size + count));
  for (const tile of growth.tiles) files.set(tilePath(tile.level, tile.n, tile.width), tile.bytes);
  return growth;
}

function reader(files: ReadonlyMap<string, Uint8Array>) {
  return (tile: Tile): Uint8Array => {
    const bytes = files.get(tilePath(tile.level, tile.n, tile.width));
    assert.ok(bytes, `no tile ${JSON.stringify(tile)}`);
    return bytes;
  };
}

test("a tree grown in any steps has the root that RFC 6962 gives its leaves, and the tiles of its size", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 8 }), async (steps) => {
      const files = new Map<string, Uint8Array>();
      let edge = EMPTY_EDGE;
      for (const step of steps) {
        const growth = grow(files, edge, step);
        const size = edge.size + step;
        assert.equal(toHex(growth.root), toHex(await rootHash(size, (level, index) => complete(level, index))));
        assert.deepEqual(
          growth.tiles.map(({ level, n, width }) => ({ level, n, width })),
          tilesChanged(edge.size, size),
        );
        edge = growth.edge;
      }
      const read = reader(files);
      assert.deepEqual(await readEdge(edge.size, async (tile) => read(tile)), trimmed(edge));
      const fromTiles = await rootHash(edge.size, (level, index) =>
        hashFromTile(read(tileOfHash(level, index, edge.size)), level, index),
      );
      assert.equal(toHex(fromTiles), toHex(growTree(edge, []).root));
    }),
    { numRuns: 40 },
  );
});

test("a tree of 70,000 leaves grows to three levels of tiles, with the root of its leaves", async () => {
  const files = new Map<string, Uint8Array>();
  const { root, edge } = grow(files, grow(files, EMPTY_EDGE, 65_530).edge, 4_470);
  assert.equal(edge.tiles.length, 3);
  assert.equal(toHex(root), toHex(await rootHash(70_000, (level, index) => complete(level, index))));
  assert.equal([...files.keys()].filter((path) => /^tile\/0\/[^p]*$/.test(path)).length, 273);
});

test("an empty tree has the root of RFC 6962 and no tiles", () => {
  assert.deepEqual(growTree(EMPTY_EDGE, []), { edge: EMPTY_EDGE, root: EMPTY_ROOT, tiles: [] });
});

test("an edge tile of another width is refused", async () => {
  await assert.rejects(
    readEdge(3, async () => new Uint8Array(64)),
    (error) => isPlacardError(error, "malformed"),
  );
});

const memo = new Map<string, Uint8Array>();
function complete(level: number, index: number): Uint8Array {
  if (level === 0) return leaves[index] as Uint8Array;
  const key = `${level}/${index}`;
  const known = memo.get(key) ?? nodeHash(complete(level - 1, 2 * index), complete(level - 1, 2 * index + 1));
  memo.set(key, known);
  return known;
}

function trimmed(edge: TreeEdge): TreeEdge {
  const last = edge.tiles.findLastIndex((tile) => tile.length > 0);
  return { size: edge.size, tiles: edge.tiles.slice(0, last + 1) };
}
