/** A part of a long picture: some rows of it, as many as are worked on at once. */
import type { Picture, PictureSize } from "../../verify/picture.ts";
import { openPicture } from "../picture/picture.ts";

/** Of a picture as wide as a screen, one window: full of small text, it is read in some twenty seconds. */
const MOST_PIXELS = 1 << 20;
const TILE = 64;

export interface Part {
  readonly top: number;
  readonly rows: number;
}

/** Whole rows of tiles each. */
export function partsOf({ width, height }: PictureSize): readonly Part[] {
  const rows = TILE * Math.max(1, Math.floor(MOST_PIXELS / width / TILE));
  return Array.from({ length: Math.ceil(height / rows) }, (_, i) => ({
    top: i * rows,
    rows: Math.min(rows, height - i * rows),
  }));
}

/** These rows of a PNG, as far as there are so many. Throws as `openPicture` and its strips do. */
export async function readRows(png: Uint8Array, { top, rows }: Part): Promise<Picture> {
  const { width, height, strips } = openPicture(png);
  const until = Math.min(height, top + rows);
  const rgb = new Uint8Array(3 * width * Math.max(0, until - top));
  let y = 0;
  for await (const strip of strips) {
    const next = y + strip.length / (3 * width);
    const [from, to] = [Math.max(y, top), Math.min(next, until)];
    if (from < to) rgb.set(strip.subarray(3 * width * (from - y), 3 * width * (to - y)), 3 * width * (from - top));
    y = next;
    if (y >= until) break;
  }
  return { width, height: Math.max(0, until - top), rgb };
}
