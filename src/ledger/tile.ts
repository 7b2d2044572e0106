/** The files of C2SP tlog-tiles: their paths, which of them a tree of a given size has, and what is read from them. */
import { concat } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { HASH_BYTES, isSize, subtreeHash } from "./merkle.ts";

/** Hashes in a full tile, and entries in a full bundle. */
export const TILE_WIDTH = 256;
const TOP_LEVEL = 63;
/** Tile levels that a tree of 2^53 − 1 leaves can have: 256^7 > 2^53. */
const LEVELS = 7;
const LONGEST_PATH = 64;
/** A tile's hashes span eight levels of the tree. */
const HEIGHT = 8;
const LONGEST_ENTRY = 0xffff;

/** The n-th tile of its level, `width` hashes wide (256 when full). Level L holds hashes of subtrees of 256^L leaves. */
export interface Tile {
  readonly level: number;
  readonly n: number;
  readonly width: number;
}

/** Level "entries" is a bundle of log entries. */
export interface TilePath {
  readonly level: number | "entries";
  readonly n: number;
  readonly width: number;
}

/** `tile/<L>/<N>[.p/<W>]`. Throws `usage`. */
export function tilePath(level: number, n: number, width: number = TILE_WIDTH): string {
  if (!isSize(level) || level > TOP_LEVEL) throw new PlacardError("usage", `There is no tile level ${level}.`);
  return `tile/${level}/${numbered(n, width)}`;
}

/** `tile/entries/<N>[.p/<W>]`. Throws `usage`. */
export function entriesPath(n: number, width: number = TILE_WIDTH): string {
  return `tile/entries/${numbered(n, width)}`;
}

/** The reverse of tilePath and entriesPath; takes the canonical path only. Throws `malformed`. */
export function parseTilePath(path: string): TilePath {
  const match =
    path.length > LONGEST_PATH
      ? null
      : /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*)([0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
  if (match !== null) {
    const [, level = "", groups = "", last = "", partial] = match;
    const n = Number(groups.replace(/[x/]/g, "") + last);
    const width = partial === undefined ? TILE_WIDTH : Number(partial);
    const parsed: TilePath = { level: level === "entries" ? level : Number(level), n, width };
    if (isTile(parsed) && formatPath(parsed) === path) return parsed;
  }
  throw new PlacardError("malformed", `${JSON.stringify(path.slice(0, LONGEST_PATH))} is not the path of a tile.`);
}

/** The partial tiles of a tree of this size, lowest level first: its right edge. A level that ends full has none. */
export function tilesForSize(size: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
    const width = hashes % TILE_WIDTH;
    if (width > 0) tiles.push({ level, n: Math.floor(hashes / TILE_WIDTH), width });
  }
  return tiles;
}

/**
 * The tiles to write when a tree grows: full ones that were not, and the new right edge where it moved; lowest level
 * first. From size 0 these are all tiles of the tree. Throws `usage`.
 */
export function tilesChanged(oldSize: number, newSize: number): readonly Tile[] {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) {
    throw new PlacardError("usage", `A ledger cannot grow from ${oldSize} to ${newSize}.`);
  }
  const tiles: Tile[] = [];
  for (let level = 0; level < LEVELS; level++) {
    const before = Math.floor(oldSize / TILE_WIDTH ** level);
    const after = Math.floor(newSize / TILE_WIDTH ** level);
    if (after === before) break;
    for (let n = Math.floor(before / TILE_WIDTH); n * TILE_WIDTH < after; n++) {
      tiles.push({ level, n, width: Math.min(TILE_WIDTH, after - n * TILE_WIDTH) });
    }
  }
  return tiles;
}

/** The tile in which the hash (level, index) of a HashReader is found, for a tree of `size` leaves. */
export function tileOfHash(level: number, index: number, size: number): Tile {
  const tileLevel = Math.floor(level / HEIGHT);
  const hashes = Math.floor(size / TILE_WIDTH ** tileLevel);
  const n = Math.floor((index * 2 ** (level % HEIGHT)) / TILE_WIDTH);
  return { level: tileLevel, n, width: Math.min(TILE_WIDTH, hashes - n * TILE_WIDTH) };
}

/**
 * The hash (level, index) of a HashReader out of the tile that holds it; heights between tiles are hashed from its
 * hashes. Throws `malformed` where the tile is too narrow or no row of hashes.
 */
export function hashFromTile(tile: Uint8Array, level: number, index: number): Uint8Array {
  const leaves = 2 ** (level % HEIGHT);
  const start = ((index * leaves) % TILE_WIDTH) * HASH_BYTES;
  const end = start + leaves * HASH_BYTES;
  if (tile.length % HASH_BYTES !== 0 || tile.length > TILE_WIDTH * HASH_BYTES || end > tile.length) {
    throw new PlacardError(
      "malformed",
      `A tile of ${tile.length} bytes does not hold hash ${index} of level ${level}.`,
    );
  }
  return subtreeHash(tile.subarray(start, end));
}

/** An entry bundle: each entry after its length as a big-endian u16. Throws `too_large` for an entry over 65,535 bytes. */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    if (entry.length > LONGEST_ENTRY) {
      throw new PlacardError("too_large", `A ledger entry of ${entry.length} bytes is over ${LONGEST_ENTRY}.`);
    }
    parts.push(new Uint8Array([entry.length >> 8, entry.length & 0xff]), entry);
  }
  return concat(...parts);
}

/** The `count` entries (1 to 256) of a bundle, as views into it. Throws `malformed` unless it is exactly these. */
export function parseEntries(bundle: Uint8Array, count: number): readonly Uint8Array[] {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < count && at + 2 <= bundle.length) {
    const end = at + 2 + view.getUint16(at);
    if (end > bundle.length) break;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  if (entries.length !== count || at !== bundle.length) {
    throw new PlacardError("malformed", `An entry bundle does not hold exactly ${count} entries.`);
  }
  return entries;
}

function formatPath({ level, n, width }: TilePath): string {
  return level === "entries" ? entriesPath(n, width) : tilePath(level, n, width);
}

function isTile({ level, n, width }: TilePath): boolean {
  return (level === "entries" || level <= TOP_LEVEL) && isSize(n) && width >= 1 && width <= TILE_WIDTH;
}

function numbered(n: number, width: number): string {
  if (!isTile({ level: "entries", n, width }) || !Number.isInteger(width)) {
    throw new PlacardError("usage", `There is no tile ${n} of width ${width}.`);
  }
  let groups = String(n % 1000).padStart(3, "0");
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups = `x${String(rest % 1000).padStart(3, "0")}/${groups}`;
  }
  return width === TILE_WIDTH ? groups : `${groups}.p/${width}`;
}
