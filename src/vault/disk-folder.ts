/** The vault's own use of the disk: private modes, folders known to be durable, reads that name what failed. */
import type { Stats } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { type FileSystem, makeFolder } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";

export const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Makes `folder` and what is missing above it, down from `root`; makes sure of each on disk once a process. */
export function folderMaker(root: string, fs: FileSystem): (folder: string) => Promise<void> {
  const known = new Set<string>();
  const make = async (folder: string): Promise<void> => {
    if (known.has(folder)) return;
    if (folder !== root) await make(dirname(folder));
    await makeFolder(folder, { fs, mode: FOLDER_MODE });
    known.add(folder);
  };
  return make;
}

/** The file's bytes, or undefined where there is none. Throws `storage`. */
export function readIfThere(path: string): Promise<Buffer<ArrayBuffer> | undefined> {
  return unlessMissing("read", path, () => readFile(path));
}

/** Throws `storage`. */
export function statIfThere(path: string): Promise<Stats | undefined> {
  return unlessMissing("look at", path, () => stat(path));
}

/** Names in a folder; none where it is missing. Throws `storage`. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await unlessMissing("list", folder, () => readdir(folder))) ?? [];
}

async function unlessMissing<T>(verb: string, path: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new PlacardError("storage", `Could not ${verb} ${path}: ${message}`, {
      cause,
      next: "Look at the disk and its permissions, then run the same command again.",
    });
  }
}
