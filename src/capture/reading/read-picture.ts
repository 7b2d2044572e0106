/** Text out of a picture, read by machine in a thread of its own that is ended when it is done, or takes too long. */
import { Worker } from "node:worker_threads";
import { PlacardError } from "../../lib/error.ts";
import type { Told } from "../../lib/told.ts";
import { LONGEST_PICTURE } from "../media/picture-kind.ts";
import { say } from "../said.ts";
import type { ReadingReport } from "./reading-worker.ts";

/** As source this file ends in .ts, as published in .js; so does the worker's. */
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "./reading-worker.ts" : "./reading-worker.js",
  import.meta.url,
);
/** Milliseconds for one picture, the engine's start included. */
const PATIENCE = 90_000;
/** Of the thread's own heap, in MiB; what is WebAssembly in it is bounded in decode-picture.ts. */
const HEAP = 256;
const LONGEST_TEXT = 20_000;

export interface ReadText {
  /** Lines as the machine took them; no controls but their ends. */
  readonly text: string;
  /** The machine's own estimate, 0 to 100. */
  readonly sureness: number;
  /** Whether the picture, or the text, goes on where reading ended. */
  readonly isCut: boolean;
}

/** Throws `too_large`, `malformed` (no picture that can be decoded, or one that takes too long). */
export async function readPicture(picture: Blob, patience = PATIENCE): Promise<ReadText> {
  if (picture.size > LONGEST_PICTURE) throw new PlacardError("too_large", say("picture_not_read"));
  const report = await reportOn(new Uint8Array(await picture.arrayBuffer()), patience);
  if ("why" in report) throw new PlacardError(report.isTooLarge ? "too_large" : "malformed", report.why);
  const text = plain(report.text);
  const shown = text.slice(0, LONGEST_TEXT).toWellFormed();
  return { text: shown, sureness: report.sureness, isCut: report.isCut || shown.length < text.length };
}

async function reportOn(bytes: Uint8Array<ArrayBuffer>, patience: number): Promise<ReadingReport> {
  const worker = new Worker(WORKER, {
    workerData: bytes,
    transferList: [bytes.buffer],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  const { promise, resolve } = Promise.withResolvers<ReadingReport>();
  const fail = (why: Told) => () => resolve({ why, isTooLarge: false });
  const timer = setTimeout(fail(say("reading_too_long")), patience);
  worker.once("message", resolve);
  worker.on("error", fail(say("picture_not_read_at_all")));
  worker.once("exit", fail(say("picture_not_read_at_all")));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/** Without what turns the direction of a text round, or is not seen at all: the lines are told apart by the page that shows them. */
function plain(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
