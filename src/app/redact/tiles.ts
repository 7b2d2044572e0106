/** Which tiles of a picture a place touches, and covering them. */
import { type Picture, type PictureSize, tileBox } from "../../verify/picture.ts";
import { WITHHELD_COLOUR } from "../../verify/shown-tiles.ts";

/** Nothing of the tile is left in the picture. */
export function coverTile({ rgb, ...size }: Picture, index: number): void {
  const { x, y, width, height } = tileBox(size, index);
  for (let row = y; row < y + height; row++) {
    const from = 3 * (row * size.width + x);
    rgb.fill(WITHHELD_COLOUR, from, from + 3 * width);
  }
}

export interface Box {
  /** CSS pixels from the upper left of the page's picture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Every tile that a box touches, be it by one pixel. */
export function tilesUnder(size: PictureSize & { readonly count: number }, boxes: readonly Box[]): ReadonlySet<number> {
  const touched = new Set<number>();
  for (let index = 0; index < size.count; index++) {
    const tile = tileBox(size, index);
    if (boxes.some((box) => overlaps(box, tile))) touched.add(index);
  }
  return touched;
}

function overlaps(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
