/** Files that were deleted, damaged, or brought back from a backup: the record refuses or recovers, and says which. */
import assert from "node:assert/strict";
import { cp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { formatCheckpoint } from "../../src/ledger/checkpoint.ts";
import { openSqliteCommitPoint } from "../../src/ledger/commit-sqlite.ts";
import { openDiskBackend } from "../../src/ledger/disk.ts";
import { signNote } from "../../src/ledger/note.ts";
import { toHex, utf8 } from "../../src/lib/bytes.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { openDiskVault } from "../../src/vault/disk.ts";
import { LedgerRun, signer, type World } from "./ledger-run.ts";
import { assertSound, create, newFolder, newSigner, open } from "./place.ts";

interface RecordOnDisk extends AsyncDisposable {
  readonly folder: string;
  readonly ledger: string;
  readonly commit: string;
  readonly world: World;
  readonly run: LedgerRun;
  /** Opens, appends this many and closes again. */
  grow(count: number): Promise<void>;
  /** Copies `part` of the record away, and returns what brings it back. */
  backUp(part: "ledger" | "commit.sqlite" | "."): Promise<() => Promise<void>>;
}

async function newRecord(size: number, own = signer): Promise<RecordOnDisk> {
  const folder = await newFolder();
  const backups = await newFolder();
  const commit = join(folder, "commit.sqlite");
  const ledger = join(folder, "ledger");
  const place = {
    backend: () => openDiskBackend(ledger),
    commitPoint: () => openSqliteCommitPoint(commit),
    [Symbol.asyncDispose]: async () => undefined,
  };
  const world: World = { place, openVault: () => openDiskVault(join(folder, "vault")) };
  await create(place, { signer: own });
  const run = new LedgerRun(world);
  const grow = async (count: number): Promise<void> => {
    const log = await run.open();
    await run.append(log, count).finally(() => log.close());
  };
  if (size > 0) await grow(size);
  let taken = 0;
  return {
    folder,
    ledger,
    commit,
    world,
    run,
    grow,
    backUp: async (part) => {
      const kept = join(backups, String(taken++));
      await cp(join(folder, part), kept, { recursive: true });
      return async () => {
        await rm(join(folder, part), { recursive: true });
        await cp(kept, join(folder, part), { recursive: true });
      };
    },
    [Symbol.asyncDispose]: async () => {
      await rm(folder, { recursive: true, force: true });
      await rm(backups, { recursive: true, force: true });
    },
  };
}

/** Every file but SQLite's (it may fold its journal in), by path, as hexadecimal. */
async function contents(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(folder, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path, toHex(await readFile(path))] as const;
  });
  return new Map((await Promise.all(read)).filter(([path]) => !path.includes("commit.sqlite")).toSorted());
}

/** Refused as inconsistent for this reason, twice, with no file changed. */
async function assertRefused(
  record: RecordOnDisk,
  why: RegExp,
  attempt: () => Promise<unknown> = () => record.run.open(),
): Promise<void> {
  const before = await contents(record.folder);
  for (let i = 0; i < 2; i++) {
    await assert.rejects(attempt(), (error) => {
      assert.ok(isPlacardError(error, "inconsistent"), String(error));
      assert.match(error.message, why);
      assert.ok(error.next);
      return true;
    });
  }
  assert.deepEqual(await contents(record.folder), before);
}

/** As LedgerRun opens it, but without the vault to go back to. */
const withoutVault = (record: RecordOnDisk) => () => open(record.world.place, { signer });

describe("the commit point", () => {
  test("deleted: refused, never begun anew", async () => {
    await using record = await newRecord(3);
    await rm(record.commit);
    await assertRefused(record, /3 entries is published.*commit\.sqlite\) is missing/);
    assert.ok(!(await readdir(record.folder)).includes("commit.sqlite"));
    await assert.rejects(create(record.world.place, { signer }), (error) => isPlacardError(error, "conflict"));
  });

  test("emptied: refused", async () => {
    await using record = await newRecord(3);
    await truncate(record.commit);
    await assertRefused(record, /missing or empty/);
  });

  test("from an older backup: refused, and the newer one is taken again", async () => {
    await using record = await newRecord(3);
    const restore = await record.backUp("commit.sqlite");
    await record.grow(2);
    const restoreNewer = await record.backUp("commit.sqlite");
    await restore();
    await assertRefused(record, /5 entries, commit\.sqlite only 3.*older backup/);
    await restoreNewer();
    await record.run.assertSurvived();
  });

  test("from another record: refused", async () => {
    await using record = await newRecord(3);
    await using other = await newRecord(0, newSigner());
    await cp(other.commit, record.commit);
    await assertRefused(record, /not this record's/);
  });

  test("from another record under the same key, of the same size: refused", async () => {
    await using record = await newRecord(3);
    await using other = await newRecord(3);
    await cp(other.commit, record.commit);
    await assertRefused(record, /different roots for 3 entries/);
  });

  test("from a longer record under the same key: refused, whatever the vault gives", async () => {
    await using record = await newRecord(3);
    await using other = await newRecord(5);
    await cp(other.commit, record.commit);
    await assertRefused(record, /cannot be brought up to that/);
  });
});

describe("the published checkpoint", () => {
  test("deleted: published again", async () => {
    await using record = await newRecord(3);
    await rm(join(record.ledger, "checkpoint"));
    await record.run.assertSurvived();
  });

  test("older than the commit, as a crash between the two leaves it: published again", async () => {
    await using record = await newRecord(3);
    const older = await readFile(join(record.ledger, "checkpoint"));
    await record.grow(2);
    await writeFile(join(record.ledger, "checkpoint"), older);
    await record.run.assertSurvived();
  });

  test("older than the commit, but not of this ledger: refused", async () => {
    await using record = await newRecord(5);
    await using other = await newRecord(3);
    await cp(join(other.ledger, "checkpoint"), join(record.ledger, "checkpoint"));
    await assertRefused(record, /not of the ledger that was committed/);
  });

  test("of the same size with another root: refused", async () => {
    await using record = await newRecord(3);
    const forged = signNote(formatCheckpoint({ origin: signer.name, size: 3, root: new Uint8Array(32) }), [signer]);
    await writeFile(join(record.ledger, "checkpoint"), forged);
    await assertRefused(record, /different roots for 3 entries/);
  });

  test("damaged: refused", async () => {
    await using record = await newRecord(3);
    for (const damaged of [utf8(""), utf8("Townsquare\n"), new Uint8Array([0xff])]) {
      await writeFile(join(record.ledger, "checkpoint"), damaged);
      await assertRefused(record, /published checkpoint is not this record's/);
    }
  });
});

describe("the ledger's files", () => {
  test("from an older backup: brought up to the commit from the vault", async () => {
    await using record = await newRecord(200);
    const restore = await record.backUp("ledger");
    await record.grow(100);
    await restore();
    await record.run.assertSurvived();
  });

  test("from an older backup, without the vault: refused, naming the entries that are missing", async () => {
    await using record = await newRecord(200);
    const restore = await record.backUp("ledger");
    await record.grow(100);
    await restore();
    await assertRefused(record, /300 entries.*entries 0 to 255 are missing/, withoutVault(record));
  });

  test("all gone: made again from the vault", async () => {
    await using record = await newRecord(300);
    await rm(record.ledger, { recursive: true });
    await record.run.assertSurvived();
  });

  test("of another record under the same key: refused", async () => {
    await using record = await newRecord(3);
    await using other = await newRecord(4);
    await rm(record.ledger, { recursive: true });
    await cp(other.ledger, record.ledger, { recursive: true });
    await assertRefused(record, /4 entries, commit\.sqlite only 3/);
  });

  test("any one of them deleted: made again; tiles from the entries, entries from the vault", async () => {
    await using record = await newRecord(257);
    const files = [...(await contents(record.ledger)).keys()].filter((path) => path.includes("/tile/"));
    assert.equal(files.length, 5);
    for (const path of files) {
      const bytes = await readFile(path);
      await rm(path);
      if (path.includes("/entries/")) await assertRefused(record, /are missing/, withoutVault(record));
      const log = await record.run.open();
      assert.equal((await assertSound(record.world.place, log, signer.vkey)).length, 257);
      await log.close();
      assert.deepEqual(await readFile(path), bytes);
    }
  });

  test("the edge damaged: made again, and refused where nothing is left to make it from", async () => {
    await using record = await newRecord(20);
    const files = [...(await contents(record.ledger)).keys()].filter((path) => path.includes("/tile/"));
    assert.equal(files.length, 2);
    for (const path of files) {
      const bytes = await readFile(path);
      for (const damaged of [bytes.subarray(0, -1), bytes.with(40, (bytes[40] as number) ^ 1), new Uint8Array(0)]) {
        await writeFile(path, damaged);
        if (path.includes("/entries/")) await assertRefused(record, /cannot be brought up/, withoutVault(record));
        await (await record.run.open()).close();
        assert.deepEqual(await readFile(path), bytes);
      }
    }
  });

  test("what an interrupted append left is dropped, or replaced; what others keep there stays", async () => {
    await using record = await newRecord(254);
    const backend = record.world.place.backend();
    const tentative = [
      "tile/0/000.p/255",
      "tile/0/000",
      "tile/1/000.p/1",
      "tile/entries/000.p/255",
      "tile/entries/001.p/9",
    ];
    const kept = ["attested/254/checkpoint", "tile/notes.txt"];
    const plant = () => Promise.all([...tentative, ...kept].map((path) => backend.put(path, utf8("something else"))));
    const log = await record.run.open();
    await plant();
    await record.run.append(log, 2);
    await log.close();
    await record.run.assertSurvived();
    await using again = await newRecord(254);
    const other = again.world.place.backend();
    await Promise.all([...tentative, ...kept].map((path) => other.put(path, utf8("something else"))));
    await (await again.run.open()).close();
    const paths = await other.list("");
    for (const path of tentative) assert.ok(!paths.includes(path), path);
    for (const path of kept) assert.ok(paths.includes(path), path);
    await again.run.assertSurvived();
  });
});

test("a whole record from one older backup opens: only its witnesses know of what came after", async () => {
  await using record = await newRecord(3);
  const restore = await record.backUp(".");
  await record.grow(2);
  await restore();
  const log = await record.run.open();
  assert.equal((await assertSound(record.world.place, log, signer.vkey)).length, 3);
  await log.close();
});
