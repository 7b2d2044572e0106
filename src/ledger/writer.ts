/** Writes the files of entries that are about to be committed. Until then they are tentative: no signed checkpoint stands on them. */
import { equal } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import type { Commit, LedgerBackend } from "./backend.ts";
import { isTentative, readBundle, readTile } from "./files.ts";
import { edgeRoot, growTree, readEdge, type TreeEdge } from "./grow.ts";
import { leafHash } from "./merkle.ts";
import { encodeEntries, entriesPath, TILE_WIDTH, type TilePath, tilePath } from "./tile.ts";

/** Some 0.1 ms of hashing. */
const SLICE = 64;

/** What an append goes on from: the right edge of the tree, and the entries of the bundle that is not yet full. */
export interface Tail {
  readonly edge: TreeEdge;
  readonly root: Uint8Array;
  readonly entries: readonly Uint8Array[];
}

/** What is to be written for some entries after the committed ones. */
export interface Plan {
  readonly size: number;
  readonly root: Uint8Array;
  /** Folders of partials, ending in "/", that the full tile or bundle of this plan makes unnecessary. */
  readonly outgrown: readonly string[];
  readonly files: readonly LedgerFile[];
  readonly committedSize: number;
  readonly tail: Tail;
}

interface LedgerFile extends TilePath {
  readonly bytes: Uint8Array;
}

export class LedgerWriter {
  readonly #backend: LedgerBackend;
  #tail: Tail | undefined;

  constructor(backend: LedgerBackend) {
    this.#backend = backend;
  }

  /** Works out the files; writes nothing. Throws `storage`, `inconsistent`. */
  async plan(committed: Commit, entries: readonly Uint8Array[]): Promise<Plan> {
    const tail = await this.#tailOf(committed);
    const { edge, root, tiles } = growTree(tail.edge, await hashLeaves(entries));
    const bundles = bundlesAfter(tail, entries);
    const files: readonly LedgerFile[] = [...bundles.files, ...tiles];
    return {
      size: edge.size,
      root,
      outgrown: files.filter((file) => outgrows(file, committed.size)).map((file) => `${pathOf(file)}.p/`),
      files,
      committedSize: committed.size,
      tail: { edge, root, entries: bundles.rest },
    };
  }

  /**
   * Writes a plan's bundles and tiles, all at once: their order does not matter, since none counts before the commit.
   * Rejects only when no write is under way any more, for the lock must not be let go before. Throws `storage`.
   */
  async write({ files, committedSize, tail }: Plan): Promise<void> {
    await settle(files.map((file) => this.#put(file, committedSize)));
    this.#tail = tail;
  }

  async #put(file: LedgerFile, committedSize: number): Promise<void> {
    if (!isTentative(file, committedSize)) {
      throw new PlacardError("inconsistent", `${pathOf(file)} is committed and is never written again.`);
    }
    await this.#backend.put(pathOf(file), file.bytes);
  }

  /** Kept from the last write, read anew where another process has appended since. */
  async #tailOf(committed: Commit): Promise<Tail> {
    const kept = this.#tail;
    if (kept !== undefined && kept.edge.size === committed.size && equal(kept.root, committed.root)) return kept;
    return readTail(this.#backend, committed);
  }
}

/** Reads the right edge and holds it against the committed root and the last bundle. Throws `inconsistent`. */
export async function readTail(backend: LedgerBackend, { size, root }: Pick<Commit, "size" | "root">): Promise<Tail> {
  const edge = await readEdge(size, (tile) => readTile(backend, tile));
  if (!equal(edgeRoot(edge.tiles), root)) {
    throw new PlacardError("inconsistent", `The tiles do not lead to the root committed for size ${size}.`);
  }
  const n = Math.max(0, Math.ceil(size / TILE_WIDTH) - 1);
  const width = size - n * TILE_WIDTH;
  if (width === 0) return { edge, root, entries: [] };
  const entries = await readBundle(backend, n, width);
  const tile = await readTile(backend, { level: 0, n, width });
  entries.forEach((entry, i) => {
    if (equal(leafHash(entry), tile.subarray(32 * i, 32 * i + 32))) return;
    throw new PlacardError("inconsistent", `Entry ${n * TILE_WIDTH + i} is not the one the ledger committed to.`);
  });
  return { edge, root, entries: width === TILE_WIDTH ? [] : entries };
}

/** In slices, so that others go on meanwhile; above all the private half, which waits for the disk step by step. */
async function hashLeaves(entries: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < entries.length; at += SLICE) {
    for (const entry of entries.slice(at, at + SLICE)) leaves.push(leafHash(entry));
    await othersFirst();
  }
  return leaves;
}

/** Resolves after everything that waits for the event loop now. */
export function othersFirst(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function bundlesAfter(tail: Tail, added: readonly Uint8Array[]) {
  const first = Math.floor(tail.edge.size / TILE_WIDTH);
  const entries = [...tail.entries, ...added];
  const files: LedgerFile[] = [];
  for (let at = 0; at < entries.length; at += TILE_WIDTH) {
    const bundle = entries.slice(at, at + TILE_WIDTH);
    files.push({ level: "entries", n: first + at / TILE_WIDTH, width: bundle.length, bytes: encodeEntries(bundle) });
  }
  return { files, rest: entries.slice(entries.length - (entries.length % TILE_WIDTH)) };
}

export function pathOf({ level, n, width }: TilePath): string {
  return level === "entries" ? entriesPath(n, width) : tilePath(level, n, width);
}

/** Whether a full tile takes the place of a partial that a ledger of `size` entries has. */
function outgrows(file: TilePath, size: number): boolean {
  const { level, n } = file;
  return file.width === TILE_WIDTH && !isTentative({ level, n, width: 1 }, size);
}

/** Like Promise.all, but waits for every one of them also when one fails. */
async function settle(work: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((outcome) => outcome.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
