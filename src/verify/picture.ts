/**
 * A picture committed to tile by tile, so that some tiles can be withheld later and each that is shown still proven.
 *
 * The picture is cut into 64 × 64 pixel tiles, row by row; those at the right and lower edges are as much smaller as
 * the picture ends. A leaf of the RFC 6962 tree is over
 *
 *     "placard-tile/v1\n" ‖ u32 width ‖ u32 height ‖ u32 index ‖ salt (16 bytes) ‖ raw RGB, 3 bytes a pixel, row by row
 *
 * with big-endian integers: a tile proves its place and the size of the whole. The salt keeps a withheld tile of few
 * colours from being guessed.
 */

import { inclusionProof, nodeHash, rootFromInclusion, rootHash } from "../ledger/merkle.ts";
import { equal, utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";

export const TILE_SIZE = 64;
export const SALT_LENGTH = 16;
/** Wider or taller than this is refused: 2^27 pixels are 400 MB of raw colour. */
const MAX_SIDE = 1 << 17;
const MAX_PIXELS = 1 << 27;
const DOMAIN = utf8("placard-tile/v1\n");
const LEAF_PREFIX = new Uint8Array([0]);
const LEAF_HEAD = LEAF_PREFIX.length + DOMAIN.length + 12 + SALT_LENGTH;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface Picture extends PictureSize {
  /** Raw colour, three bytes a pixel, row by row: `3 × width × height` bytes. */
  readonly rgb: Uint8Array;
}

export interface PictureTile {
  readonly index: number;
  readonly salt: Uint8Array;
  readonly rgb: Uint8Array;
}

export interface PictureCommitment {
  /** 32 bytes. */
  readonly root: Uint8Array;
  readonly count: number;
  /** RFC 6962 inclusion proof of one tile. */
  proof(index: number): Promise<readonly Uint8Array[]>;
}

/** How many tiles a picture of this size has. Throws `too_large`, or `malformed` for no size at all. */
export function tileCount({ width, height }: PictureSize): number {
  if (!Number.isSafeInteger(width) || !Number.isSafeInteger(height) || width < 1 || height < 1) {
    throw new PlacardError("malformed", "A picture has a width and a height of at least one pixel.");
  }
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) {
    throw new PlacardError("too_large", `A picture of ${width} × ${height} pixels is larger than we take.`);
  }
  return Math.ceil(width / TILE_SIZE) * Math.ceil(height / TILE_SIZE);
}

/** Where a tile lies, in pixels. Throws `malformed` where there is no such tile. */
export function tileBox(
  size: PictureSize,
  index: number,
): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const count = tileCount(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= count) {
    throw new PlacardError("malformed", `There is no tile ${index}; the picture has ${count}.`);
  }
  const columns = Math.ceil(size.width / TILE_SIZE);
  const x = (index % columns) * TILE_SIZE;
  const y = Math.floor(index / columns) * TILE_SIZE;
  return { x, y, width: Math.min(TILE_SIZE, size.width - x), height: Math.min(TILE_SIZE, size.height - y) };
}

/** The raw colour of one tile, row by row. */
export function cutTile(picture: Picture, index: number): Uint8Array {
  const { y, ...box } = tileBox(picture, index);
  const tile = new Uint8Array(3 * box.width * box.height);
  cutInto(tile, picture.rgb.subarray(3 * y * picture.width), picture.width, box);
  return tile;
}

interface Column {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

/** Of rows `across` pixels wide; returns how many bytes the tile took. */
function cutInto(target: Uint8Array, rows: Uint8Array, across: number, { x, width, height }: Column): number {
  for (let row = 0; row < height; row++) {
    const from = 3 * (row * across + x);
    target.set(rows.subarray(from, from + 3 * width), 3 * row * width);
  }
  return 3 * width * height;
}

type Hash = (bytes: Uint8Array) => Uint8Array;

/** A picture that need never be in memory as a whole. */
export interface PictureInStrips extends PictureSize {
  /** From the top: a tile's height of rows each, the last what is left of them. Each is good until the next is asked for. */
  readonly strips: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A picture in memory, in strips. */
export function inStrips({ width, height, rgb }: Picture): PictureInStrips {
  const length = 3 * width * TILE_SIZE;
  const strips = Array.from({ length: Math.ceil(height / TILE_SIZE) }, (_, i) =>
    rgb.subarray(i * length, (i + 1) * length),
  );
  return { width, height, strips };
}

/**
 * Commits to a whole picture. `saltOf` gives 16 secret bytes a tile; `hash` may be a faster SHA-256. Throws
 * `malformed`, `too_large`, and what the strips throw.
 */
export async function commitPicture(
  picture: PictureInStrips,
  saltOf: (index: number) => Uint8Array,
  hash: Hash = sha256,
): Promise<PictureCommitment> {
  const count = tileCount(picture);
  const columns = Math.ceil(picture.width / TILE_SIZE);
  // One buffer for all: a picture's tiles, each in a buffer of its own, are as much memory again.
  const room = new Uint8Array(LEAF_HEAD + 3 * TILE_SIZE * TILE_SIZE);
  const leaves: Uint8Array[] = [];
  for await (const strip of picture.strips) {
    const until = leaves.length + columns;
    if (until > count || strip.length !== 3 * picture.width * tileBox(picture, until - 1).height) throw unfilled();
    for (let index = leaves.length; index < until; index++) {
      const length = cutInto(room.subarray(LEAF_HEAD), strip, picture.width, tileBox(picture, index));
      writeHead(picture, index, saltOf(index), room);
      leaves.push(hash(room.subarray(0, LEAF_HEAD + length)));
    }
  }
  if (leaves.length !== count) throw unfilled();
  const read = treeOver(leaves);
  return { root: await rootHash(count, read), count, proof: (index) => inclusionProof(index, count, read) };
}

/** The root of the tree over all leaves of a picture, in their order. */
export async function rootOfTiles(leaves: readonly Uint8Array[]): Promise<Uint8Array> {
  return rootHash(leaves.length, treeOver(leaves));
}

/** Reads the hash at a level and index. */
function treeOver(leaves: readonly Uint8Array[]): (level: number, index: number) => Uint8Array {
  const levels: (readonly Uint8Array[])[] = [leaves];
  for (let row = leaves; row.length > 1; row = levels.at(-1) as readonly Uint8Array[]) levels.push(pairUp(row));
  return (level, index) => levels[level]?.[index] as Uint8Array;
}

function unfilled(): PlacardError {
  return new PlacardError("malformed", "The picture's bytes do not fill its size.");
}

/** Complete subtrees only: what is left over at the end of a row belongs to none. */
function pairUp(row: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let i = 0; i + 1 < row.length; i += 2) above.push(nodeHash(row[i] as Uint8Array, row[i + 1] as Uint8Array));
  return above;
}

/** Holds that a shown tile is the one committed to. Throws `mismatch`, or `malformed` for a tile of another form. */
export function verifyTile(size: PictureSize, root: Uint8Array, tile: PictureTile, proof: readonly Uint8Array[]): void {
  const leaf = tileLeaf(size, tile);
  if (!equal(rootFromInclusion({ index: tile.index, size: tileCount(size), leaf, proof }), root)) {
    throw new PlacardError("mismatch", `Tile ${tile.index} is not the one that was committed to.`);
  }
}

/** The leaf of one tile, 32 bytes. Throws `malformed` for a tile of another form than its place asks for. */
export function tileLeaf(size: PictureSize, { index, salt, rgb }: PictureTile, hash: Hash = sha256): Uint8Array {
  const box = tileBox(size, index);
  if (rgb.length !== 3 * box.width * box.height) {
    throw new PlacardError("malformed", `Tile ${index} has another size than its place.`);
  }
  const leaf = new Uint8Array(LEAF_HEAD + rgb.length);
  writeHead(size, index, salt, leaf);
  leaf.set(rgb, LEAF_HEAD);
  return hash(leaf);
}

/** All of a leaf that comes before its pixels. */
function writeHead(size: PictureSize, index: number, salt: Uint8Array, leaf: Uint8Array): void {
  if (salt.length !== SALT_LENGTH) throw new PlacardError("malformed", `Tile ${index} has a salt of another length.`);
  leaf.set(LEAF_PREFIX);
  leaf.set(DOMAIN, LEAF_PREFIX.length);
  const view = new DataView(leaf.buffer, leaf.byteOffset + LEAF_PREFIX.length + DOMAIN.length);
  [size.width, size.height, index].forEach((value, i) => view.setUint32(4 * i, value));
  leaf.set(salt, LEAF_HEAD - SALT_LENGTH);
}
