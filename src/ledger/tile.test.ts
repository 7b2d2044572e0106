import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, equal } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { leafHash, nodeHash } from "./merkle.ts";
import {
  encodeEntries,
  entriesPath,
  hashFromTile,
  parseEntries,
  parseTilePath,
  tileOfHash,
  tilePath,
  tilesChanged,
  tilesForSize,
} from "./tile.ts";

test("paths are those of tlog-tiles", () => {
  const table: readonly (readonly [string, string])[] = [
    [tilePath(0, 0), "tile/0/000"],
    [tilePath(0, 0, 3), "tile/0/000.p/3"],
    [tilePath(0, 273, 112), "tile/0/273.p/112"],
    [tilePath(1, 1, 17), "tile/1/001.p/17"],
    [tilePath(2, 0, 1), "tile/2/000.p/1"],
    [tilePath(0, 999), "tile/0/999"],
    [tilePath(0, 1000), "tile/0/x001/000"],
    [tilePath(3, 1_234_067), "tile/3/x001/x234/067"],
    [tilePath(63, 1_000_000, 255), "tile/63/x001/x000/000.p/255"],
    [entriesPath(1_234_067), "tile/entries/x001/x234/067"],
    [entriesPath(0, 3), "tile/entries/000.p/3"],
    [entriesPath(2 ** 53 - 1, 1), "tile/entries/x009/x007/x199/x254/x740/991.p/1"],
  ];
  for (const [made, stated] of table) assert.equal(made, stated);
});

test("a path that was made is read back, and no other path is taken", () => {
  const level = fc.oneof(fc.constant("entries" as const), fc.nat(63));
  fc.assert(
    fc.property(level, fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (level, n, width) => {
      const path = level === "entries" ? entriesPath(n, width) : tilePath(level, n, width);
      assert.deepEqual(parseTilePath(path), { level, n, width });
    }),
  );
  const wrong = [
    "",
    "tile",
    "tile/0",
    "tile/0/",
    "tile/0/0",
    "tile/0/0000",
    "tile/0/x000/001",
    "tile/0/x001",
    "tile/0/001/002",
    "tile/0/x001/x002",
    "tile/00/000",
    "tile/64/000",
    "tile/-1/000",
    "tile/0/000.p",
    "tile/0/000.p/",
    "tile/0/000.p/0",
    "tile/0/000.p/03",
    "tile/0/000.p/256",
    "tile/0/000.p/1/",
    "tile/0/../000",
    "/tile/0/000",
    "tile/0/000\n",
    "tile/entry/000",
    "tile/entries/x009/x007/x199/x254/x740/992",
    `tile/0/${"x999/".repeat(1000)}000`,
  ];
  for (const path of wrong) assert.throws(() => parseTilePath(path), isCode("malformed"), path);
});

test("what is no tile has no path", () => {
  for (const [level, n, width] of [
    [64, 0, 1],
    [-1, 0, 1],
    [0.5, 0, 1],
    [0, -1, 1],
    [0, 2 ** 53, 1],
    [0, 0, 0],
    [0, 0, 257],
    [0, 0, 1.5],
  ] as const) {
    assert.throws(() => tilePath(level, n, width), isCode("usage"));
  }
});

test("a tree of 70,000 leaves has 273 full tiles and three at its edge", () => {
  assert.deepEqual(tilesForSize(70_000), [
    { level: 0, n: 273, width: 112 },
    { level: 1, n: 1, width: 17 },
    { level: 2, n: 0, width: 1 },
  ]);
  const all = tilesChanged(0, 70_000);
  const full = (level: number): number => all.filter((tile) => tile.level === level && tile.width === 256).length;
  assert.deepEqual([full(0), full(1), full(2), all.length], [273, 1, 0, 277]);
});

test("a level that ends full has no tile at the edge, and no tile is empty", () => {
  assert.deepEqual(tilesForSize(0), []);
  assert.deepEqual(tilesForSize(256), [{ level: 1, n: 0, width: 1 }]);
  assert.deepEqual(tilesForSize(65_536), [{ level: 2, n: 0, width: 1 }]);
  assert.deepEqual(tilesChanged(255, 256), [
    { level: 0, n: 0, width: 256 },
    { level: 1, n: 0, width: 1 },
  ]);
  assert.deepEqual(tilesChanged(256, 256), []);
  assert.deepEqual(tilesChanged(256, 257), [{ level: 0, n: 1, width: 1 }]);
  assert.equal(tilesForSize(2 ** 53 - 1).length, 7);
  assert.deepEqual(tilesChanged(2 ** 53 - 2, 2 ** 53 - 1), [{ level: 0, n: 2 ** 45 - 1, width: 255 }]);
  assert.throws(() => tilesChanged(2, 1), isCode("usage"));
});

test("a hash between the levels of tiles is hashed from the tile below", () => {
  const leaves = Array.from({ length: 200 }, (_, i) => leafHash(Uint8Array.of(i)));
  const tile = concat(...leaves);
  const read = (level: number, index: number): Uint8Array =>
    level === 0 ? (leaves[index] as Uint8Array) : nodeHash(read(level - 1, 2 * index), read(level - 1, 2 * index + 1));
  for (let level = 0; level < 8; level++) {
    for (let index = 0; (index + 1) * 2 ** level <= 200; index++) {
      assert.deepEqual(tileOfHash(level, index, 200), { level: 0, n: 0, width: 200 });
      assert.ok(equal(hashFromTile(tile, level, index), read(level, index)));
    }
  }
  assert.throws(() => hashFromTile(tile, 0, 200), isCode("malformed"));
  assert.throws(() => hashFromTile(tile, 3, 25), isCode("malformed"));
  assert.throws(() => hashFromTile(tile.subarray(1), 0, 0), isCode("malformed"));
  assert.throws(() => hashFromTile(new Uint8Array(257 * 32), 0, 0), isCode("malformed"));
  assert.deepEqual(tileOfHash(8, 256, 70_000), { level: 1, n: 1, width: 17 });
  assert.deepEqual(tileOfHash(52, 1, 2 ** 53 - 1), { level: 6, n: 0, width: 31 });
});

test("entries come back from a bundle as they went in, and a bundle of another length is refused", () => {
  const entry = fc.uint8Array({ maxLength: 70 });
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 20 }), fc.uint8Array({ minLength: 1 }), (entries, tail) => {
      const bundle = encodeEntries(entries);
      assert.deepEqual(
        parseEntries(bundle, entries.length).map((found) => [...found]),
        entries.map((given) => [...given]),
      );
      assert.throws(() => parseEntries(concat(bundle, tail), entries.length), isCode("malformed"));
      assert.throws(() => parseEntries(bundle.subarray(0, -1), entries.length), isCode("malformed"));
      assert.throws(() => parseEntries(bundle, entries.length + 1), isCode("malformed"));
      assert.throws(() => parseEntries(bundle, entries.length - 1), isCode("malformed"));
    }),
  );
  assert.equal(parseEntries(encodeEntries([new Uint8Array(65_535)]), 1)[0]?.length, 65_535);
  assert.throws(() => encodeEntries([new Uint8Array(65_536)]), isCode("too_large"));
  assert.deepEqual(encodeEntries([Uint8Array.of(7, 8)]), Uint8Array.of(0, 2, 7, 8));
});

function isCode(code: "malformed" | "usage" | "too_large") {
  return (error: unknown): boolean => isPlacardError(error, code);
}
