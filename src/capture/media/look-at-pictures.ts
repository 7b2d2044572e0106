/** Sizes and perceptual hashes of pictures, made in a thread of their own: what a hostile picture does there ends with it. */
import { stat } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import type { PdqHash } from "./pdq.ts";
import { LONGEST_PICTURE } from "./picture-kind.ts";
import type { PictureReport } from "./picture-worker.ts";

/** As source this file ends in .ts, as published in .js; so does the worker's. */
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "./picture-worker.ts" : "./picture-worker.js",
  import.meta.url,
);
/** Milliseconds for one picture, the thread's start included, and for all of a capture. */
const PATIENCE = 10_000;
const PATIENCE_IN_ALL = 20_000;
/** Of the thread's own heap, in MiB; the decoders' memory is bounded in decode-picture.ts. */
const HEAP = 256;

export interface SeenPicture {
  readonly width?: number;
  readonly height?: number;
  readonly pdq?: PdqHash;
  /** Why there is no hash. */
  readonly why?: string;
  /** Whether the file itself is at fault: it is no whole picture. */
  readonly broken?: boolean;
}

/**
 * Looks at each file in turn, each for at most `patience` milliseconds. Of a picture that cannot be looked at, it says why.
 */
export async function lookAtPictures(paths: readonly string[], patience = PATIENCE): Promise<readonly SeenPicture[]> {
  const until = performance.now() + PATIENCE_IN_ALL;
  const seen: SeenPicture[] = [];
  let worker: Worker | undefined;
  try {
    for (const path of paths) {
      if (performance.now() >= until) {
        seen.push({ why: "There was no time left to look at it." });
      } else if ((await stat(path)).size > LONGEST_PICTURE) {
        seen.push({ why: "The picture's file is larger than 32 MiB." });
      } else {
        worker ??= startWorker();
        const one = await lookAt(worker, path, Math.min(patience, until - performance.now()));
        seen.push(one);
        // A decoder that has failed is in no known state.
        if (one.pdq === undefined) {
          await worker.terminate();
          worker = undefined;
        }
      }
    }
  } finally {
    await worker?.terminate();
  }
  return seen;
}

function startWorker(): Worker {
  // What decoders print is nobody's: standard output belongs to the command line.
  const worker = new Worker(WORKER, { stdout: true, stderr: true, resourceLimits: { maxOldGenerationSizeMb: HEAP } });
  // Told to whoever waits for it; without a listener of its own it would end this process.
  worker.on("error", () => undefined);
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}

function lookAt(worker: Worker, path: string, patience: number): Promise<SeenPicture> {
  return new Promise((resolve) => {
    let size: { readonly width?: number; readonly height?: number } = {};
    const end = (outcome: Pick<SeenPicture, "pdq" | "why" | "broken">): void => {
      clearTimeout(timer);
      worker.off("message", hear).off("error", fail).off("exit", fail);
      resolve({ ...size, ...outcome });
    };
    const fail = (): void => end({ why: "The picture cannot be decoded.", broken: true });
    const hear = (report: PictureReport): void => {
      if ("size" in report) size = report.size;
      else if (report.pdq !== undefined) end({ pdq: report.pdq });
      else end({ why: report.why ?? "The picture has no hash.", ...(report.broken ? { broken: true } : {}) });
    };
    const timer = setTimeout(() => end({ why: "The picture takes too long to decode." }), patience);
    worker.on("message", hear).on("error", fail).on("exit", fail);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
    worker.postMessage(path);
  });
}
