import type { BlobRef, SealedAct } from "../record/act.ts";

export interface StoredBlob {
  readonly sha256: string;
  readonly bytes: number;
  /** When it was stored, milliseconds since 1970. */
  readonly modified: number;
}

/**
 * The private room: blobs by content hash, and the acts with all their disclosures.
 *
 * Every promise here is about durability: once a call resolves, its effect survives power loss. Any call may be retried
 * after a crash. Blob calls may run at once, in several processes; act calls only under the ledger's lock, but that
 * committed acts may be read at any time.
 */
export interface Vault {
  /**
   * Streams `chunks` to disk while hashing them; never holds more than one chunk. Storing the same bytes twice is one
   * blob. Throws `too_large` past `limit` bytes, `storage` where the disk fails; then the blob is there whole or not
   * at all, and no unfinished file stays (but after a crash, until `recover`).
   */
  putBlob(
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    mediaType: string,
    limit?: number,
  ): Promise<BlobRef>;
  /** The blob's bytes, to be read in slices; undefined where it is missing or erased. */
  openBlob(sha256: string): Promise<Blob | undefined>;
  hasBlob(sha256: string): Promise<boolean>;
  listBlobs(): AsyncIterable<StoredBlob>;
  /** Nothing happens where it is missing. */
  removeBlob(sha256: string): Promise<void>;

  /**
   * Stores acts `start … start + acts.length - 1` (ledger indexes), before the ledger commits to them. What stood at
   * or past `start` was never committed and is replaced. Throws `not_found` where acts before `start` that it needs
   * are missing.
   */
  putActs(start: number, acts: readonly SealedAct[]): Promise<void>;
  /** Acts `start … end - 1` in order. Throws `not_found` naming the first index that is missing. */
  readActs(start: number, end: number): AsyncIterable<SealedAct>;
  /**
   * Rewrites the act at `index` without any of its disclosures and leaves no older copy of it on disk. `size` is the
   * committed size. May be repeated, and must be where it was cut short. Throws `not_found`.
   */
  eraseAct(index: number, size: number): Promise<void>;
  /** Drops what interrupted calls left behind: unfinished files, and acts at or past the committed `size`. */
  recover(size: number): Promise<void>;
}
