/** SHA-256 of a Blob of any size, in slices; the next slice is read while the last one is hashed. */
import { PlacardError } from "../lib/error.ts";
import type { StartHash } from "../lib/sha256.ts";

const SLICE = 1 << 22;

/** Told how many more bytes were hashed. */
export type OnBytes = (bytes: number) => void;
/** 32 bytes. Throws `storage` where the blob cannot be read, `cancelled` where it was stopped. */
export type DigestBlob = (blob: Blob, onBytes: OnBytes) => Promise<Uint8Array>;

/** How blobs are hashed where nothing faster is given: in this thread, with `startHash`. */
export function digestInSlices(startHash: StartHash, signal?: AbortSignal): DigestBlob {
  return async (blob, onBytes) => {
    const hash = startHash();
    let next = read(blob, 0);
    for (let at = 0; at < blob.size; at += SLICE) {
      refuseStopped(signal);
      const bytes = await next;
      next = read(blob, at + SLICE);
      // Awaited in the next round: should this one end by a throw, its failing is nobody's business any more.
      next.catch(() => undefined);
      hash.update(bytes);
      onBytes(bytes.length);
    }
    return hash.digest();
  };
}

/**
 * Hashing may run in a thread of its own, and a signature, once begun, keeps this one busy: who waits for `begun`, when the
 * first blob is being hashed, leaves both the whole time.
 */
export function noticeBegun(digestBlob: DigestBlob): {
  readonly begun: Promise<void>;
  readonly digestBlob: DigestBlob;
} {
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  return {
    begun,
    digestBlob: (blob, onBytes) => {
      const digest = digestBlob(blob, onBytes);
      begin();
      return digest;
    },
  };
}

/** Throws `cancelled` once the signal has been given. */
export function refuseStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new PlacardError("cancelled", "Stopped before the file was checked to its end.");
}

async function read(blob: Blob, at: number): Promise<Uint8Array> {
  if (at >= blob.size) return new Uint8Array();
  try {
    return new Uint8Array(await blob.slice(at, at + SLICE).arrayBuffer());
  } catch (cause) {
    throw new PlacardError("storage", `The file can no longer be read: ${(cause as Error).message}`, { cause });
  }
}
