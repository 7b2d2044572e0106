import { equal } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";

/**
 * Where a ledger's files live. Paths are relative, with "/" between parts, as in C2SP tlog-tiles: `checkpoint`,
 * `tile/0/000.p/3`, `tile/entries/000`. Disk and memory implement it now; an object store fits (put is one request).
 * Every call may be made from several processes at once, but for the one rule on `put`.
 */
export interface LedgerBackend {
  /** The file's bytes as last put, or undefined where there is none. */
  get(path: string): Promise<Uint8Array | undefined>;
  /**
   * Writes a file whole, replacing what is there: all or nothing, durable once resolved. May be retried after a crash.
   * After a rejection it may or may not have happened. Different paths may be written at once; one path never.
   */
  put(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes files for good; nothing happens where one is missing. Some may be gone after a rejection. May be retried. */
  remove(paths: readonly string[]): Promise<void>;
  /** Paths below `prefix` (ending in "/" or empty), in any order; unfinished files are never listed. */
  list(prefix: string): Promise<readonly string[]>;
  /** Drops what processes that died while writing left behind; never what a living one is writing. May be retried. */
  dropUnfinished(): Promise<void>;
}

/** What the commit point holds: the newest signed checkpoint, and when it was committed. */
export interface Commit {
  readonly size: number;
  readonly root: Uint8Array;
  /** The signed note, verbatim. */
  readonly checkpoint: string;
  /** Milliseconds since 1970; never goes backwards. */
  readonly time: number;
}

/**
 * The ledger's lock and commit point in one. `exclusively` waits for the lock (across processes; a dead holder's lock
 * is free at once), hands `work` what is committed, and commits what it returns by compare-and-swap before resolving.
 * Where `work` throws, nothing is committed. Throws `busy` when the lock is not had within `patience` milliseconds, and
 * `inconsistent` when `work` returns what may not follow what is committed. When it rejects with `storage`, the commit
 * may or may not have happened: the caller must stop and open anew. Not to be called again from within `work`.
 */
export interface CommitPoint {
  /** What is committed, without waiting for the lock; undefined where nothing ever was. */
  read(): Promise<Commit | undefined>;
  exclusively<T>(
    work: (committed: Commit | undefined) => Promise<{ readonly commit?: Commit; readonly result: T }>,
    patience?: number,
  ): Promise<T>;
  /** Waits for what is under way, then lets go of the store. Safe to call twice. */
  close(): Promise<void>;
}

/** How long `exclusively` waits for the lock unless told, in milliseconds. */
export const DEFAULT_PATIENCE = 30_000;

/** Every commit point holds to this, whatever its caller asks: a ledger grows, and has one root a size. Throws `inconsistent`. */
export function assertMayFollow(previous: Commit | undefined, next: Commit): void {
  if (previous === undefined) return;
  const why =
    next.size < previous.size
      ? `a ledger of ${previous.size} entries cannot become one of ${next.size}`
      : next.size === previous.size && !equal(next.root, previous.root)
        ? `there would be two roots of size ${next.size}`
        : next.time < previous.time
          ? "its time is earlier than the last commit's"
          : undefined;
  if (why !== undefined) throw new PlacardError("inconsistent", `The commit was refused: ${why}. Nothing was changed.`);
}
