/** What happens when a ledger is opened, under its lock: contradictions are refused, interrupted work is finished or dropped. */
import { equal, utf8 } from "../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import type { Commit, LedgerBackend } from "./backend.ts";
import { type OpenedCheckpoint, openCheckpoint } from "./checkpoint.ts";
import { filesToDrop, hashReader } from "./files.ts";
import { rootHash } from "./merkle.ts";
import { type Replay, repairFiles } from "./repair.ts";
import { entriesPath, TILE_WIDTH, tilePath } from "./tile.ts";
import { readTail } from "./writer.ts";

/** Where the newest signed checkpoint is published (C2SP tlog-tiles). */
export const CHECKPOINT = "checkpoint";

/** More entries than one commit holds, so that every tentative file is within as many of the edge. */
const REACH = 65_536;

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

async function bringUp({ backend, replay }: RecoverOptions, committed: Commit): Promise<void> {
  try {
    await readTail(backend, committed);
  } catch (error) {
    if (!isPlacardError(error, "inconsistent")) throw error;
    await repairFiles(backend, committed, replay);
  }
}

async function dropTentative(backend: LedgerBackend, size: number): Promise<void> {
  const prefixes = new Set<string>();
  for (const n of [Math.floor(size / TILE_WIDTH), Math.floor((size + REACH) / TILE_WIDTH)]) {
    prefixes.add(folderOf(entriesPath(n)));
  }
  for (let level = 0, [low, high] = [size, size + REACH]; high > 0; level++) {
    [low, high] = [Math.floor(low / TILE_WIDTH), Math.floor(high / TILE_WIDTH)];
    prefixes.add(folderOf(tilePath(level, low)));
    prefixes.add(folderOf(tilePath(level, high)));
  }
  const paths = new Set((await Promise.all([...prefixes].map((prefix) => backend.list(prefix)))).flat());
  const dropped = filesToDrop([...paths], size);
  if (dropped.length > 0) await backend.remove(dropped);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

export function contradiction(why: string, cause?: unknown): PlacardError {
  return new PlacardError("inconsistent", `The record contradicts itself: ${why}. No entry was changed.`, {
    cause,
    next: "Restore the whole record from one backup, the newest; then open it again.",
  });
}
