/** A small picture of which some tiles are withheld, in a placard file; all of it invented, and the same in every run. */
import { encodePng } from "../src/capture/picture/png-writer.ts";
import { toHex, utf8 } from "../src/lib/bytes.ts";
import { sha256 } from "../src/lib/sha256.ts";
import type { Act } from "../src/record/act.ts";
import { commitPicture, cutTile, inStrips, type Picture, tileBox, tileLeaf } from "../src/verify/picture.ts";
import { type TileProof, WITHHELD_COLOUR, writeShownTiles } from "../src/verify/shown-tiles.ts";
import { capturedAct, honestParts, type PlacardParts, seal } from "./placard-fixture.ts";

export interface RedactedParts {
  readonly parts: PlacardParts;
  /** As it was sealed. */
  readonly whole: Picture;
  /** As it is shown. */
  readonly shown: Picture;
  readonly tiles: readonly TileProof[];
}

/** 3 × 2 tiles, no two alike. */
export function smallPicture(width = 150, height = 100): Picture {
  const rgb = new Uint8Array(3 * width * height).map((_, i) => (i * 7 + (i >> 6) * 13) & 255);
  return { width, height, rgb };
}

export const saltOf = (index: number): Uint8Array => sha256(utf8(`salt ${index}`)).subarray(0, 16);

export async function tilesField(picture: Picture): Promise<Act[string]> {
  const { root, count } = await commitPicture(inStrips(picture), saltOf);
  return { root: toHex(root), width: picture.width, height: picture.height, tile: 64, count };
}

export function tileProofs(picture: Picture, withheld: readonly number[]): readonly TileProof[] {
  const count = Math.ceil(picture.width / 64) * Math.ceil(picture.height / 64);
  return Array.from({ length: count }, (_, index) => {
    const salt = saltOf(index);
    if (!withheld.includes(index)) return { salt };
    return { leaf: tileLeaf(picture, { index, salt, rgb: cutTile(picture, index) }) };
  });
}

export function covered({ rgb, ...size }: Picture, withheld: readonly number[], colour = WITHHELD_COLOUR): Picture {
  const shown = rgb.slice();
  for (const index of withheld) {
    const { x, y, width, height } = tileBox(size, index);
    for (let row = y; row < y + height; row++)
      shown.fill(colour, 3 * (row * size.width + x), 3 * (row * size.width + x + width));
  }
  return { ...size, rgb: shown };
}

export async function redactedParts(
  withheld: readonly number[] = [1, 5],
  hide: readonly string[] = [],
  whole: Picture = smallPicture(),
) {
  const { act } = await capturedAct();
  const sealed = seal({ ...act, screenshotTiles: (await tilesField(whole)) as never });
  const shown = covered(whole, withheld);
  const tiles = tileProofs(whole, withheld);
  const hidden = ["archive", "screenshot", "visibleText", "author", ...hide];
  const parts: PlacardParts = {
    ...(await honestParts({ sealed, hide: hidden, blobs: [] })),
    redacted: { picture: await encodePng(shown), proof: writeShownTiles(tiles) },
  };
  return { parts, whole, shown, tiles } satisfies RedactedParts;
}
