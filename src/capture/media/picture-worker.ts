/** A thread of look-at-pictures.ts: reads, decodes and hashes a picture, each time it is asked. */
import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { isPlacardError } from "../../lib/error.ts";
import { boundDecoders, decodePicture, sizeOfPicture } from "./decode-picture.ts";
import { type PdqHash, pdqOf } from "./pdq.ts";

/** First the size, as soon as it is known; then what came of it. */
export type PictureReport =
  | { readonly size: { readonly width: number; readonly height: number } }
  | { readonly done: true; readonly pdq?: PdqHash; readonly why?: string; readonly broken?: boolean };

const port = parentPort;
boundDecoders();
port?.on("message", (path: string) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window
  const report = (message: PictureReport): void => port.postMessage(message);
  void look(path, report);
});

async function look(path: string, report: (message: PictureReport) => void): Promise<void> {
  try {
    const bytes = readFileSync(path);
    const { width, height } = sizeOfPicture(bytes);
    report({ size: { width, height } });
    const pdq = pdqOf(await decodePicture(bytes));
    report(pdq === undefined ? { done: true, why: "The picture is too small to have a hash." } : { done: true, pdq });
  } catch (error) {
    const why = isPlacardError(error) ? error.message : "The picture cannot be read.";
    report({ done: true, why, broken: isPlacardError(error, "malformed") });
  }
}
