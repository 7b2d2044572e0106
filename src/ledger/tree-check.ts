/** For audits: the tree computed anew from its leaves, and every tile a ledger publishes held against it. */
import { equal } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import type { LedgerBackend } from "./backend.ts";
import { readBundle, readTile } from "./files.ts";
import { EMPTY_EDGE, edgeRoot, growTree } from "./grow.ts";
import { HASH_BYTES } from "./merkle.ts";
import { TILE_WIDTH, type Tile } from "./tile.ts";

export interface FileFault {
  readonly level: Tile["level"] | "entries";
  readonly n: number;
  readonly why: string;
}

/** Up to 256 entries as the ledger publishes them; undefined where a file of theirs is missing or damaged. */
export interface PublishedBundle {
  readonly first: number;
  readonly width: number;
  readonly entries: readonly Uint8Array[] | undefined;
  /** Leaf hashes, as the tiles have them. */
  readonly leaves: readonly Uint8Array[] | undefined;
}

export interface TreeCheck {
  /** The next bundle, or undefined past the end. Throws `storage`. */
  next(): Promise<PublishedBundle | undefined>;
  /** Its leaf hashes as they should be; undefined where nobody knows, and then no tile after it can be checked. */
  add(leaves: readonly Uint8Array[] | undefined): Promise<void>;
  /** The root of all leaves added (RFC 6962 §2.1); undefined where some were not known. */
  root(): Uint8Array | undefined;
  readonly faults: readonly FileFault[];
}

/** Checks a ledger of `size` committed entries, in one pass; holds no more than one bundle and the tree's edge. */
export function checkTree(backend: LedgerBackend, size: number): TreeCheck {
  const faults: FileFault[] = [];
  let edge: typeof EMPTY_EDGE | undefined = EMPTY_EDGE;
  let n = 0;
  const noting = async <T>(level: FileFault["level"], at: number, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!isPlacardError(error, "inconsistent")) throw error;
      if (!faults.some((fault) => fault.level === level && fault.n === at))
        faults.push({ level, n: at, why: error.message });
      return undefined;
    }
  };
  return {
    faults,
    next: async () => {
      const first = n * TILE_WIDTH;
      if (first >= size) return undefined;
      const width = Math.min(TILE_WIDTH, size - first);
      const entries = await noting("entries", n, () => readBundle(backend, n, width));
      const tile = await noting(0, n, () => readTile(backend, { level: 0, n, width }));
      n++;
      return { first, width, entries, leaves: tile && hashesOf(tile) };
    },
    add: async (leaves) => {
      if (edge === undefined || leaves === undefined) {
        edge = undefined;
        return;
      }
      const growth = growTree(edge, leaves);
      edge = growth.edge;
      for (const { level, n: at, width, bytes } of growth.tiles) {
        // On the way, growTree gives partials of upper levels that a ledger of this size has wider.
        if (width !== Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - at * TILE_WIDTH)) continue;
        const published = await noting(level, at, () => readTile(backend, { level, n: at, width }));
        if (published === undefined || equal(published, bytes)) continue;
        faults.push({ level, n: at, why: `Tile ${at} of level ${level} has other hashes than its entries give.` });
      }
    },
    root: () => edge && edgeRoot(edge.tiles),
  };
}

function hashesOf(tile: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: tile.length / HASH_BYTES }, (_, i) =>
    tile.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
}
