/**
 * The text in an exhibit's picture, read by machine. It is no fact of the exhibit, is never sealed and lies nowhere on disk: it is
 * read when somebody asks, and kept in memory for a while (docs/decisions/0036).
 */
import { type FoundHandle, linksRead } from "../capture/reading/found-links.ts";
import { type ReadText, readPicture } from "../capture/reading/read-picture.ts";
import { PlacardError } from "../lib/error.ts";
import { Turnstile } from "../lib/turnstile.ts";
import type { RecordContext } from "./context.ts";
import { openExhibitFile, type WhichFile } from "./exhibit-file.ts";
import { say } from "./said.ts";
import type { Viewer } from "./viewer.ts";

export interface Reading extends ReadText {
  readonly links: readonly string[];
  readonly handles: readonly FoundHandle[];
}

/** A picture of the post, or the one that was handed in. */
export type WhichPicture = Exclude<WhichFile, "text" | "replay">;

const MOST_KEPT = 100;
/** Milliseconds to wait for one's turn: each picture takes seconds, and half a gigabyte. */
const PATIENCE = 120_000;

const turn = new Turnstile();
/** For whoever else has a machine look into a picture: resolves with the function that ends one's turn. Throws `busy`. */
export function enterReading(): Promise<() => void> {
  return turn.enter(PATIENCE);
}

/** The last ones asked for. That an exhibit may still be looked at is asked each time, before this is. */
const kept = new Map<string, Reading>();
let forgotten = 0;

/** Throws `not_found`, `erased`, `unsupported` (no picture), `malformed`, `too_large`, `busy`. */
export async function readingOf(
  context: RecordContext,
  id: string,
  which: WhichPicture,
  viewer: Viewer,
): Promise<Reading> {
  const { blob, name, mediaType } = await openExhibitFile(context, id, which, viewer);
  if (!mediaType.startsWith("image/")) throw new PlacardError("unsupported", say("only_pictures_read"));
  const key = `${context.file.origin} ${name}`;
  const leave = await enterReading();
  try {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const before = forgotten;
    const read = await readPicture(blob);
    const reading = { ...read, ...linksRead(read.text) };
    // What was erased while it was read is not kept.
    if (forgotten === before) kept.set(key, reading);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return reading;
  } finally {
    leave();
  }
}

/** Of an exhibit that was erased nothing is kept. */
export function forgetReadings(): void {
  forgotten += 1;
  kept.clear();
}
