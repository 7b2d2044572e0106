/**
 * SHA-256 of a blob, a large file's in a thread of its own: of a web archive two hashes are wanted, of the whole and of
 * the WARC within it, and so both are had in the time of one.
 */
import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import { PlacardError } from "../lib/error.ts";
import { type DigestBlob, digestInSlices, type OnBytes } from "../verify/digest.ts";
import type { DigestReport } from "./digest-worker.ts";
import { type Extent, FileBlob } from "./file-blob.ts";

/** Below this a thread takes longer to start than the hashing. */
const WORTH_A_THREAD = 1 << 24;
/** As source this file ends in .ts, as published in .js; so does the worker's. */
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "./digest-worker.ts" : "./digest-worker.js", import.meta.url);

const digestHere = digestInSlices(() => createHash("sha256"));

/** 32 bytes. Throws `storage` where the file cannot be read, and whatever `onBytes` throws. */
export const digestBlob: DigestBlob = (blob, onBytes) =>
  blob instanceof FileBlob && blob.size >= WORTH_A_THREAD
    ? digestInThread(blob.extent, onBytes)
    : digestHere(blob, onBytes);

async function digestInThread(extent: Extent, onBytes: OnBytes): Promise<Uint8Array> {
  const worker = new Worker(WORKER, { workerData: extent });
  try {
    return await new Promise((resolve, reject) => {
      worker.on("error", (cause) => {
        reject(new PlacardError("storage", `The file can no longer be read: ${(cause as Error).message}`, { cause }));
      });
      worker.on("message", (report: DigestReport) => {
        try {
          if ("digest" in report) resolve(report.digest);
          else onBytes(report.bytes);
        } catch (error) {
          reject(error);
        }
      });
    });
  } finally {
    await worker.terminate();
  }
}
