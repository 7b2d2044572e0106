import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type FileSystem,
  makeFolder,
  realFileSystem,
  removeDurable,
  removeEmptyFolder,
  removeLazily,
  TEMPORARY_PREFIX,
  writeDurable,
} from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import type { LedgerBackend } from "./backend.ts";

/** An unfinished file this old (milliseconds) has no living writer: a ledger's files are written within seconds. */
const ABANDONED_AFTER = 3_600_000;

/**
 * A ledger's files in the folder `root`, ready to be served as they are. Writes are as lib/durable says;
 * a folder is made durable in its parent the first time this backend writes below it, even where it is there already,
 * for whoever made it may have died before its fsync.
 */
export function openDiskBackend(root: string, fs: FileSystem = realFileSystem): LedgerBackend {
  const durableFolders = new Map<string, Promise<void>>();

  function ensureFolder(folder: string): Promise<void> {
    let made = durableFolders.get(folder);
    if (made === undefined) {
      const above = folder === "." ? Promise.resolve() : ensureFolder(dirname(folder));
      made = above.then(() => makeFolder(join(root, folder), { fs }));
      durableFolders.set(folder, made);
    }
    return made;
  }

  return {
    get: async (path) => {
      assertPath(path);
      const bytes = await readOrMissing(path, () => readFile(join(root, path)));
      // A Buffer is a Uint8Array whose slice() shares its bytes; nobody above expects that.
      return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    },
    put: async (path, bytes) => {
      assertPath(path);
      await ensureFolder(dirname(path));
      await writeDurable(join(root, path), bytes, { fs });
    },
    remove: async (paths) => {
      paths.forEach(assertPath);
      await removeDurable(
        paths.map((path) => join(root, path)),
        fs,
      );
      // A tile that came full leaves the folder of its partials empty.
      const folders = new Set(paths.map((path) => dirname(path)).filter((folder) => folder.endsWith(".p")));
      for (const folder of folders) {
        durableFolders.delete(folder);
        await removeEmptyFolder(join(root, folder), fs);
      }
    },
    list: async (prefix) => {
      if (prefix !== "") assertPath(prefix.replace(/\/$/, ""));
      return (await filesBelow(root, prefix)).filter((path) => !isUnfinished(path));
    },
    dropUnfinished: async () => {
      for (const path of await filesBelow(root, "")) if (isUnfinished(path)) await dropAbandoned(join(root, path), fs);
    },
  };
}

function isUnfinished(path: string): boolean {
  return path.slice(path.lastIndexOf("/") + 1).startsWith(TEMPORARY_PREFIX);
}

/** No path from a caller may lead out of the folder, or name an unfinished file. */
function assertPath(path: string): void {
  const parts = path.split("/");
  if (parts.every((part) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(part))) return;
  throw new PlacardError("usage", `"${path}" is no path of a ledger's file.`);
}

async function readOrMissing<T>(path: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
    throw new PlacardError("storage", `Could not read ${path} of the ledger: ${message}`, { cause });
  }
}

/** Every file below `prefix`, relative to `root`; a folder that goes away meanwhile is skipped. */
async function filesBelow(root: string, prefix: string): Promise<string[]> {
  const entries = await readOrMissing(prefix, () => readdir(join(root, prefix), { withFileTypes: true }));
  const files: string[] = [];
  for (const entry of entries ?? []) {
    if (entry.isDirectory()) files.push(...(await filesBelow(root, `${prefix}${entry.name}/`)));
    else files.push(prefix + entry.name);
  }
  return files;
}

/** Best effort: what stays, or comes back after power loss, is dropped another time. */
async function dropAbandoned(path: string, fs: FileSystem): Promise<void> {
  const status = await stat(path).catch(() => undefined);
  if (status !== undefined && Date.now() - status.mtimeMs > ABANDONED_AFTER) await removeLazily(path, fs);
}
