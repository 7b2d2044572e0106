/**
 * A folder of this machine. What one names comes to point at one of two trees beside it, and is turned to the other in one step:
 * a web server that serves it never meets half a site.
 */
import { lstat, readFile, readlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import {
  linkLazily,
  makeFolder,
  makeFolderLazily,
  pointDurable,
  removeEmptyFolder,
  removeLazily,
  syncFolder,
  writeDurable,
  writeUnseen,
} from "../../lib/durable.ts";
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import type { SiteStore } from "./bring.ts";
import { MANIFEST } from "./manifest.ts";
import type { Tree, TwinTarget } from "./target.ts";

/** A disk is asked to make this many files certain at once. */
const AT_ONCE = 32;

export async function openFolderTarget(given: string): Promise<TwinTarget> {
  const path = resolve(given);
  const trees = `${path}.trees`;
  const treePath = (tree: Tree): string => join(trees, tree);
  const shown = async (): Promise<Tree | undefined> => {
    const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (found === undefined) return undefined;
    if (found.isSymbolicLink()) {
      const to = resolve(dirname(path), await readlink(path));
      if (to === treePath("a")) return "a";
      if (to === treePath("b")) return "b";
    } else if (found.isDirectory()) {
      // Somebody made it for us; only an empty one goes.
      await removeEmptyFolder(path);
      if ((await lstat(path).catch(() => undefined)) === undefined) return undefined;
    }
    throw new PlacardError("conflict", `${path} is there already, and is no site that Placard published.`, {
      next: "Name a folder that is empty, or none that is there.",
    });
  };
  return {
    kind: "twins",
    name: path,
    shown,
    store: (tree) => openTree(treePath(tree), treePath(tree === "a" ? "b" : "a")),
    show: async (tree) => {
      await makeFolder(dirname(path));
      await shown();
      await pointDurable(path, join(basename(trees), tree));
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function openTree(root: string, other: string): SiteStore {
  const unsettled = new Set<string>();
  const made = new Set<string>();
  const folderOf = async (path: string): Promise<string> => {
    const folder = dirname(path);
    if (!made.has(folder)) await makeFolderLazily(folder);
    made.add(folder);
    for (let each = folder; each.length >= root.length && !unsettled.has(each); each = dirname(each))
      unsettled.add(each);
    return folder;
  };
  return {
    read: async (path) => readFile(join(root, path)).catch(missing),
    write: async (path, bytes) => {
      const target = join(root, path);
      await folderOf(target);
      // By this one it is known what else lies here: it is never there by halves.
      await (path === MANIFEST ? writeDurable(target, bytes) : writeUnseen(target, bytes));
    },
    adopt: async (path) => {
      const target = join(root, path);
      await folderOf(target);
      return linkAnew(join(other, path), target);
    },
    remove: async (path) => {
      const target = join(root, path);
      await removeLazily(target);
      unsettled.add(dirname(target));
      made.delete(dirname(target));
      await removeEmptyFolders(root, dirname(target));
    },
    settle: async () => {
      await settle([...unsettled]);
      unsettled.clear();
    },
  };
}

/** Its bytes are on disk already. */
async function linkAnew(from: string, to: string): Promise<boolean> {
  try {
    return await linkLazily(from, to);
  } catch (error) {
    if (!isPlacardError(error, "storage") || (error.cause as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    await removeLazily(to);
    return linkLazily(from, to);
  }
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
  throw error;
}

async function removeEmptyFolders(root: string, from: string): Promise<void> {
  for (let folder = from; folder.length > root.length; folder = dirname(folder)) {
    await removeEmptyFolder(folder);
    if ((await lstat(folder).catch(() => undefined)) !== undefined) return;
  }
}

async function settle(paths: readonly string[]): Promise<void> {
  const queue = paths.values();
  const worker = async (): Promise<void> => {
    // A folder may have been removed since, with all that was in it.
    for (const path of queue) if ((await lstat(path).catch(() => undefined)) !== undefined) await syncFolder(path);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
