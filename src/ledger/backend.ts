/**
 * Where a ledger's files live. Paths are relative, with "/" between parts, as in C2SP tlog-tiles: `checkpoint`,
 * `tile/0/000.p/3`, `tile/entries/000`. Disk and memory implement it now; an object store fits (put is one request).
 */
export interface LedgerBackend {
  /** The file's bytes, or undefined where there is none. */
  get(path: string): Promise<Uint8Array | undefined>;
  /**
   * Writes a file whole, replacing what is there: all or nothing, durable once resolved. May be retried. After a
   * rejection it may or may not have happened. Different paths may be written at once; one path never.
   */
  put(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file for good; nothing happens where it is missing. */
  remove(path: string): Promise<void>;
  /** Paths below `prefix` (ending in "/" or empty), in any order; unfinished files are never listed. */
  list(prefix: string): Promise<readonly string[]>;
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
 * Where `work` throws, nothing is committed. Throws `busy` when the lock is not had within `patience` milliseconds.
 * When it rejects with `storage`, the commit may or may not have happened: the caller must stop and open anew.
 */
export interface CommitPoint {
  read(): Promise<Commit | undefined>;
  exclusively<T>(
    work: (committed: Commit | undefined) => Promise<{ readonly commit?: Commit; readonly result: T }>,
    patience?: number,
  ): Promise<T>;
  close(): Promise<void>;
}
