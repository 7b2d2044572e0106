/** A thread of digest-blob.ts: hashes what lies between two positions of an open file, each time it is asked. */
import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import type { Extent } from "./file-blob.ts";

/** How many more bytes were hashed, and at last the hash. */
export type DigestReport = { readonly bytes: number } | { readonly digest: Uint8Array };

/** Small enough to stay in the processor's cache between being read and being hashed. */
const CHUNK = 1 << 18;
const REPORT_EVERY = 1 << 24;

function digest({ fd, start, end }: Extent, report: (report: DigestReport) => void): Uint8Array {
  const hash = createHash("sha256");
  const buffer = new Uint8Array(CHUNK);
  let unreported = 0;
  for (let at = start; at < end; ) {
    const length = readSync(fd, buffer, 0, Math.min(CHUNK, end - at), at);
    if (length === 0) throw new Error("it became shorter");
    hash.update(buffer.subarray(0, length));
    at += length;
    unreported += length;
    if (unreported >= REPORT_EVERY || at === end) {
      report({ bytes: unreported });
      unreported = 0;
    }
  }
  return hash.digest();
}

const port = parentPort;
port?.on("message", (extent: Extent) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window
  const report = (message: DigestReport): void => port.postMessage(message);
  report({ digest: digest(extent, report) });
});
