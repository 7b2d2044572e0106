/** A ledger's files as a backend holds them: reading them, and telling which of them a size stands on. */
import { PlacardError } from "../lib/error.ts";
import type { LedgerBackend } from "./backend.ts";
import { HASH_BYTES, type HashReader } from "./merkle.ts";
import {
  entriesPath,
  hashFromTile,
  parseEntries,
  parseTilePath,
  TILE_WIDTH,
  type Tile,
  type TilePath,
  tileOfHash,
  tilePath,
  tilesChanged,
} from "./tile.ts";

/** A committed tile's hashes. Where its partial is gone because it came full since, the full one is cut. Throws `inconsistent`. */
export async function readTile(backend: LedgerBackend, { level, n, width }: Tile): Promise<Uint8Array> {
  const path = tilePath(level, n, width);
  const bytes = (await backend.get(path)) ?? (await backend.get(tilePath(level, n)))?.subarray(0, width * HASH_BYTES);
  if (bytes === undefined) throw missing(path);
  if (bytes.length !== width * HASH_BYTES) throw damaged(path);
  return bytes;
}

/** The first `width` entries of a committed bundle. Throws `inconsistent`. */
export async function readBundle(backend: LedgerBackend, n: number, width: number): Promise<readonly Uint8Array[]> {
  const path = entriesPath(n, width);
  const exact = await backend.get(path);
  const bytes = exact ?? (await backend.get(entriesPath(n)));
  if (bytes === undefined) throw missing(path);
  try {
    return parseEntries(bytes, exact === undefined ? TILE_WIDTH : width).slice(0, width);
  } catch (cause) {
    throw damaged(path, cause);
  }
}

/** Reads the hashes of a ledger whose committed size is `size`; each tile once. */
export function hashReader(backend: LedgerBackend, size: number): HashReader {
  const tiles = new Map<string, Promise<Uint8Array>>();
  return async (level, index) => {
    const tile = tileOfHash(level, index, size);
    const key = `${tile.level}/${tile.n}`;
    const read = tiles.get(key) ?? readTile(backend, tile);
    tiles.set(key, read);
    return hashFromTile(await read, level, index);
  };
}

/** The paths of every file that a ledger of `size` entries stands on, older partials not counted. */
export function filesOf(size: number): readonly string[] {
  const paths = tilesChanged(0, size).map(({ level, n, width }) => tilePath(level, n, width));
  for (let start = 0; start < size; start += TILE_WIDTH) {
    paths.push(entriesPath(start / TILE_WIDTH, Math.min(TILE_WIDTH, size - start)));
  }
  return paths;
}

/** How many hashes (or entries) the level of a file has in a ledger of `size` entries. */
function countAt(level: TilePath["level"], size: number): number {
  return level === "entries" ? size : Math.floor(size / TILE_WIDTH ** level);
}

/** Whether no signed checkpoint of up to `size` entries stands on this file: only such may be written or dropped. */
export function isTentative({ level, n, width }: TilePath, size: number): boolean {
  return n * TILE_WIDTH + width > countAt(level, size);
}

/**
 * Of `paths`, those that a ledger of `size` entries does not need: tentative files that an interrupted append left, and
 * partials beside their full tile (C2SP tlog-tiles lets a log delete these).
 */
export function filesToDrop(paths: readonly string[], size: number): readonly string[] {
  const present = new Set(paths);
  return paths.filter((path) => {
    const file = parsed(path);
    if (file === undefined) return false;
    const fullPath = path.replace(/\.p\/\d+$/, "");
    const full = { ...file, width: TILE_WIDTH };
    return isTentative(file, size) || (path !== fullPath && !isTentative(full, size) && present.has(fullPath));
  });
}

function parsed(path: string): TilePath | undefined {
  try {
    return parseTilePath(path);
  } catch {
    return undefined; // Not a tile; others keep files of theirs beside the tiles.
  }
}

function missing(path: string): PlacardError {
  return new PlacardError(
    "inconsistent",
    `The ledger's file ${path} is missing, though the ledger was signed with it.`,
    {
      next: "Restore the ledger folder and commit.sqlite from the same backup.",
    },
  );
}

function damaged(path: string, cause?: unknown): PlacardError {
  return new PlacardError("inconsistent", `The ledger's file ${path} is damaged.`, {
    cause,
    next: "Restore the ledger folder and commit.sqlite from the same backup.",
  });
}
