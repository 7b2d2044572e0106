import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { newMemoryCommitStore, openMemoryCommitPoint } from "../../src/ledger/commit-memory.ts";
import { openSqliteCommitPoint } from "../../src/ledger/commit-sqlite.ts";
import { openDiskBackend } from "../../src/ledger/disk.ts";
import { openMemoryBackend } from "../../src/ledger/memory.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { commitOf, commitPointContract } from "./commit-point.ts";
import { ledgerBackendContract, refusesEscapes } from "./ledger-backend.ts";

interface Folder extends AsyncDisposable {
  readonly path: string;
}

const commitOne = async () => ({ commit: commitOf(1), result: undefined });

async function newFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "placard-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

ledgerBackendContract("disk", async () => {
  const folder = await newFolder();
  return { open: () => openDiskBackend(folder.path), [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
});

ledgerBackendContract("memory", async () => {
  const files = new Map<string, Uint8Array>();
  return { open: () => openMemoryBackend(files), [Symbol.asyncDispose]: async () => undefined };
});

commitPointContract("SQLite", async () => {
  const folder = await newFolder();
  return {
    open: () => openSqliteCommitPoint(join(folder.path, "commit.sqlite")),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
});

commitPointContract("memory", async () => {
  const store = newMemoryCommitStore();
  return { open: () => openMemoryCommitPoint(store), [Symbol.asyncDispose]: async () => undefined };
});

test("disk: no path leads out of the folder", async () => {
  await using folder = await newFolder();
  await refusesEscapes(openDiskBackend(folder.path));
});

test("disk: unfinished files are never listed, and dropped once nobody can be writing them", async () => {
  await using folder = await newFolder();
  const backend = openDiskBackend(folder.path);
  await backend.put("tile/0/000", new Uint8Array(1));
  const [old, young] = [".tmp-old", ".tmp-young"].map((name) => join(folder.path, "tile/0", name)) as [string, string];
  await writeFile(old, "x");
  await writeFile(young, "x");
  const yesterday = new Date(Date.now() - 86_400_000);
  await utimes(old, yesterday, yesterday);
  assert.deepEqual(await backend.list(""), ["tile/0/000"]);
  await backend.dropUnfinished();
  assert.deepEqual((await readdir(join(folder.path, "tile/0"))).toSorted(), [".tmp-young", "000"]);
});

test("SQLite: reading makes no file, so that a deleted commit point is noticed", async () => {
  await using folder = await newFolder();
  const point = openSqliteCommitPoint(join(folder.path, "commit.sqlite"));
  assert.equal(await point.read(), undefined);
  await point.close();
  assert.deepEqual(await readdir(folder.path), []);
});

test("SQLite: a file that is none is malformed, a folder that is missing is storage", async () => {
  await using folder = await newFolder();
  const path = join(folder.path, "commit.sqlite");
  await writeFile(path, "not a database, but long enough to be looked at ".repeat(40));
  const damaged = openSqliteCommitPoint(path);
  await assert.rejects(damaged.read(), (error) => isPlacardError(error, "malformed"));
  await assert.rejects(damaged.exclusively(commitOne), (error) => isPlacardError(error, "malformed"));
  const homeless = openSqliteCommitPoint(join(folder.path, "missing", "commit.sqlite"));
  await assert.rejects(homeless.exclusively(commitOne), (error) => isPlacardError(error, "storage"));
  await assert.rejects(homeless.exclusively(commitOne), /failed before/);
});

test("SQLite: once closed, one file holds everything", async () => {
  await using folder = await newFolder();
  const point = openSqliteCommitPoint(join(folder.path, "commit.sqlite"));
  await point.exclusively(async () => ({ commit: commitOf(1), result: undefined }));
  await point.close();
  assert.deepEqual(await readdir(folder.path), ["commit.sqlite"]);
});
