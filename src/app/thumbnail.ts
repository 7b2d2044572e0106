/** A small picture of an exhibit: the top of the post, or of the page, a third of its width. */

import { openPng } from "../capture/picture/png.ts";
import { encodePng } from "../capture/picture/png-writer.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { Turnstile } from "../lib/turnstile.ts";
import type { RecordContext } from "./context.ts";
import { type ExhibitFile, openExhibitFile } from "./exhibit-file.ts";
import type { Viewer } from "./viewer.ts";

const WIDTH = 320;
/** Height over width of what is shown. */
const TALLEST = 0.75;
const MOST_KEPT = 200;
const PATIENCE = 20_000;
const LARGEST_FILE = 64 << 20;

/** Made one after another: each takes a few hundredths of a second of this process. */
const turn = new Turnstile();
/** The last ones asked for. That an exhibit may still be looked at is asked each time, before this is. */
const kept = new Map<string, Uint8Array>();

/** Throws `not_found` where there is no picture, `erased`, `malformed`, `too_large`, `busy`. */
export async function thumbnailOf(context: RecordContext, id: string, viewer: Viewer): Promise<Uint8Array> {
  const { blob, name } = await pictureOf(context, id, viewer);
  const key = `${context.file.origin} ${name}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (blob.size > LARGEST_FILE) throw new PlacardError("too_large", "The picture is too large to be made small.");
  const leave = await turn.enter(PATIENCE);
  try {
    const made = await shrunk(new Uint8Array(await blob.arrayBuffer()));
    kept.set(key, made);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return made;
  } finally {
    leave();
  }
}

/** Of an exhibit that was erased nothing is kept. */
export function forgetThumbnails(): void {
  kept.clear();
}

async function pictureOf(context: RecordContext, id: string, viewer: Viewer): Promise<ExhibitFile> {
  try {
    return await openExhibitFile(context, id, "post-picture", viewer);
  } catch (error) {
    if (!isPlacardError(error, "not_found")) throw error;
    return openExhibitFile(context, id, "picture", viewer);
  }
}

/** Each pixel is the mean of those it stands for; only the rows that are shown are unpacked. */
async function shrunk(file: Uint8Array): Promise<Uint8Array> {
  const png = openPng(file);
  const step = Math.max(1, Math.ceil(png.width / WIDTH));
  const width = Math.floor(png.width / step);
  const height = Math.max(1, Math.floor(Math.min(png.height, Math.ceil(png.width * TALLEST)) / step));
  const rgb = new Uint8Array(3 * width * height);
  let y = 0;
  for await (const rows of png.rows(step)) {
    if (y === height) break;
    const count = Math.floor(rows.length / (png.width * png.channels));
    meanRow(rows, { ...png, count, step, width }, rgb.subarray(3 * width * y, 3 * width * (y + 1)));
    y++;
  }
  return encodePng({ width, height, rgb });
}

interface Strip {
  readonly channels: number;
  readonly count: number;
  readonly step: number;
  readonly width: number;
}

function meanRow(rows: Uint8Array, { channels, count, step, width }: Strip, into: Uint8Array): void {
  const length = rows.length / Math.max(1, count);
  for (let x = 0; x < width; x++) {
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      for (let row = 0; row < count; row++) {
        for (let column = 0; column < step; column++)
          sum += rows[row * length + (x * step + column) * channels + channel] ?? 0;
      }
      into[3 * x + channel] = Math.round(sum / (count * step));
    }
  }
}
