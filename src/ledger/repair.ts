/**
 * Brings a ledger's files up to its commit point, where a folder was restored from an older backup or a file was lost:
 * tiles are computed from the entries, entries from the acts in the vault. Nothing is written before its root is proved.
 */
import { equal } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import type { Commit, LedgerBackend } from "./backend.ts";
import { readBundle } from "./files.ts";
import { EMPTY_EDGE, growTree } from "./grow.ts";
import { leafHash } from "./merkle.ts";
import { rebuildRoot } from "./rebuild.ts";
import { encodeEntries, TILE_WIDTH, type TilePath } from "./tile.ts";
import { pathOf } from "./writer.ts";

/** Entries `start … end - 1` as the vault's acts give them. */
export type Replay = (start: number, end: number) => AsyncIterable<Uint8Array>;

type Bundles = () => AsyncIterable<readonly Uint8Array[]>;

/** Throws `inconsistent`, saying what is missing, where the committed root cannot be reached; then nothing was written. */
export async function repairFiles(backend: LedgerBackend, committed: Commit, replay?: Replay): Promise<void> {
  const sources: Bundles[] = [() => bundlesOf(backend, committed.size, replay)];
  // The ledger's own entries may be damaged without showing it; the vault's may then still be whole.
  if (replay !== undefined) sources.push(() => bundlesOf(undefined, committed.size, replay));
  let failure: unknown;
  for (const source of sources) {
    try {
      if (equal(await rebuildRoot(flatten(source())), committed.root))
        return await writeMissing(backend, committed, source());
      failure ??= new PlacardError("inconsistent", "The entries found do not lead to the root that was committed.");
    } catch (error) {
      if (error instanceof PlacardError && error.code === "storage") throw error;
      failure ??= error;
    }
  }
  throw new PlacardError(
    "inconsistent",
    `The ledger committed to ${committed.size} entries, but its files cannot be brought up to that: ${(failure as Error).message}`,
    {
      cause: failure,
      next: "Restore the whole record (ledger, vault and commit.sqlite) from the newest backup.",
    },
  );
}

async function* bundlesOf(
  backend: LedgerBackend | undefined,
  size: number,
  replay: Replay | undefined,
): AsyncIterable<readonly Uint8Array[]> {
  for (let start = 0; start < size; start += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, size - start);
    yield (backend && (await bundleIfWhole(backend, start / TILE_WIDTH, width))) ??
      (await replayed(start, start + width, replay));
  }
}

async function bundleIfWhole(backend: LedgerBackend, n: number, width: number) {
  try {
    return await readBundle(backend, n, width);
  } catch (error) {
    if (error instanceof PlacardError && error.code === "inconsistent") return undefined;
    throw error;
  }
}

async function replayed(start: number, end: number, replay: Replay | undefined): Promise<readonly Uint8Array[]> {
  const what = `entries ${start} to ${end - 1}`;
  if (replay === undefined) throw new PlacardError("inconsistent", `${what} are missing.`);
  const entries: Uint8Array[] = [];
  try {
    for await (const entry of replay(start, end)) entries.push(entry);
  } catch (cause) {
    if (cause instanceof PlacardError && cause.code === "storage") throw cause;
    throw new PlacardError(
      "inconsistent",
      `${what} are missing, and the vault does not give them: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
  if (entries.length !== end - start) throw new PlacardError("inconsistent", `${what} are not all in the vault.`);
  return entries;
}

async function* flatten(bundles: AsyncIterable<readonly Uint8Array[]>): AsyncIterable<Uint8Array> {
  for await (const bundle of bundles) yield* bundle;
}

async function writeMissing(backend: LedgerBackend, committed: Commit, bundles: AsyncIterable<readonly Uint8Array[]>) {
  let edge = EMPTY_EDGE;
  for await (const entries of bundles) {
    const n = Math.floor(edge.size / TILE_WIDTH);
    const growth = growTree(edge, entries.map(leafHash));
    await putIfOther(backend, { level: "entries", n, width: entries.length, bytes: encodeEntries(entries) });
    // On the way, growTree gives partials of upper levels that a ledger of the committed size has wider.
    for (const tile of growth.tiles) {
      const hashes = Math.floor(committed.size / TILE_WIDTH ** tile.level);
      if (tile.width === Math.min(TILE_WIDTH, hashes - tile.n * TILE_WIDTH)) await putIfOther(backend, tile);
    }
    edge = growth.edge;
  }
}

async function putIfOther(backend: LedgerBackend, file: TilePath & { readonly bytes: Uint8Array }): Promise<void> {
  const path = pathOf(file);
  const present = await backend.get(path);
  if (present === undefined || !equal(present, file.bytes)) await backend.put(path, file.bytes);
}
