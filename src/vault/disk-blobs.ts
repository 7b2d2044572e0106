/** Blobs on disk: `blobs/ab/<sha256>`, written once and read in slices. */
import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { dirname, join } from "node:path";
import { type FileSystem, openPending, removeDurable, syncFolder, TEMPORARY_PREFIX } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import { readPieces } from "../lib/pieces.ts";
import { FILE_MODE, folderMaker, namesIn, statIfThere } from "./disk-folder.ts";
import type { StoredBlob, Vault } from "./vault.ts";

/** An unfinished blob that nobody has written to for this long (milliseconds) belongs to a process that died. */
const ABANDONED_AFTER = 3_600_000;

export type BlobStore = Pick<Vault, "putBlob" | "openBlob" | "hasBlob" | "listBlobs" | "removeBlob"> & {
  /** Removes unfinished blobs of processes that died. */
  readonly dropAbandoned: () => Promise<void>;
};

export function diskBlobs(folder: string, fs: FileSystem): BlobStore {
  const make = folderMaker(folder, fs);
  const place = (sha256: string): string => blobPath(folder, sha256);
  return {
    putBlob: async (chunks, mediaType, limit) => {
      await make(folder);
      const pending = await openPending(folder, { fs, mode: FILE_MODE });
      try {
        const { sha256, bytes } = await hashing(chunks, limit, (chunk) => pending.write(chunk));
        const path = place(sha256);
        await make(dirname(path));
        // A reader that holds the blob open would fail if its file were replaced, be it by the same bytes.
        if (!(await isStored(path, sha256, bytes, fs))) await pending.commit(path);
        return { sha256, bytes, mediaType };
      } finally {
        await pending.discard();
      }
    },
    openBlob: async (sha256) => {
      const path = place(sha256);
      if ((await statIfThere(path)) === undefined) return undefined;
      try {
        return await openAsBlob(path);
      } catch (cause) {
        if ((await statIfThere(path)) === undefined) return undefined;
        throw new PlacardError("storage", `Could not open ${path}.`, {
          cause,
          next: "Look at the file's permissions.",
        });
      }
    },
    hasBlob: async (sha256) => (await statIfThere(place(sha256))) !== undefined,
    listBlobs: () => list(folder),
    removeBlob: async (sha256) => {
      const path = place(sha256);
      await removeDurable(path, fs);
      // Also where the file is gone already: an earlier removal may have been cut short before it was durable.
      if ((await statIfThere(dirname(path))) !== undefined) await syncFolder(dirname(path), fs);
    },
    dropAbandoned: async () => {
      for (const name of await namesIn(folder)) {
        const path = join(folder, name);
        if (!name.startsWith(TEMPORARY_PREFIX)) continue;
        const status = await statIfThere(path);
        if (status !== undefined && Date.now() - status.mtimeMs > ABANDONED_AFTER) await removeDurable(path, fs);
      }
    },
  };
}

function blobPath(folder: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new PlacardError("usage", "A blob is named by its SHA-256 in 64 lower-case hexadecimal digits.");
  }
  return join(folder, sha256.slice(0, 2), sha256);
}

async function hashing(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit: number | undefined,
  write: (chunk: Uint8Array) => Promise<void>,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (limit !== undefined && bytes > limit) {
      throw new PlacardError("too_large", `The content is longer than ${limit} bytes.`);
    }
    hash.update(chunk);
    await write(chunk);
  }
  return { sha256: hash.digest("hex"), bytes };
}

/** Whether `path` holds these very bytes; if so, they are durable when this resolves. What does not match is damage, to be replaced. */
async function isStored(path: string, sha256: string, bytes: number, fs: FileSystem): Promise<boolean> {
  if ((await statIfThere(path))?.size !== bytes) return false;
  const hash = createHash("sha256");
  try {
    for await (const piece of readPieces(path)) hash.update(piece);
  } catch {
    return false;
  }
  if (hash.digest("hex") !== sha256) return false;
  try {
    await syncFolder(path, fs);
    await syncFolder(dirname(path), fs);
    return true;
  } catch (error) {
    // Another process erased the last exhibit that pointed at it, just now.
    if ((await statIfThere(path)) === undefined) return false;
    throw error;
  }
}

async function* list(folder: string): AsyncGenerator<StoredBlob> {
  for (const shard of await namesIn(folder)) {
    if (!/^[0-9a-f]{2}$/.test(shard)) continue;
    for (const sha256 of await namesIn(join(folder, shard))) {
      if (!/^[0-9a-f]{64}$/.test(sha256) || !sha256.startsWith(shard)) continue;
      const status = await statIfThere(join(folder, shard, sha256));
      if (status !== undefined) yield { sha256, bytes: status.size, modified: status.mtimeMs };
    }
  }
}
