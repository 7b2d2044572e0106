/** SHA-256 of a Blob of any size, in slices; the next slice is read while the last one is hashed. */
import { PlacardError } from "../lib/error.ts";
import type { StartHash } from "../lib/sha256.ts";

const SLICE = 1 << 22;

export type OnBytes = (bytes: number) => void;
export type DigestBlob = (blob: Blob, onBytes: OnBytes) => Promise<Uint8Array>;

/** How blobs are hashed here: in this thread, with `startHash`. Throws `storage` where the file cannot be read. */
export function digestInSlices(startHash: StartHash, signal?: AbortSignal): DigestBlob {
  return async (blob, onBytes) => {
    const hash = startHash();
    let next = read(blob, 0);
    for (let at = 0; at < blob.size; at += SLICE) {
      signal?.throwIfAborted();
      const bytes = await next;
      next = read(blob, at + SLICE);
      hash.update(bytes);
      onBytes(bytes.length);
    }
    return hash.digest();
  };
}

async function read(blob: Blob, at: number): Promise<Uint8Array> {
  if (at >= blob.size) return new Uint8Array();
  try {
    return new Uint8Array(await blob.slice(at, at + SLICE).arrayBuffer());
  } catch (cause) {
    throw new PlacardError("storage", `The file cannot be read: ${(cause as Error).message}`, { cause });
  }
}
