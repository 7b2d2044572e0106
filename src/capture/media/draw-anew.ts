/** A stranger's picture drawn anew, smaller, in a thread of its own: of the file nothing comes through but what can be seen. */
import { Worker } from "node:worker_threads";
import { PlacardError } from "../../lib/error.ts";
import { Turnstile } from "../../lib/turnstile.ts";
import { say } from "../said.ts";
import type { Drawing } from "./draw-worker.ts";

/** As source this file ends in .ts, as published in .js; so does the worker's. */
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "./draw-worker.ts" : "./draw-worker.js", import.meta.url);
const PATIENCE = 15_000;
const HEAP = 256;

/** One at a time: each may take some hundred megabytes. */
const turn = new Turnstile();

/** As PNG. Throws `malformed`, `too_large`, `busy`. */
export async function drawAnew(bytes: Uint8Array): Promise<Uint8Array> {
  const leave = await turn.enter(2 * PATIENCE);
  const worker = new Worker(WORKER, { stdout: true, stderr: true, resourceLimits: { maxOldGenerationSizeMb: HEAP } });
  worker.stdout.resume();
  worker.stderr.resume();
  let timer: NodeJS.Timeout | undefined;
  try {
    const drawing = await new Promise<Drawing>((resolve) => {
      const fail = (): void => resolve({ code: "malformed", why: say("picture_not_decoded") });
      timer = setTimeout(fail, PATIENCE);
      worker.on("message", resolve).on("error", fail).on("exit", fail);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
      worker.postMessage(bytes);
    });
    if ("png" in drawing) return drawing.png;
    throw new PlacardError(drawing.code, drawing.why);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
    leave();
  }
}
