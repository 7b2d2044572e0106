/**
 * Every write to disk goes through here. What the system is asked for, in order:
 *
 *   writeDurable    open(folder) · open(tmp, O_CREAT|O_EXCL) · write · fsync(tmp) · close · rename(tmp, path) · fsync(folder)
 *   createDurable   the same with link(tmp, path) · unlink(tmp) instead of rename: an existing file is never replaced
 *   removeDurable   unlink(path) · fsync(folder); several at once: each folder's fsync after all its unlinks
 *   removeLazily    unlink(path), promising nothing
 *   linkLazily      link(from, to), or a copy where the file system has no links; promising nothing
 *   placeLazily     open(tmp, O_CREAT|O_EXCL) · write · close · rename(tmp, path), promising nothing
 *   writeUnseen     unlink(path) · open(path, O_CREAT|O_EXCL) · write · fsync(path) · close; the name is not durable yet
 *   pointDurable    symlink(to, tmp) · rename(tmp, path) · fsync(folder)
 *   moveDurable     rename(from, to) · fsync(folder of to) · fsync(folder of from)
 *   makeFolder      mkdir · fsync(parent), once for each missing level
 *
 * When a call resolves, its effect survives power loss. When it rejects, the effect may or may not have happened, and
 * the caller must not go on as if either were known: after a failed fsync the kernel may have dropped the pages, so a
 * retry that "succeeds" proves nothing (https://lwn.net/Articles/752063/). Errors are `storage`.
 */
import { randomBytes } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { copyFile, link, mkdir, open, rename, rmdir, symlink, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { equal } from "./bytes.ts";
import { isPlacardError, PlacardError } from "./error.ts";

/** Unfinished files carry this prefix, in the folder they will live in. */
export const TEMPORARY_PREFIX = ".tmp-";

/** The few system calls used, so that tests can make each of them fail. */
export interface FileSystem {
  open: typeof open;
  link: typeof link;
  rename: typeof rename;
  unlink: typeof unlink;
  rmdir: typeof rmdir;
  mkdir: typeof mkdir;
}

export const realFileSystem: FileSystem = { open, link, rename, unlink, rmdir, mkdir };

export interface DurableOptions {
  /** Permission bits of a new file; 0o644 unless told. */
  readonly mode?: number;
  readonly fs?: FileSystem;
}

export interface PendingOptions extends DurableOptions {
  /** The file is a step on the way, and nobody looks for it after power loss: it appears whole, and nothing is synced. */
  readonly scratch?: boolean;
}

/** Writes `bytes` to `path`, replacing what is there, all or nothing. */
export async function writeDurable(path: string, bytes: Uint8Array, options: DurableOptions = {}): Promise<void> {
  const fs = options.fs ?? realFileSystem;
  await place(path, bytes, options, (temporary) => fs.rename(temporary, path));
}

/**
 * Creates `path` with `bytes`. Where the same bytes are there already, does nothing but make sure they are on disk;
 * where others are, throws `conflict` and leaves them.
 */
export async function createDurable(path: string, bytes: Uint8Array, options: DurableOptions = {}): Promise<void> {
  const fs = options.fs ?? realFileSystem;
  try {
    await place(path, bytes, options, async (temporary) => {
      await fs.link(temporary, path);
      await fs.unlink(temporary);
    });
  } catch (error) {
    if (!isExists(error)) throw error;
    await acceptSame(path, bytes, fs);
  }
}

function isExists(error: unknown): boolean {
  return error instanceof PlacardError && (error.cause as NodeJS.ErrnoException | undefined)?.code === "EEXIST";
}

async function acceptSame(path: string, bytes: Uint8Array, fs: FileSystem): Promise<void> {
  const present = await storage("read", path, async () => {
    const file = await fs.open(path, "r");
    try {
      await file.sync();
      return await file.readFile();
    } finally {
      await file.close();
    }
  });
  if (!equal(present, bytes)) {
    throw new PlacardError("conflict", `${path} is there already with other contents; it was left as it is.`);
  }
  await syncFolder(dirname(path), fs);
}

/**
 * Removes `path`, or each of them, for good. Where one is missing its folder is synced all the same: whoever removed it
 * may have died before that.
 */
export async function removeDurable(path: string | readonly string[], fs: FileSystem = realFileSystem): Promise<void> {
  const folders = new Set<string>();
  for (const each of typeof path === "string" ? [path] : path) {
    await storage("remove", each, () => ignoreMissing(fs.unlink(each)));
    folders.add(dirname(each));
  }
  for (const folder of folders) await storage("sync", folder, () => ignoreMissing(syncPlainly(folder, fs)));
}

async function ignoreMissing(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
  }
}

/**
 * Removes `path` where that matters to nobody: errors are ignored, and after power loss the file may be back. A later
 * `syncFolder` or durable write in its folder makes it certain.
 */
export async function removeLazily(path: string, fs: FileSystem = realFileSystem): Promise<void> {
  await fs.unlink(path).catch(() => undefined);
}

/**
 * Gives a file that is never written to again a second name, for a while. False where there is none of the first name; the
 * second must be free. Throws `storage`.
 */
export async function linkLazily(from: string, to: string, fs: FileSystem = realFileSystem): Promise<boolean> {
  try {
    await fs.link(from, to).catch(async (error: unknown) => {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "EEXIST") throw error;
      await copyFile(from, to);
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw storageError("link", from, error);
  }
}

/**
 * Writes a file whole into a folder that is made where it is missing. Not durable: whoever needs it to be has the file and its
 * folder synced, or finds out that it is not what it was.
 */
export async function placeLazily(path: string, bytes: Uint8Array, fs: FileSystem = realFileSystem): Promise<void> {
  const place = async (): Promise<void> => {
    const pending = await openPending(dirname(path), { fs, scratch: true });
    try {
      await pending.write(bytes);
      await pending.commit(path);
    } finally {
      await pending.discard();
    }
  };
  await place().catch(async (error: unknown) => {
    if (!isPlacardError(error, "storage") || (error.cause as NodeJS.ErrnoException | undefined)?.code !== "ENOENT")
      throw error;
    await makeFolderLazily(dirname(path));
    await place();
  });
}

/**
 * Writes a file where nobody looks yet, so that it need not appear whole: its bytes are on disk once this resolves, its name is
 * once its folder is synced. What was there goes first: it may have a second name elsewhere. Its folder must be there.
 */
export async function writeUnseen(path: string, bytes: Uint8Array, fs: FileSystem = realFileSystem): Promise<void> {
  await storage("write", path, async () => {
    await ignoreMissing(fs.unlink(path));
    await writeTemporary(path, bytes, 0o644, fs);
  });
}

/** A folder and its missing parents; not durable. */
export async function makeFolderLazily(path: string): Promise<void> {
  await storage("make", path, () => mkdir(path, { recursive: true }));
}

/** Makes `path` a symbolic link to `to`, in the place of the one that was there, all or nothing. */
export async function pointDurable(path: string, to: string): Promise<void> {
  const temporary = join(dirname(path), `${TEMPORARY_PREFIX}${randomBytes(12).toString("hex")}`);
  await storage("point", path, async () => {
    await symlink(to, temporary);
    try {
      await rename(temporary, path);
    } catch (error) {
      await unlink(temporary).catch(() => undefined);
      throw error;
    }
  });
  await syncFolder(dirname(path));
}

/** Removes a folder where it is empty, and only then. Not durable: an empty folder that comes back does no harm. */
export async function removeEmptyFolder(path: string, fs: FileSystem = realFileSystem): Promise<void> {
  await fs.rmdir(path).catch(() => undefined);
}

/** Moves a file or folder within one file system. What lies at `to` must be missing (of a folder: or empty). */
export async function moveDurable(from: string, to: string, fs: FileSystem = realFileSystem): Promise<void> {
  await storage("move", to, () => fs.rename(from, to));
  await syncFolder(dirname(to), fs);
  await syncFolder(dirname(from), fs);
}

/** Makes a folder and its missing parents, each durable in its own parent; so is one that is there already. */
export async function makeFolder(path: string, options: DurableOptions = {}): Promise<void> {
  const fs = options.fs ?? realFileSystem;
  const make = (): Promise<unknown> => fs.mkdir(path, { mode: options.mode ?? 0o755 });
  try {
    await make().catch(async (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      await makeFolder(dirname(path), options);
      // Once more and no further: below some folders (/proc) nothing can be made, and they call it ENOENT too.
      await make();
    });
  } catch (error) {
    // Whoever made it may have died before its fsync, so this goes on as if it were new.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw error instanceof PlacardError ? error : storageError("make", path, error);
    }
  }
  await syncFolder(dirname(path), fs);
}

export async function syncFolder(path: string, fs: FileSystem = realFileSystem): Promise<void> {
  await storage("sync", path, () => syncPlainly(path, fs));
}

async function syncPlainly(path: string, fs: FileSystem): Promise<void> {
  const folder = await fs.open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A file being written, whose final name is known only when its last byte is (its name may be its hash). */
export interface PendingFile {
  readonly path: string;
  write(bytes: Uint8Array): Promise<void>;
  /** fsync, link or rename to `path`, fsync of the folder. `path` must be on the same file system. */
  commit(path: string): Promise<void>;
  /** Forgets it; nothing stays on disk. Safe after commit. */
  discard(): Promise<void>;
}

export async function openPending(folder: string, options: PendingOptions = {}): Promise<PendingFile> {
  const fs = options.fs ?? realFileSystem;
  const path = join(folder, `${TEMPORARY_PREFIX}${randomBytes(12).toString("hex")}`);
  const file = await storage("create", path, () => fs.open(path, "wx", options.mode ?? 0o644)).catch(async (error) => {
    await fs.unlink(path).catch(() => undefined);
    throw error;
  });
  let open = true;
  let placed = false;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await file.close();
  };
  return {
    path,
    write: (bytes) => storage("write", path, () => writeAll(file, bytes)),
    commit: (target) =>
      storage("write", target, async () => {
        if (!options.scratch) await file.sync();
        await close();
        await fs.rename(path, target);
        placed = true;
        if (!options.scratch) await syncFolder(dirname(target), fs);
      }),
    discard: async () => {
      await close().catch(() => undefined);
      if (!placed) await fs.unlink(path).catch(() => undefined);
    },
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, offset);
    offset += bytesWritten;
  }
}

async function place(
  path: string,
  bytes: Uint8Array,
  options: DurableOptions,
  putInPlace: (temporary: string) => Promise<void>,
): Promise<void> {
  const fs = options.fs ?? realFileSystem;
  const temporary = join(dirname(path), `${TEMPORARY_PREFIX}${basename(path)}-${randomBytes(8).toString("hex")}`);
  await storage("write", path, async () => {
    const folder = await fs.open(dirname(path), "r");
    try {
      await writeTemporary(temporary, bytes, options.mode ?? 0o644, fs);
      await putInPlace(temporary);
      await folder.sync();
    } catch (error) {
      await fs.unlink(temporary).catch(() => undefined);
      throw error;
    } finally {
      await folder.close();
    }
  });
}

async function writeTemporary(path: string, bytes: Uint8Array, mode: number, fs: FileSystem): Promise<void> {
  const file = await fs.open(path, "wx", mode);
  try {
    await writeAll(file, bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function storage<T>(verb: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof PlacardError ? error : storageError(verb, path, error);
  }
}

function storageError(verb: string, path: string, cause: unknown): PlacardError {
  const { code } = cause as NodeJS.ErrnoException;
  const next =
    code === "ENOSPC"
      ? "Free some room on this disk, then run the same command again."
      : "Look at the disk and its permissions, then run the same command again.";
  return new PlacardError("storage", `Could not ${verb} ${path}: ${(cause as Error).message}`, { cause, next });
}
