/** Every durable step of an append and of opening fails once, in every way it can; after each the next open is asserted. */
import assert from "node:assert/strict";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Commit, CommitPoint, LedgerBackend } from "../../src/ledger/backend.ts";
import { newMemoryCommitStore, openMemoryCommitPoint } from "../../src/ledger/commit-memory.ts";
import { openSqliteCommitPoint } from "../../src/ledger/commit-sqlite.ts";
import { openDiskBackend } from "../../src/ledger/disk.ts";
import { openMemoryBackend } from "../../src/ledger/memory.ts";
import type { FileSystem } from "../../src/lib/durable.ts";
import { PlacardError } from "../../src/lib/error.ts";
import { openDiskVault } from "../../src/vault/disk.ts";
import { openMemoryVault } from "../../src/vault/memory.ts";
import type { Vault } from "../../src/vault/vault.ts";
import { readAll } from "../contracts/vault.ts";
import { FAULTS, failingFileSystem } from "./failing-file-system.ts";
import { LedgerRun, signer, type Troubled, type World } from "./ledger-run.ts";
import { create, newFolder } from "./place.ts";
import { losesPower } from "./power-loss.ts";

/** So that the appends of a run go over the edge of a tile. */
const BEGUN = 254;
const MOST_CALLS = 400;

async function begin(world: World): Promise<void> {
  await create(world.place, { signer });
  const run = new LedgerRun(world);
  const log = await run.open();
  await run.append(log, BEGUN);
  await log.close();
}

describe("a port fails once", () => {
  type Step = <T>(work: () => Promise<T>) => Promise<T>;

  /** Fails at call number `at`, before it has effect or after. */
  function failingOnce(at: number, persisted: boolean): { readonly step: Step; readonly failed: () => boolean } {
    let calls = 0;
    const step: Step = async (work) => {
      if (calls++ !== at) return work();
      if (persisted) await work();
      throw new PlacardError("storage", "Made to fail.");
    };
    return { step, failed: () => calls > at };
  }

  const backend = (inner: LedgerBackend, step: Step): LedgerBackend => ({
    get: (path) => step(() => inner.get(path)),
    put: (path, bytes) => step(() => inner.put(path, bytes)),
    remove: (paths) => step(() => inner.remove(paths)),
    list: (prefix) => step(() => inner.list(prefix)),
    dropUnfinished: () => step(() => inner.dropUnfinished()),
  });

  const vault = (inner: Vault, step: Step): Vault => ({
    ...inner,
    putActs: (start, acts) => step(() => inner.putActs(start, acts)),
    recover: (size) => step(() => inner.recover(size)),
  });

  const commitPoint = (inner: CommitPoint, step: Step): CommitPoint => ({
    read: () => step(() => inner.read()),
    close: () => inner.close(),
    exclusively: async (work, patience) => {
      // Committing fails once the work is done: nothing happens, or it happens and nobody hears of it.
      let failure: unknown;
      const result = await inner.exclusively(async (committed) => {
        const done = await work(committed);
        if (done.commit === undefined) return done;
        let reached = false;
        await step(async () => void (reached = true)).catch((error: unknown) => (failure = error));
        return reached ? done : { result: done.result };
      }, patience);
      if (failure !== undefined) throw failure;
      return result;
    },
  });

  interface InMemory extends World {
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly store: ReturnType<typeof newMemoryCommitStore>;
  }
  let begun: InMemory;
  before(async () => {
    begun = inMemory();
    await begin(begun);
  });

  function inMemory(files = new Map<string, Uint8Array>(), committed?: Commit): InMemory {
    const store = Object.assign(newMemoryCommitStore(), { committed });
    const kept = openMemoryVault();
    const place = {
      backend: () => openMemoryBackend(files),
      commitPoint: () => openMemoryCommitPoint(store),
      [Symbol.asyncDispose]: async () => undefined,
    };
    return { files, store, place, openVault: async () => kept };
  }

  async function copyOf({ files, store, openVault }: InMemory): Promise<InMemory> {
    const copy = inMemory(new Map(files), store.committed);
    await (await copy.openVault()).putActs(0, await readAll(await openVault(), 0, BEGUN));
    return copy;
  }

  for (const persisted of [false, true]) {
    test(persisted ? "and has taken effect all the same" : "and has had no effect", async () => {
      let at = 0;
      for (; at < MOST_CALLS; at++) {
        const world = await copyOf(begun);
        const { step, failed } = failingOnce(at, persisted);
        const run = new LedgerRun(world);
        await run.work({
          backend: backend(world.place.backend(), step),
          commitPoint: commitPoint(world.place.commitPoint(), step),
          vault: vault(await world.openVault(), step),
        });
        if (!failed()) break;
        await run.assertSurvived();
      }
      assert.ok(at >= 30 && at < MOST_CALLS, `${at} calls were made to fail`);
    });
  }
});

function worldIn(folder: string): World {
  return {
    place: {
      backend: () => openDiskBackend(join(folder, "ledger")),
      commitPoint: () => openSqliteCommitPoint(join(folder, "commit.sqlite")),
      [Symbol.asyncDispose]: async () => undefined,
    },
    openVault: () => openDiskVault(join(folder, "vault")),
  };
}

async function troubledBy(folder: string, fs: FileSystem): Promise<Troubled> {
  const backend = openDiskBackend(join(folder, "ledger"), fs);
  let opened: Promise<Vault> | undefined;
  const vault = () => (opened ??= openDiskVault(join(folder, "vault"), { fs }));
  const own = await openDiskVault(join(folder, "vault"));
  return {
    backend,
    vault: {
      ...own,
      putActs: async (start, acts) => (await vault()).putActs(start, acts),
      recover: async (size) => (await vault()).recover(size),
    },
  };
}

describe("the disk fails", () => {
  let template = "";
  before(async () => {
    template = await newFolder();
    await begin(worldIn(template));
  });
  after(() => rm(template, { recursive: true, force: true }));

  interface Trouble {
    readonly fs: FileSystem;
    readonly came: () => boolean;
    readonly settle: () => void;
  }

  /** Returns how many calls there are to fail. Every `stride`-th is tried. */
  async function failEach(trouble: (at: number) => Trouble, stride: number): Promise<number> {
    for (let at = 0; at < MOST_CALLS; at += stride) {
      const folder = await newFolder();
      try {
        await cp(template, folder, { recursive: true });
        const world = worldIn(folder);
        const run = new LedgerRun(world);
        const { fs, came, settle } = trouble(at);
        await run.work(await troubledBy(folder, fs));
        settle();
        if (!came()) return at;
        await run.assertSurvived();
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }
    return MOST_CALLS;
  }

  // Every call in every way takes minutes; short of the deep run each way has its own twelfth of them.
  const stride = process.env["PLACARD_DEEP"] === "1" ? 1 : 12;

  for (const [i, fault] of FAULTS.entries()) {
    test(`with ${fault.code}, ${fault.persisted ? "having done what it says it has not" : "at one call"}`, async () => {
      const calls = await failEach((at) => {
        const { fs, failed } = failingFileSystem({ ...fault, at: at + ((4 * i) % stride) });
        return { fs, came: failed, settle: () => undefined };
      }, stride);
      assert.ok(calls > 100 && calls < MOST_CALLS, `${calls} calls`);
    });
  }

  test("by losing power, and with it all that was not synced", async () => {
    const calls = await failEach(
      (at) => {
        const { fs, lost, settle } = losesPower(at);
        return { fs, came: lost, settle };
      },
      Math.ceil(stride / 2),
    );
    assert.ok(calls > 100 && calls < MOST_CALLS, `${calls} calls`);
  });
});
