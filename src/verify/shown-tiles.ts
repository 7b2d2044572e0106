/**
 * A picture of which some tiles are withheld, and what proves the others (docs/formats/picture.md, "Redacted"). The proof has of each
 * shown tile its salt, and of each withheld one its leaf, which tells nothing of it: with the pixels that are shown the
 * whole tree can be worked out again, and its root is in the act.
 */
import { equal, fromHex, utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import {
  cutTile,
  type Picture,
  type PictureSize,
  rootOfTiles,
  SALT_LENGTH,
  TILE_SIZE,
  tileCount,
  tileLeaf,
} from "./picture.ts";

/** In each channel of each pixel of a tile that is withheld. */
export const WITHHELD_COLOUR = 0x80;
const MAGIC = utf8("placard-shown/v1\n");
const SHOWN = 1;
const LEAF_LENGTH = 32;

/** Of one tile: that it is shown, with its salt (16 bytes); or that it is not, with its leaf (32). */
export type TileProof = { readonly salt: Uint8Array } | { readonly leaf: Uint8Array };

export interface SealedTiles extends PictureSize {
  readonly root: Uint8Array;
  readonly count: number;
}

/** Longest proof of a picture of so many tiles. */
export function longestProof(count: number): number {
  return MAGIC.length + count * (1 + LEAF_LENGTH);
}

export function writeShownTiles(tiles: readonly TileProof[]): Uint8Array<ArrayBuffer> {
  const parts = tiles.map((tile) => ("salt" in tile ? [SHOWN, ...tile.salt] : [0, ...tile.leaf]));
  return new Uint8Array([...MAGIC, ...parts.flat()]);
}

/** Throws `malformed`. */
export function readShownTiles(bytes: Uint8Array, count: number): readonly TileProof[] {
  if (!equal(bytes.subarray(0, MAGIC.length), MAGIC)) throw malformed("is of another kind");
  const tiles: TileProof[] = [];
  let at = MAGIC.length;
  while (at < bytes.length && tiles.length < count) {
    const kind = bytes[at++] as number;
    if (kind > SHOWN) throw malformed(`says of tile ${tiles.length} neither that it is shown nor that it is not`);
    const length = kind === SHOWN ? SALT_LENGTH : LEAF_LENGTH;
    const value = bytes.subarray(at, at + length);
    if (value.length < length) throw malformed("ends early");
    tiles.push(kind === SHOWN ? { salt: value } : { leaf: value });
    at += length;
  }
  if (tiles.length < count || at < bytes.length) throw malformed("is of another number of tiles than the picture has");
  return tiles;
}

/** What an act's `screenshotTiles` says. Throws `malformed`, `too_large`. */
export function sealedTilesIn(field: Json | undefined): SealedTiles {
  const refused = new PlacardError("malformed", "The act does not say how the picture was sealed tile by tile.");
  if (!isJsonObject(field)) throw refused;
  const { root, width, height, tile, count } = field;
  if (typeof width !== "number" || typeof height !== "number" || tile !== TILE_SIZE) throw refused;
  if (typeof root !== "string" || !/^[0-9a-f]{64}$/.test(root) || count !== tileCount({ width, height })) throw refused;
  return { root: fromHex(root, LEAF_LENGTH), width, height, count };
}

/**
 * Holds that every shown tile is part of the picture that was sealed, and that nothing is drawn in the place of a withheld one. Gives
 * the numbers of those. Throws `mismatch`, `malformed`.
 */
export async function checkShownTiles(
  picture: Picture,
  proof: readonly TileProof[],
  sealed: SealedTiles,
): Promise<readonly number[]> {
  if (picture.width !== sealed.width || picture.height !== sealed.height)
    throw new PlacardError("mismatch", "The picture has another size than the one that was sealed.");
  const withheld: number[] = [];
  const leaves = proof.map((tile, index) => {
    const rgb = cutTile(picture, index);
    if ("salt" in tile) return tileLeaf(picture, { index, salt: tile.salt, rgb });
    if (!rgb.every((value) => value === WITHHELD_COLOUR))
      throw new PlacardError("mismatch", `Tile ${index} is withheld, and something is drawn in its place.`);
    withheld.push(index);
    return tile.leaf;
  });
  if (!equal(await rootOfTiles(leaves), sealed.root))
    throw new PlacardError("mismatch", "What is shown of the picture is not what was sealed.");
  return withheld;
}

function malformed(why: string): PlacardError {
  return new PlacardError("malformed", `What proves the picture's tiles ${why}.`);
}
