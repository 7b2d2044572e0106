/** A small picture of an exhibit: the top of the post, or of the page, a third of its width. */

import { Worker } from "node:worker_threads";
import { drawAnew } from "../capture/media/draw-anew.ts";
import { pictureKind, TELLING_BYTES } from "../capture/media/picture-kind.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { Turnstile } from "../lib/turnstile.ts";
import { findExhibit } from "./acts.ts";
import { errorOf } from "./capture-messages.ts";
import type { RecordContext } from "./context.ts";
import { type ExhibitFile, openExhibitFile } from "./exhibit-file.ts";
import { say } from "./said.ts";
import type { Shrunk } from "./thumbnail-thread.ts";
import type { Viewer } from "./viewer.ts";

/** Bytes of those that are kept. */
const MOST_KEPT = 32 << 20;
const PATIENCE = 20_000;
const LARGEST_FILE = 64 << 20;

/** Made one after another, in a thread: each takes a tenth of a second in which nobody else would be answered. */
const turn = new Turnstile();
/** The last ones asked for. That an exhibit may still be looked at is asked each time, before this is. */
const kept = new Map<string, Uint8Array>();
let keptBytes = 0;
/** How often all were forgotten: what was begun before the last time is not kept after it. */
let forgotten = 0;

/** Throws `not_found` where there is no picture, `erased`, `malformed`, `too_large`, `busy`. */
export async function thumbnailOf(context: RecordContext, id: string, viewer: Viewer): Promise<Uint8Array> {
  const { summary } = await findExhibit(context, id);
  const key = `${context.file.origin} ${summary.id} ${viewer.isGuest}`;
  const known = summary.state === "erased" ? undefined : kept.get(key);
  if (known !== undefined) return known;
  const { blob } = await pictureOf(context, id, viewer);
  if (blob.size > LARGEST_FILE) throw new PlacardError("too_large", say("picture_not_small"));
  const leave = await turn.enter(PATIENCE);
  try {
    const before = kept.get(key);
    if (before !== undefined) return before;
    const since = forgotten;
    const made = await shrunk(blob);
    if (since === forgotten) keep(key, made);
    return made;
  } finally {
    leave();
  }
}

/** Of an exhibit that was erased nothing is kept. */
export function forgetThumbnails(): void {
  kept.clear();
  keptBytes = 0;
  forgotten += 1;
}

function keep(key: string, made: Uint8Array): void {
  kept.set(key, made);
  keptBytes += made.length;
  for (const [oldest, { length }] of kept) {
    if (keptBytes <= MOST_KEPT) return;
    kept.delete(oldest);
    keptBytes -= length;
  }
}

async function pictureOf(context: RecordContext, id: string, viewer: Viewer): Promise<ExhibitFile> {
  try {
    return await openExhibitFile(context, id, "post-picture", viewer);
  } catch (error) {
    if (!isPlacardError(error, "not_found")) throw error;
    return openExhibitFile(context, id, "picture", viewer);
  }
}

/**
 * What strangers handed in (JPEG, WebP, a PNG of another sort than ours) is first decoded where it can do no harm. Throws what
 * reading the picture throws.
 */
async function shrunk(blob: Blob): Promise<Uint8Array> {
  if (pictureKind(new Uint8Array(await blob.slice(0, TELLING_BYTES).arrayBuffer())) === "png") {
    try {
      return await shrunkInThread(await blob.arrayBuffer());
    } catch (error) {
      if (!isPlacardError(error, "unsupported")) throw error;
    }
  }
  const drawn = await drawAnew(new Uint8Array(await blob.arrayBuffer()));
  return shrunkInThread(Uint8Array.from(drawn).buffer);
}

/** As source this file ends in .ts, as published in .js; so does the thread's. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./thumbnail-thread.ts" : "./thumbnail-thread.js",
  import.meta.url,
);
let thread: Worker | undefined;

/** Throws what reading the picture throws. */
async function shrunkInThread(file: ArrayBuffer): Promise<Uint8Array> {
  const running = (thread ??= startThread());
  const answer = Promise.withResolvers<Shrunk>();
  const fail = (cause: Error): void => answer.reject(cause);
  running.once("message", answer.resolve).once("error", fail).once("exit", gone);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  running.postMessage(file, [file]);
  running.ref();
  try {
    const made = await answer.promise;
    if (made instanceof Uint8Array) return made;
    throw errorOf(made);
  } finally {
    running.unref();
    running.off("message", answer.resolve).off("error", fail).off("exit", gone);
  }

  function gone(): void {
    fail(new PlacardError("too_large", say("picture_not_made_small")));
  }
}

function startThread(): Worker {
  const started = new Worker(THREAD);
  started.unref();
  started.once("exit", () => {
    if (thread === started) thread = undefined;
  });
  // Heard by whoever waits for a picture; nobody else has to.
  started.on("error", () => undefined);
  return started;
}
