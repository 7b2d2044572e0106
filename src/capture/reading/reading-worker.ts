/** The thread of read-picture.ts: decodes one picture, reads it, says what it read, and is ended. */
import { parentPort, workerData } from "node:worker_threads";
import { isPlacardError } from "../../lib/error.ts";
import type { Told } from "../../lib/told.ts";
import { boundDecoders, decodePicture } from "../media/decode-picture.ts";
import { say } from "../said.ts";
import { readWithEngine } from "./engine.ts";
import { greyTop } from "./grey.ts";

export type ReadingReport =
  | { readonly text: string; readonly sureness: number; readonly isCut: boolean }
  | { readonly why: string | Told; readonly isTooLarge: boolean };

async function read(bytes: Uint8Array): Promise<ReadingReport> {
  try {
    const { pgm, isCut } = greyTop(await decodePicture(bytes, { upright: true }));
    const reader = await readWithEngine(pgm);
    return { text: reader.GetUTF8Text(), sureness: reader.MeanTextConf(), isCut };
  } catch (error) {
    const why = isPlacardError(error) ? (error.told ?? error.message) : say("picture_not_read_at_all");
    return { why, isTooLarge: isPlacardError(error, "too_large") };
  }
}

boundDecoders();
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window
parentPort?.postMessage(await read((workerData as { readonly bytes: Uint8Array }).bytes));
