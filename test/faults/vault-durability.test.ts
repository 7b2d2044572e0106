/**
 * What power loss could undo must have been synced before a call resolves: a file before it gets its name, a folder
 * after anything in it was named, renamed or removed.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { test } from "node:test";
import { type FileSystem, realFileSystem, TEMPORARY_PREFIX } from "../../src/lib/durable.ts";
import { openDiskVault } from "../../src/vault/disk.ts";
import { createKeys } from "../../src/vault/keys.ts";
import { acts } from "../contracts/vault.ts";

interface Watch {
  readonly fs: FileSystem;
  /** Paths that power loss could still lose, or bring back. */
  readonly atRisk: () => readonly string[];
}

function watching(): Watch {
  const unsyncedFiles = new Set<string>();
  const unsyncedFolders = new Set<string>();
  const named = (path: string): void => void unsyncedFolders.add(dirname(path));
  const open = async (...args: Parameters<FileSystem["open"]>): Promise<FileHandle> => {
    const file = await realFileSystem.open(...args);
    const path = String(args[0]);
    return Object.assign(Object.create(file) as FileHandle, {
      write: (bytes: Uint8Array, offset: number) => {
        unsyncedFiles.add(path);
        return file.write(bytes, offset);
      },
      sync: async () => {
        await file.sync();
        unsyncedFiles.delete(path);
        unsyncedFolders.delete(path);
      },
      close: () => file.close(),
      readFile: () => file.readFile(),
    });
  };
  const place = (from: string, to: string): void => {
    assert.ok(!unsyncedFiles.has(from), `${basename(to)} got its name before its bytes were synced`);
    named(to);
  };
  const fs = {
    open,
    rename: async (from: string, to: string) => {
      place(from, to);
      await realFileSystem.rename(from, to);
    },
    link: async (from: string, to: string) => {
      place(from, to);
      await realFileSystem.link(from, to);
    },
    unlink: async (path: string) => {
      await realFileSystem.unlink(path);
      unsyncedFiles.delete(path);
      // An unfinished file that comes back is swept by recovery.
      if (!basename(path).startsWith(TEMPORARY_PREFIX)) named(path);
    },
    mkdir: async (path: string, options: { mode: number }) => {
      await realFileSystem.mkdir(path, options);
      named(path);
    },
  } as FileSystem;
  return { fs, atRisk: () => [...unsyncedFiles, ...unsyncedFolders] };
}

test("nothing acknowledged is at risk", async () => {
  const root = await mkdtemp(join(tmpdir(), "placard-durable-"));
  try {
    const { fs, atRisk } = watching();
    const vault = await openDiskVault(join(root, "vault"), { fs });
    const blob = new Uint8Array(100);
    const sha256 = createHash("sha256").update(blob).digest("hex");
    const steps: readonly (readonly [string, () => Promise<unknown>, (readonly string[])?])[] = [
      ["opening", async () => undefined],
      ["a blob", () => vault.putBlob([blob], "a/b")],
      ["the same blob", () => vault.putBlob([blob], "a/b")],
      ["first acts", () => vault.putActs(0, acts(3))],
      ["more acts", () => vault.putActs(3, acts(3))],
      // The older file of three acts may come back: it holds the same acts as the newer one.
      ["acts over the end of a bundle", () => vault.putActs(6, acts(260)), ["vault/acts/000.p"]],
      ["acts in place of lost ones", () => vault.putActs(6, acts(1))],
      ["an erasure", () => vault.eraseAct(2, 7)],
      ["removing a blob", () => vault.removeBlob(sha256)],
      ["recovery", () => vault.recover(6)],
      ["keys", () => createKeys(join(root, "keys"), { fs })],
    ];
    for (const [what, step, allowed = []] of steps) {
      await step();
      assert.deepEqual(
        atRisk().map((path) => relative(root, path)),
        allowed,
        what,
      );
    }
  } finally {
    await rm(root, { recursive: true });
  }
});
