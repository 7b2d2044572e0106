/** A picture as what reads it wants it: in grey, over white, its top where there is too much of it. */
import { utf8 } from "../../lib/bytes.ts";
import type { Pixels } from "../media/pdq.ts";

/** Pixels that are read: the screens of phones have up to so many. Dense text of that size takes half a minute. */
export const MOST_READ = 4_000_000;

/** Netpbm's PGM (binary, 8 bits), and whether anything was left out below. */
export function greyTop({ width, height, rgba }: Pixels): { readonly pgm: Uint8Array; readonly isCut: boolean } {
  const rows = Math.max(1, Math.min(height, Math.floor(MOST_READ / width)));
  const header = utf8(`P5\n${width} ${rows}\n255\n`);
  const pgm = new Uint8Array(header.length + width * rows);
  pgm.set(header);
  for (let i = 0, at = header.length; at < pgm.length; i += 4, at++) {
    const alpha = (rgba[i + 3] ?? 0) / 255;
    const luma = 0.299 * (rgba[i] ?? 0) + 0.587 * (rgba[i + 1] ?? 0) + 0.114 * (rgba[i + 2] ?? 0);
    pgm[at] = Math.round(luma * alpha + 255 * (1 - alpha));
  }
  return { pgm, isCut: rows < height };
}
