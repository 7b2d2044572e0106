import { sha256 as noble } from "@noble/hashes/sha2.js";

/** SHA-256 of a short value, 32 bytes. Measured level with `node:crypto` below 100 bytes, and runs in a browser. */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return noble(bytes) as Uint8Array<ArrayBuffer>;
}

/** An incremental SHA-256: `node:crypto`'s in Node, `@noble/hashes`' in a browser. */
export interface IncrementalHash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

export type StartHash = () => IncrementalHash;

export const startPureHash: StartHash = () => noble.create();
