/** A file system that fails at one call of all those made, before or after doing what it was asked. */
import type { FileHandle } from "node:fs/promises";
import { type FileSystem, realFileSystem } from "../../src/lib/durable.ts";

export interface Fault {
  /** Which call fails, counted from 0 over every call that changes or syncs something. */
  readonly at: number;
  readonly code: "EIO" | "ENOSPC";
  /** Whether the call takes effect all the same. */
  readonly persisted: boolean;
}

export const FAULTS: readonly Omit<Fault, "at">[] = [
  { code: "EIO", persisted: false },
  { code: "EIO", persisted: true },
  { code: "ENOSPC", persisted: false },
];

export interface FailingFileSystem {
  readonly fs: FileSystem;
  /** Whether the fault has come up. */
  readonly failed: () => boolean;
}

export function failingFileSystem({ at, code, persisted }: Fault): FailingFileSystem {
  let calls = 0;
  const attempt = async <T>(
    what: string,
    call: () => Promise<T>,
    release?: (result: T) => Promise<void>,
  ): Promise<T> => {
    if (calls++ !== at) return call();
    if (persisted) {
      const result = await call();
      await release?.(result);
    }
    throw Object.assign(new Error(`${code}: made to fail, ${what}`), { code });
  };
  const methods = {
    write: (file: FileHandle) => (bytes: Uint8Array, offset: number) =>
      attempt("write", () => file.write(bytes, offset)),
    sync: (file: FileHandle) => () => attempt("fsync", () => file.sync()),
    close: (file: FileHandle) => async () => {
      await attempt("close", () => file.close()).catch(async (error: unknown) => {
        if (!persisted) await file.close();
        throw error;
      });
    },
  };
  const fs = {
    ...realFileSystem,
    open: (...args: Parameters<FileSystem["open"]>) =>
      attempt(
        "open",
        () => realFileSystem.open(...args),
        (file) => file.close(),
      ).then((file) =>
        Object.assign(Object.create(file) as FileHandle, {
          write: methods.write(file),
          sync: methods.sync(file),
          close: methods.close(file),
          readFile: () => file.readFile(),
        }),
      ),
    link: (...args: Parameters<FileSystem["link"]>) => attempt("link", () => realFileSystem.link(...args)),
    rename: (...args: Parameters<FileSystem["rename"]>) => attempt("rename", () => realFileSystem.rename(...args)),
    unlink: (...args: Parameters<FileSystem["unlink"]>) => attempt("unlink", () => realFileSystem.unlink(...args)),
    mkdir: (...args: Parameters<FileSystem["mkdir"]>) => attempt("mkdir", () => realFileSystem.mkdir(...args)),
  } as FileSystem;
  return { fs, failed: () => calls > at };
}
