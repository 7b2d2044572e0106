/**
 * SHA-256 of blobs, a large file's in threads of their own: of a web archive two hashes are wanted, of the whole and of
 * the WARC within it, and so both are had in the time of one.
 */
import { createHash } from "node:crypto";
import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import { PlacardError } from "../lib/error.ts";
import { type DigestBlob, digestInSlices, type OnBytes } from "../verify/digest.ts";
import type { DigestReport } from "./digest-worker.ts";
import { type Extent, FileBlob } from "./file-blob.ts";

/** Below this a thread takes longer to start than the hashing. */
const WORTH_A_THREAD = 1 << 24;
/** An archive is hashed twice. */
const AT_ONCE = 2;
/** As source this file ends in .ts, as published in .js; so does the worker's. */
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "./digest-worker.ts" : "./digest-worker.js", import.meta.url);

export interface Digester extends AsyncDisposable {
  /** Throws `storage` where the file cannot be read, and whatever `onBytes` throws. */
  readonly digestBlob: DigestBlob;
}

/** For blobs of a file of this many bytes. Threads start at once: what is to be hashed is found out meanwhile. */
export function openDigester(bytes: number): Digester {
  const threads = new Set<Worker>();
  const idle: Worker[] = [];
  const start = (): Worker => {
    const worker = new Worker(WORKER, { env: compileCache() });
    threads.add(worker);
    // Heard by whoever waits for a hash; nobody else has to.
    worker.on("error", () => threads.delete(worker));
    return worker;
  };
  if (bytes >= WORTH_A_THREAD) for (let i = 0; i < AT_ONCE; i++) idle.push(start());
  const here = digestInSlices(() => createHash("sha256"));
  return {
    digestBlob: async (blob, onBytes) => {
      if (!(blob instanceof FileBlob) || blob.size < WORTH_A_THREAD) return here(blob, onBytes);
      const worker = idle.pop() ?? start();
      const digest = await digestIn(worker, blob.extent, onBytes);
      idle.push(worker);
      return digest;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...threads].map((worker) => worker.terminate()));
    },
  };
}

/** A thread does not have what its process set by enableCompileCache; without it, each begins 50 ms later. */
function compileCache(): Readonly<Record<string, string>> {
  const versioned = getCompileCacheDir();
  return versioned === undefined ? {} : { NODE_COMPILE_CACHE: dirname(versioned) };
}

function digestIn(worker: Worker, extent: Extent, onBytes: OnBytes): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => {
      reject(new PlacardError("storage", `The file can no longer be read: ${cause.message}`, { cause }));
    };
    const hear = (report: DigestReport): void => {
      try {
        if ("bytes" in report) return onBytes(report.bytes);
        worker.off("message", hear).off("error", fail);
        resolve(report.digest);
      } catch (error) {
        reject(error);
      }
    };
    worker.on("message", hear).on("error", fail);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
    worker.postMessage(extent);
  });
}
