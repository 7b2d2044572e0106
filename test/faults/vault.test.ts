/**
 * Every call the vault makes to the disk fails once, with and without effect. What was acknowledged before is still
 * there, nothing half-written can be seen, and doing it again succeeds.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, globSync, readFileSync, statSync, utimesSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type FileSystem, realFileSystem } from "../../src/lib/durable.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import type { SealedAct } from "../../src/record/act.ts";
import { openDiskVault } from "../../src/vault/disk.ts";
import { createKeys, loadKeys } from "../../src/vault/keys.ts";
import type { Vault } from "../../src/vault/vault.ts";
import { seal } from "../act-fixture.ts";
import { acts, readAll } from "../contracts/vault.ts";
import { FAULTS, failingFileSystem } from "./failing-file-system.ts";

const DEEP = process.env["PLACARD_DEEP"] === "1";
const root = await mkdtemp(join(tmpdir(), "placard-faults-"));
after(() => rm(root, { recursive: true }));

let folders = 0;
const newFolder = (): string => join(root, String(folders++));

/** 254 committed acts, 4 of them after an older file of 250; and one stored blob. */
const committed = [...acts(253), seal({ act: "captured", note: "the committed one" })];
const stored = new Uint8Array(3000).fill(3);
const storedName = createHash("sha256").update(stored).digest("hex");
const base = newFolder();
{
  const vault = await openDiskVault(base);
  await vault.putActs(0, committed.slice(0, 250));
  await vault.putActs(250, committed.slice(250));
  await vault.putBlob([stored], "a/b");
}

interface Case {
  /** Begins from the base unless told otherwise. */
  readonly from?: string | undefined;
  readonly run: (folder: string, fs: FileSystem) => Promise<unknown>;
  /** What holds whether or not the run failed; then, again, without faults. */
  readonly holds: (folder: string, acknowledged: boolean) => Promise<void>;
  readonly again?: (folder: string) => Promise<void>;
}

/** Each call in each way; unless deep in one of them, which change out of step with what calls recur. Returns how many calls there are. */
async function everyFault(given: Case): Promise<number> {
  for (let at = 0, unreached = false; ; at++) {
    for (const fault of DEEP ? FAULTS : [FAULTS[(at + Math.floor(at / 3)) % 3]!]) {
      const folder = newFolder();
      if (given.from !== undefined) cpSync(given.from, folder, { recursive: true });
      const { fs, failed } = failingFileSystem({ ...fault, at });
      let acknowledged = true;
      try {
        await given.run(folder, fs);
      } catch (error) {
        acknowledged = false;
        assert.ok(isPlacardError(error, "storage"), `${error} at call ${at}`);
        assert.ok(error.next !== undefined, "an error of the disk says what to do");
        if (fault.code === "ENOSPC") assert.match(error.next, /room/);
      }
      await given.holds(folder, acknowledged);
      await given.again?.(folder);
      await rm(folder, { recursive: true, force: true });
      if (failed()) continue;
      assert.ok(acknowledged);
      unreached = true;
    }
    if (unreached) return at;
  }
}

const open = (folder: string, fs = realFileSystem): Promise<Vault> => openDiskVault(folder, { fs });

async function sameActs(vault: Vault, start: number, expected: readonly SealedAct[]): Promise<void> {
  assert.deepEqual(await readAll(vault, start, start + expected.length), expected);
}

function filesBelow(folder: string): string[] {
  return globSync("**/{*,.*}", { cwd: folder }).filter((path) => statSync(join(folder, path)).isFile());
}

function unfinished(folder: string): string[] {
  return filesBelow(folder).filter((path) => path.includes(".tmp-"));
}

function holdsText(folder: string, text: string): string[] {
  return filesBelow(folder).filter((path) => readFileSync(join(folder, path)).includes(text));
}

test("opening a vault", async () => {
  const calls = await everyFault({
    run: open,
    holds: async () => undefined,
    again: async (folder) => void (await (await open(folder)).putBlob([stored], "a/b")),
  });
  assert.ok(calls >= 3);
});

test("storing a blob: whole or not at all, never unfinished in sight", async () => {
  const bytes = new Uint8Array(5000).fill(5);
  const name = createHash("sha256").update(bytes).digest("hex");
  const chunks = [bytes.subarray(0, 2000), bytes.subarray(2000)];
  const calls = await everyFault({
    from: base,
    run: async (folder, fs) => (await open(folder, fs)).putBlob(chunks, "a/b"),
    holds: async (folder, acknowledged) => {
      const vault = await open(folder);
      const blob = await vault.openBlob(name);
      assert.ok(blob !== undefined || !acknowledged);
      if (blob !== undefined) assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), bytes);
      for await (const listed of vault.listBlobs()) assert.ok([name, storedName].includes(listed.sha256));
    },
    again: async (folder) => {
      const vault = await open(folder);
      await vault.putBlob(chunks, "a/b");
      assert.ok(await vault.hasBlob(name));
      for (const path of unfinished(folder)) utimesSync(join(folder, path), 0, 0);
      await vault.recover(committed.length);
      assert.deepEqual(unfinished(folder), []);
    },
  });
  assert.ok(calls >= 10);
});

test("storing a blob that is there already", async () => {
  await everyFault({
    from: base,
    run: async (folder, fs) => (await open(folder, fs)).putBlob([stored], "a/b"),
    holds: async (folder) => {
      const blob = await (await open(folder)).openBlob(storedName);
      assert.deepEqual(new Uint8Array((await blob?.arrayBuffer()) ?? []), stored);
    },
  });
});

test("removing a blob", async () => {
  await everyFault({
    from: base,
    run: async (folder, fs) => (await open(folder, fs)).removeBlob(storedName),
    holds: async (folder, acknowledged) => {
      if (acknowledged) assert.equal(await (await open(folder)).hasBlob(storedName), false);
    },
    again: async (folder) => {
      const vault = await open(folder);
      await vault.removeBlob(storedName);
      assert.equal(await vault.hasBlob(storedName), false);
    },
  });
});

test("storing acts: the committed ones stand, and the append can be done again with others", async () => {
  const lost = acts(300, 254, "lost");
  const kept = acts(3, 254, "kept");
  const calls = await everyFault({
    from: base,
    run: async (folder, fs) => (await open(folder, fs)).putActs(254, lost),
    holds: async (folder, acknowledged) => {
      await sameActs(await open(folder), 0, committed);
      if (acknowledged) await sameActs(await open(folder), 254, lost);
    },
    again: async (folder) => {
      const vault = await open(folder);
      await vault.putActs(254, kept);
      await sameActs(vault, 0, [...committed, ...kept]);
      await assert.rejects(readAll(vault, 257, 258), (error) => isPlacardError(error, "not_found"));
      for (const act of lost.slice(0, 2)) assert.deepEqual(holdsText(folder, act.jwt), []);
    },
  });
  assert.ok(calls >= 20);
});

/** A vault as crashes leave it: acts past the committed size in wider files and further bundles, and unfinished files. */
async function messy(secret: SealedAct): Promise<string> {
  const folder = newFolder();
  cpSync(base, folder, { recursive: true });
  const vault = await open(folder);
  await vault.putActs(254, acts(300, 254, "lost"));
  await writeFile(join(folder, "acts/000.p/.tmp-255-00"), secret.disclosures.join());
  await writeFile(join(folder, "acts/.tmp-000-00"), secret.disclosures.join());
  return folder;
}

test("recovering", async () => {
  await everyFault({
    from: await messy(seal()),
    run: async (folder, fs) => (await open(folder, fs)).recover(254),
    holds: async (folder, acknowledged) => {
      await sameActs(await open(folder), 0, committed);
      if (acknowledged) assert.deepEqual(unfinished(folder), []);
    },
    again: async (folder) => {
      const vault = await open(folder);
      await vault.recover(254);
      await sameActs(vault, 0, committed);
      assert.deepEqual(
        globSync("acts/**/*", { cwd: folder }).filter(
          (path) => /\d$/.test(path) && statSync(join(folder, path)).isFile(),
        ),
        ["acts/000.p/254"],
      );
    },
  });
});

test("erasing an act: once acknowledged, not a byte of it is in any file", async () => {
  const secret = committed[7] as SealedAct;
  const erased = { jwt: secret.jwt, disclosures: [] };
  const from = await messy(secret);
  assert.ok(secret.disclosures.every((disclosure) => holdsText(from, disclosure).length >= 4));
  const others = committed.filter((act) => act !== secret);
  const gone = async (folder: string): Promise<void> => {
    for (const disclosure of secret.disclosures) assert.deepEqual(holdsText(folder, disclosure), []);
    assert.deepEqual((await readAll(await open(folder), 7, 8))[0], erased);
  };
  const calls = await everyFault({
    from,
    run: async (folder, fs) => (await open(folder, fs)).eraseAct(7, 254),
    holds: async (folder, acknowledged) => {
      const now = await readAll(await open(folder), 0, 254);
      assert.deepEqual([...now.slice(0, 7), ...now.slice(8)], others);
      assert.ok([0, secret.disclosures.length].includes(now[7]?.disclosures.length ?? -1));
      if (acknowledged) await gone(folder);
    },
    again: async (folder) => {
      await (await open(folder)).eraseAct(7, 254);
      await gone(folder);
    },
  });
  assert.ok(calls >= 10);
});

test("making keys: all or nothing that matters, and it can be done again", async () => {
  await everyFault({
    run: (folder, fs) => createKeys(folder, { fs }),
    holds: async (folder, acknowledged) => {
      if (acknowledged) await loadKeys(folder);
    },
    again: async (folder) => {
      try {
        await createKeys(folder);
      } catch (error) {
        assert.ok(isPlacardError(error, "conflict"));
      }
      await loadKeys(folder);
    },
  });
});
