/**
 * A file system that loses power: from one call on every call fails, and then everything is undone that no fsync had
 * made certain (a name needs the fsync of its folder, bytes need that of their file). The harshest reading of POSIX.
 */
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { type FileSystem, realFileSystem } from "../../src/lib/durable.ts";

export interface FragileFileSystem {
  readonly fs: FileSystem;
  readonly lost: () => boolean;
  /** Undoes what was not certain. Call once, when nobody uses `fs` any more. */
  readonly settle: () => void;
}

interface Uncertain {
  readonly folder: string;
  readonly undo: () => void;
}

/** Remembers what `path` holds, and returns what brings that back. */
function restorer(path: string): () => void {
  const before = existsSync(path) ? readFileSync(path) : undefined;
  return () => (before === undefined ? rmSync(path, { force: true }) : writeFileSync(path, before));
}

/** `at` counts calls from 0; the call at which power is lost has no effect. */
export function losesPower(at: number): FragileFileSystem {
  let calls = 0;
  let uncertain: Uncertain[] = [];
  const unsynced = new Set<string>();
  const step = async <T>(call: () => Promise<T>): Promise<T> => {
    if (calls++ >= at) throw Object.assign(new Error("EIO: the power is gone"), { code: "EIO" });
    return call();
  };
  const changed = (path: string, undo: () => void): void => void uncertain.push({ folder: dirname(path), undo });
  const place = (from: string, to: string): void => {
    if (!unsynced.has(from)) return;
    uncertain.push({ folder: "", undo: () => existsSync(to) && truncateSync(to) });
  };
  const open = (...args: Parameters<FileSystem["open"]>) =>
    step(async () => {
      const path = String(args[0]);
      const undo = args[1] === "r" ? undefined : restorer(path);
      const file = await realFileSystem.open(...args);
      if (undo !== undefined) changed(path, undo);
      return Object.assign(Object.create(file) as FileHandle, {
        write: (bytes: Uint8Array, offset: number) => step(async () => (unsynced.add(path), file.write(bytes, offset))),
        sync: () =>
          step(async () => {
            await file.sync();
            unsynced.delete(path);
            uncertain = uncertain.filter(({ folder }) => folder !== path);
          }),
        close: () => file.close(),
        readFile: () => file.readFile(),
      });
    });
  const renaming = (call: (from: string, to: string) => Promise<void>) => (from: string, to: string) =>
    step(async () => {
      const undo = restorer(to);
      await call(from, to);
      place(from, to);
      changed(to, undo);
    });
  const removing = (call: (path: string) => Promise<void>) => (path: string) =>
    step(async () => {
      const undo = restorer(path);
      await call(path);
      changed(path, undo);
    });
  const fs = {
    open,
    rename: renaming(realFileSystem.rename as (from: string, to: string) => Promise<void>),
    link: renaming(realFileSystem.link as (from: string, to: string) => Promise<void>),
    unlink: removing(realFileSystem.unlink as (path: string) => Promise<void>),
    rmdir: (path: string) => step(() => realFileSystem.rmdir(path)),
    mkdir: (path: string, options: { mode: number }) =>
      step(async () => {
        await realFileSystem.mkdir(path, options);
        changed(path, () => rmSync(path, { recursive: true, force: true }));
      }),
  } as unknown as FileSystem;
  return {
    fs,
    lost: () => calls > at,
    settle: () => {
      for (const { undo } of uncertain.toReversed()) undo();
    },
  };
}
