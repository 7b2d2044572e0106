/**
 * The appending log. An append survives a crash at any moment, because of the order in which it writes:
 *
 *   lock → private half (beforeCommit) → entry bundles and tiles → commit point → published checkpoint → acknowledged
 *
 * Files written before the commit are tentative: the next append replaces them, the next open drops them. After the
 * commit nothing is ever written again with other bytes. Processes exclude one another by the commit point's lock, and
 * each goes on from what is committed, not from what it remembers.
 *
 * After a `storage` error (or any other that leaves doubt about what is on disk) the log is dead: every call rejects,
 * and opening it again finds out what holds. Nothing is retried, see lib/durable.ts.
 */
import { utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { Appender, type AppendOptions, type LogOptions, type Make, type Receipt, requireCommit } from "./appender.ts";
import type { Commit } from "./backend.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { hashReader, readBundle } from "./files.ts";
import { consistencyProof, EMPTY_ROOT, type HashReader, inclusionProof, rootHash } from "./merkle.ts";
import { signNote } from "./note.ts";
import { CHECKPOINT, contradiction, readPublished, recoverFiles } from "./recover.ts";
import type { Replay } from "./repair.ts";
import { TILE_WIDTH } from "./tile.ts";

export type { LogOptions, Make, Receipt, Sealing } from "./appender.ts";

export interface OpenLogOptions<T> extends AppendOptions<T> {
  /** Drops private halves at or past `size`, which were never committed. Called under the lock, on opening. */
  readonly recover?: (size: number) => Promise<void>;
  /** The entries as the private halves give them, for a ledger whose files were lost. Called under the lock, on opening. */
  readonly replay?: Replay;
}

export interface Log<T> extends AsyncDisposable {
  /**
   * Resolves when the entry is committed, never before. Appends made while another is under way share one commit. A
   * rejection with `storage` or `inconsistent` means that it may or may not have been committed; with any other, that
   * it was not. Throws what `make` throws, `clock_behind`, `busy`, `usage`, `storage`, `inconsistent`.
   */
  append(make: Make<T>): Promise<Receipt>;
  /** The same for several, at most 4,096, all of them in one commit or none; with consecutive indexes. */
  appendBatch(makes: readonly Make<T>[]): Promise<readonly Receipt[]>;
  /** What is committed now, by whichever process. */
  head(): Promise<Commit>;
  /** MTH(D[0:size]); `usage` past what is committed. */
  rootAt(size: number): Promise<Uint8Array>;
  /** RFC 6962 §2.1.1, in the tree of `size` entries (all committed ones unless told). Throws `usage`. */
  inclusionProof(index: number, size?: number): Promise<Uint8Array[]>;
  /** RFC 6962 §2.1.2. Throws `usage`. */
  consistencyProof(oldSize: number, newSize: number): Promise<Uint8Array[]>;
  /** Committed entries `start … end - 1`. Throws `usage` past what is committed, `inconsistent` where one is missing. */
  readEntries(start: number, end: number): AsyncIterable<Uint8Array>;
  /**
   * Adds signature lines (cosignatures, without line breaks) to the published checkpoint, which is otherwise never
   * rewritten. False where the ledger has another size by now; then nothing is done. Throws `malformed`, `too_large`.
   */
  publish(size: number, signatureLines: readonly string[]): Promise<boolean>;
  /** Waits for what is under way; appends after that reject with `usage`. The commit point stays open: it is its opener's. */
  close(): Promise<void>;
}

/** Signs and commits an empty ledger. Throws `conflict` where there is one already, `storage`. */
export async function createLog({ origin, signer, backend, commitPoint, clock }: LogOptions): Promise<void> {
  const checkpoint = signNote(formatCheckpoint({ origin, size: 0, root: EMPTY_ROOT }), [signer]);
  await commitPoint.exclusively(async (committed) => {
    if (committed !== undefined || (await backend.get(CHECKPOINT)) !== undefined) {
      throw new PlacardError("conflict", "There is a ledger here already; it was left as it is.");
    }
    return { commit: { size: 0, root: EMPTY_ROOT, checkpoint, time: clock.now() }, result: undefined };
  });
  await backend.put(CHECKPOINT, utf8(checkpoint));
}

/**
 * Opens a ledger: finishes or drops what a crash interrupted. Throws `not_found` where there is none, `inconsistent`
 * where its parts contradict one another (a stale backup, two records), saying why; `storage`, `busy`.
 */
export async function openLog<T>(options: OpenLogOptions<T>): Promise<Log<T>> {
  const { origin, signer, backend, commitPoint, replay } = options;
  const recovery = { backend, origin, vkey: signer.vkey, replay };
  if ((await commitPoint.read()) === undefined) {
    // Asked before the lock is taken, for taking it may make the file whose lack must be noticed.
    if ((await backend.get(CHECKPOINT)) === undefined) throw new PlacardError("not_found", "There is no ledger here.");
    const published = await readPublished(recovery);
    throw contradiction(
      `a checkpoint of ${published?.size} entries is published, but the commit point (commit.sqlite) is missing or empty`,
    );
  }
  await commitPoint.exclusively(async (found) => {
    const committed = requireCommit(found);
    await recoverFiles(recovery, committed);
    await options.recover?.(committed.size);
    return { result: undefined };
  });
  await backend.dropUnfinished();
  return new OpenLog(options);
}

class OpenLog<T> implements Log<T> {
  readonly #options: OpenLogOptions<T>;
  readonly #appender: Appender<T>;

  constructor(options: OpenLogOptions<T>) {
    this.#options = options;
    this.#appender = new Appender(options);
  }

  async append(make: Make<T>): Promise<Receipt> {
    const [receipt] = await this.#appender.append([make]);
    return receipt as Receipt;
  }

  appendBatch(makes: readonly Make<T>[]): Promise<readonly Receipt[]> {
    return this.#appender.append(makes);
  }

  async head(): Promise<Commit> {
    this.#appender.assertAlive();
    return requireCommit(await this.#options.commitPoint.read());
  }

  async rootAt(size: number): Promise<Uint8Array> {
    return rootHash(size, await this.#hashes(size));
  }

  async inclusionProof(index: number, size?: number): Promise<Uint8Array[]> {
    const wanted = size ?? (await this.head()).size;
    return inclusionProof(index, wanted, await this.#hashes(wanted));
  }

  async consistencyProof(oldSize: number, newSize: number): Promise<Uint8Array[]> {
    return consistencyProof(oldSize, newSize, await this.#hashes(newSize));
  }

  async *readEntries(start: number, end: number): AsyncIterable<Uint8Array> {
    const { size } = await this.head();
    if (!(start >= 0 && start <= end && end <= size)) {
      throw new PlacardError("usage", `There are no entries ${start} to ${end} in ${size}.`);
    }
    for (let n = Math.floor(start / TILE_WIDTH); n * TILE_WIDTH < end; n++) {
      const first = n * TILE_WIDTH;
      const entries = await readBundle(this.#options.backend, n, Math.min(TILE_WIDTH, size - first));
      yield* entries.slice(Math.max(0, start - first), end - first);
    }
  }

  publish(size: number, signatureLines: readonly string[]): Promise<boolean> {
    return this.#appender.publish(size, signatureLines);
  }

  close(): Promise<void> {
    return this.#appender.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Hashes of the committed tree, for a question about its first `size` entries. */
  async #hashes(size: number): Promise<HashReader> {
    const head = await this.head();
    if (size > head.size) throw new PlacardError("usage", `The ledger has ${head.size} entries, not ${size}.`);
    return hashReader(this.#options.backend, head.size);
  }
}
