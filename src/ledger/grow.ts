/**
 * Appending to a tree held only by its right edge. Whoever keeps the edge (at most 255 hashes a tile level) can go on
 * appending for ever and never reads a tile again.
 */
import { PlacardError } from "../lib/error.ts";
import { EMPTY_ROOT, HASH_BYTES, nodeHash, subtreeHash } from "./merkle.ts";
import { TILE_WIDTH, type Tile, tilesForSize } from "./tile.ts";

/** A tree's size and, by tile level, its partial tile there: no bytes where the level ends full. */
export interface TreeEdge {
  readonly size: number;
  readonly tiles: readonly Uint8Array[];
}

export const EMPTY_EDGE: TreeEdge = { size: 0, tiles: [] };

interface TileContents extends Tile {
  readonly bytes: Uint8Array;
}

export interface Growth {
  readonly edge: TreeEdge;
  readonly root: Uint8Array;
  /** The tiles to write, lowest level first: those of tilesChanged. */
  readonly tiles: readonly TileContents[];
}

/** Reads the right edge of a tree of `size` leaves. Throws `malformed` for a tile of another width. */
export async function readEdge(size: number, read: (tile: Tile) => Promise<Uint8Array>): Promise<TreeEdge> {
  const tiles: Uint8Array[] = [];
  for (const tile of tilesForSize(size)) {
    const bytes = await read(tile);
    if (bytes.length !== tile.width * HASH_BYTES) {
      throw new PlacardError("malformed", `A tile of level ${tile.level} is not ${tile.width} hashes wide.`);
    }
    while (tiles.length < tile.level) tiles.push(new Uint8Array(0));
    tiles.push(bytes);
  }
  return { size, tiles };
}

/** Appends leaves, given by their hashes, to the tree that `edge` is of. Throws `too_large` past 2^53 − 1 leaves. */
export function growTree(edge: TreeEdge, leaves: readonly Uint8Array[]): Growth {
  const size = edge.size + leaves.length;
  if (!Number.isSafeInteger(size)) throw new PlacardError("too_large", "A ledger ends at 2^53 − 1 entries.");
  const tiles: TileContents[] = [];
  const edges: Uint8Array[] = [];
  let added = leaves;
  for (let level = 0; added.length > 0 || level < edge.tiles.length; level++) {
    const before = edge.tiles[level] ?? new Uint8Array(0);
    const grown = growLevel(level, Math.floor(edge.size / TILE_WIDTH ** (level + 1)), before, added);
    tiles.push(...grown.tiles);
    edges.push(grown.edge);
    added = grown.full;
  }
  return { edge: { size, tiles: edges }, root: edgeRoot(edges), tiles };
}

/** One level of tiles: what it has at its edge, the hashes appended, and the hashes of the tiles that came full. */
function growLevel(level: number, first: number, before: Uint8Array, added: readonly Uint8Array[]) {
  const hashes = joined(before, added);
  const full: Uint8Array[] = [];
  const tiles: TileContents[] = [];
  const whole = TILE_WIDTH * HASH_BYTES;
  let at = 0;
  for (; at + whole <= hashes.length; at += whole) {
    const bytes = hashes.slice(at, at + whole);
    tiles.push({ level, n: first + full.length, width: TILE_WIDTH, bytes });
    full.push(subtreeHash(bytes));
  }
  const edge = hashes.slice(at);
  if (added.length > 0 && edge.length > 0) {
    tiles.push({ level, n: first + full.length, width: edge.length / HASH_BYTES, bytes: edge });
  }
  return { tiles, edge, full };
}

function joined(before: Uint8Array, added: readonly Uint8Array[]): Uint8Array {
  const hashes = new Uint8Array(before.length + added.length * HASH_BYTES);
  hashes.set(before);
  added.forEach((hash, i) => hashes.set(hash, before.length + i * HASH_BYTES));
  return hashes;
}

/** The root of the tree whose right edge this is, the tiles by level as in TreeEdge. */
export function edgeRoot(tiles: readonly Uint8Array[]): Uint8Array {
  let root: Uint8Array | undefined;
  for (const tile of tiles) {
    // From the right: the smallest complete subtree ends the tile, each to its left is larger.
    let end = tile.length;
    for (let width = HASH_BYTES; end > 0; width *= 2) {
      if ((end / width) % 2 === 0) continue;
      const left = subtreeHash(tile.subarray(end - width, end));
      root = root === undefined ? left : nodeHash(left, root);
      end -= width;
    }
  }
  return root ?? EMPTY_ROOT;
}
