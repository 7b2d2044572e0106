/** What happens when a ledger is opened, under its lock: contradictions are refused, interrupted work is finished or dropped. */
import { equal, utf8 } from "../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import type { Commit, LedgerBackend } from "./backend.ts";
import { type OpenedCheckpoint, openCheckpoint } from "./checkpoint.ts";
import { filesOf, filesToDrop, hashReader } from "./files.ts";
import { rootHash } from "./merkle.ts";
import { type Replay, repairFiles } from "./repair.ts";
import { readTail } from "./writer.ts";

/** Where the newest signed checkpoint is published (C2SP tlog-tiles). */
export const CHECKPOINT = "checkpoint";

const TILES = "tile/";

export interface RecoverOptions {
  readonly backend: LedgerBackend;
  readonly origin: string;
  readonly vkey: string;
  readonly replay?: Replay | undefined;
}

/**
 * Makes the files agree with what is committed. Throws `inconsistent` where they contradict one another: a backup older
 * than what was published, the parts of two records, or files that nothing here can bring up to the commit.
 */
export async function recoverFiles(options: RecoverOptions, committed: Commit): Promise<void> {
  const { backend } = options;
  assertOwn(options, committed);
  const published = await readPublished(options);
  if (published !== undefined) assertNotAhead(published, committed);
  await bringUp(options, committed);
  if (published !== undefined) await assertExtends(backend, published, committed);
  await dropTentative(backend, committed.size);
  if (published === undefined || published.size < committed.size) {
    await backend.put(CHECKPOINT, utf8(committed.checkpoint));
  }
}

/** The published checkpoint, its signature verified; undefined where there is none. Throws `inconsistent`. */
export async function readPublished({ backend, vkey }: RecoverOptions): Promise<OpenedCheckpoint | undefined> {
  const bytes = await backend.get(CHECKPOINT);
  if (bytes === undefined) return undefined;
  try {
    return openCheckpoint(bytes, vkey);
  } catch (cause) {
    throw contradiction(`the published checkpoint is not this record's (${(cause as Error).message})`, cause);
  }
}

function assertOwn({ origin, vkey }: RecoverOptions, committed: Commit): void {
  let own: OpenedCheckpoint;
  try {
    own = openCheckpoint(committed.checkpoint, vkey);
  } catch (cause) {
    throw contradiction(`the checkpoint in commit.sqlite is not this record's (${(cause as Error).message})`, cause);
  }
  if (own.origin !== origin || own.size !== committed.size || !equal(own.root, committed.root)) {
    throw contradiction("commit.sqlite holds a checkpoint that says something else than its own row");
  }
}

function assertNotAhead(published: OpenedCheckpoint, committed: Commit): void {
  if (published.size > committed.size) {
    throw contradiction(
      `the published checkpoint has ${published.size} entries, commit.sqlite only ${committed.size}; commit.sqlite comes from an older backup`,
    );
  }
  if (published.size === committed.size && !equal(published.root, committed.root)) {
    throw contradiction(
      `the published checkpoint and commit.sqlite have different roots for ${published.size} entries`,
    );
  }
}

async function assertExtends(backend: LedgerBackend, published: OpenedCheckpoint, committed: Commit): Promise<void> {
  const root = await rootHash(published.size, hashReader(backend, committed.size));
  if (!equal(root, published.root)) {
    throw contradiction(
      `the published checkpoint of ${published.size} entries is not of the ledger that was committed`,
    );
  }
}

/** Not every hash is looked at here (an audit does that), but the edge is, and that every file is there. */
async function bringUp({ backend, replay }: RecoverOptions, committed: Commit): Promise<void> {
  try {
    await readTail(backend, committed);
    const present = new Set(await backend.list(TILES));
    if (filesOf(committed.size).every((path) => present.has(path))) return;
  } catch (error) {
    if (!isPlacardError(error, "inconsistent")) throw error;
  }
  await repairFiles(backend, committed, replay);
}

async function dropTentative(backend: LedgerBackend, size: number): Promise<void> {
  const dropped = filesToDrop(await backend.list(TILES), size);
  if (dropped.length > 0) await backend.remove(dropped);
}

export function contradiction(why: string, cause?: unknown): PlacardError {
  return new PlacardError("inconsistent", `The record contradicts itself: ${why}. No entry was changed.`, {
    cause,
    next: "Restore the whole record from one backup, the newest; then open it again.",
  });
}
