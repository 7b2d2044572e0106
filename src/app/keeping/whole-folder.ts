/**
 * A folder the user named, filled out of sight and shown once it is whole. What is unfinished lies in a folder within it,
 * since a folder that a disk is mounted on can be neither replaced nor renamed.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { openScratch, removeScratch } from "../../capture/scratch.ts";
import { makeFolder, moveDurable, removeEmptyFolder, syncFolder, TEMPORARY_PREFIX } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";

const UNFINISHED = `${TEMPORARY_PREFIX}unfinished`;
/** A disk is asked to make this many files certain at once. */
const AT_ONCE = 8;

export interface WholeFolder {
  /** Where it is filled. */
  readonly path: string;
  /** Makes everything in it durable and moves these names into the folder the user named, in this order. */
  commit(names: readonly string[]): Promise<void>;
  /** Nothing of it stays. Safe after commit. */
  discard(): Promise<void>;
}

/** `target` must be missing or empty. Throws `conflict`, `storage`. */
export async function openWholeFolder(target: string, mode = 0o755): Promise<WholeFolder> {
  const wasThere = await refuseOccupied(target);
  await makeFolder(target, { mode });
  const room = join(target, UNFINISHED);
  const path = await openScratch(room);
  const discard = async (): Promise<void> => {
    await removeScratch(path);
    await removeEmptyFolder(room);
    if (!wasThere) await removeEmptyFolder(target);
  };
  return {
    path,
    commit: async (names) => {
      await refuseOccupied(target);
      await syncAll(path);
      for (const name of names) await moveDurable(join(path, name), join(target, name));
      await discard();
    },
    discard,
  };
}

/** Whether the folder is there. */
async function refuseOccupied(target: string): Promise<boolean> {
  const names = await readdir(target).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw new PlacardError("conflict", `${target} cannot be used as a folder: ${cause.message}`, {
      cause,
      next: "Name another folder.",
    });
  });
  if (names === undefined) return false;
  if (names.every((name) => name === UNFINISHED)) return true;
  throw new PlacardError("conflict", `${target} is not empty; nothing in it was touched.`, {
    next: "Name a folder that is empty, or none that is there. If a restore broke off here before, empty it first.",
  });
}

/** A file is made certain first, then the folder that names it. */
async function syncAll(folder: string): Promise<void> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncAll(path);
    else files.push(path);
  }
  const sync = async (): Promise<void> => {
    for (let path = files.pop(); path !== undefined; path = files.pop()) await syncFolder(path);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sync));
  await syncFolder(folder);
}
