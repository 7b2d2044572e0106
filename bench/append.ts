/** Durable appends, beside the bare cost of the same durable writes: the same files, bytes and fsyncs, and an SQLite commit. */
import type { FileHandle } from "node:fs/promises";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openSqliteCommitPoint } from "../src/ledger/commit-sqlite.ts";
import { openDiskBackend } from "../src/ledger/disk.ts";
import { createLog, type Make, openLog, type Sealing } from "../src/ledger/log.ts";
import { concat } from "../src/lib/bytes.ts";
import { systemClock } from "../src/lib/clock.ts";
import { type FileSystem, makeFolder, realFileSystem, writeDurable } from "../src/lib/durable.ts";
import type { SealedAct } from "../src/record/act.ts";
import { entryOf } from "../src/record/sd-jwt.ts";
import { openDiskVault } from "../src/vault/disk.ts";
import { seal } from "../test/act-fixture.ts";
import { newSigner, ORIGIN } from "../test/faults/place.ts";
import { median, type Row } from "./row.ts";

const WARM_UP = 16;

/** Brings a sealed act to about 1.5 kB, as a captured page's is without its blobs. */
const NOTE = "Seen on the notice board of Hollow Lane. ".repeat(4);

const sealOne = (i: number): SealedAct =>
  seal({ act: "captured", url: `https://townsquare.example/p/${i}`, note: NOTE });
const sealingOf = (item: SealedAct): Sealing<SealedAct> => ({ entry: entryOf(item.jwt), item });

interface Written {
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface Named {
  readonly path: string;
  readonly parts: readonly Uint8Array[];
}

/** Notes each file as it gets its name; puts nothing together yet, which would be timed. */
function recording(): { readonly fs: FileSystem; readonly written: Named[] } {
  const contents = new Map<string, Uint8Array[]>();
  const written: Named[] = [];
  const fs = {
    ...realFileSystem,
    open: async (...args: Parameters<FileSystem["open"]>) => {
      const file = await realFileSystem.open(...args);
      if (args[1] !== "wx") return file;
      const parts: Uint8Array[] = [];
      contents.set(String(args[0]), parts);
      return Object.assign(Object.create(file) as FileHandle, {
        write: (bytes: Uint8Array, offset: number) => (parts.push(bytes.subarray(offset)), file.write(bytes, offset)),
        sync: () => file.sync(),
        close: () => file.close(),
      });
    },
    rename: async (from: string, to: string) => {
      written.push({ path: to, parts: contents.get(from) ?? [] });
      contents.delete(from);
      await realFileSystem.rename(from, to);
    },
  } as unknown as FileSystem;
  return { fs, written };
}

/** The same writes in the same order, with nothing around them. */
function bareWriter(folder: string) {
  const database = new DatabaseSync(join(folder, "bare.sqlite"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (size INTEGER, checkpoint TEXT)");
  database.exec("INSERT INTO t VALUES (0, '')");
  const update = database.prepare("UPDATE t SET size = ?, checkpoint = ?");
  let commits = 0;
  const put = ({ path, bytes }: Written) => writeDurable(join(folder, path), bytes);
  return {
    prepare: async (files: readonly Written[]) => {
      for (const { path } of files) await makeFolder(join(folder, dirname(path)));
    },
    write: async (files: readonly Written[]) => {
      for (const file of files.filter(({ path }) => path.startsWith("vault/"))) await put(file);
      await Promise.all(files.filter(({ path }) => path.startsWith("ledger/tile/")).map(put));
      database.exec("BEGIN IMMEDIATE");
      // SQLite writes nothing where nothing changes.
      update.run(++commits, String(commits).padStart(250));
      database.exec("COMMIT");
      for (const file of files.filter(({ path }) => path === "ledger/checkpoint")) await put(file);
    },
    close: () => database.close(),
  };
}

interface Rates {
  /** Entries a second. */
  readonly appended: number;
  readonly bare: number;
}

/** Batch by batch in turn, so that a disk's moods meet both. `batchOf` gives what is appended, and is timed with it. */
async function measure(
  batches: number,
  batch: number,
  batchOf: (start: number) => readonly Make<SealedAct>[],
): Promise<Rates> {
  const folder = await mkdtemp(join(tmpdir(), "placard-bench-"));
  const bareFolder = await mkdtemp(join(tmpdir(), "placard-bench-"));
  const bare = bareWriter(bareFolder);
  try {
    const { fs, written } = recording();
    const vault = await openDiskVault(join(folder, "vault"), { fs });
    const commitPoint = openSqliteCommitPoint(join(folder, "commit.sqlite"));
    const backend = openDiskBackend(join(folder, "ledger"), fs);
    const options = { origin: ORIGIN, signer: newSigner(), backend, commitPoint, clock: systemClock };
    await createLog(options);
    const log = await openLog<SealedAct>({ ...options, beforeCommit: (start, items) => vault.putActs(start, items) });
    const [appending, writing]: [number[], number[]] = [[], []];
    for (let i = -WARM_UP; i < batches; i++) {
      written.length = 0;
      const started = performance.now();
      await log.appendBatch(batchOf((i + WARM_UP) * batch));
      const appended = performance.now() - started;
      const files = written.map(({ path, parts }) => ({ path: relative(folder, path), bytes: concat(...parts) }));
      await bare.prepare(files);
      const begun = performance.now();
      await bare.write(files);
      if (i < 0) continue;
      appending.push(appended);
      writing.push(performance.now() - begun);
    }
    await log.close();
    await commitPoint.close();
    const rate = (times: readonly number[]): number => (1000 * batch) / median(times);
    return { appended: rate(appending), bare: rate(writing) };
  } finally {
    bare.close();
    for (const path of [folder, bareFolder]) await rm(path, { recursive: true, force: true });
  }
}

/** Salts, digests and signatures of the acts in the time that is measured. */
async function measureWithSealing(batches: number, batch: number): Promise<Rates> {
  const makes = (start: number) => Array.from({ length: batch }, (_, i) => () => sealingOf(sealOne(start + i)));
  return measure(batches, batch, makes);
}

/** What the ledger and the vault take alone. */
async function measureSealed(batches: number, batch: number): Promise<Rates> {
  const sealed = Array.from({ length: (batches + WARM_UP) * batch }, (_, i) => {
    const sealing = sealingOf(sealOne(i));
    return () => sealing;
  });
  return measure(batches, batch, (start) => sealed.slice(start, start + batch));
}

export async function bench(): Promise<readonly Row[]> {
  const large = await measureSealed(36, 256);
  const small = await measureWithSealing(150, 16);
  const ratio = large.appended / large.bare;
  return [
    {
      name: "durable append, batch 256 (peer: the same writes, bare)",
      value: large.appended,
      unit: "entries/s",
      peer: large.bare,
      ratio,
      limit: "≥ 0.5 × peer",
      holds: ratio >= 0.5,
    },
    {
      name: "acts sealed and appended, batch 16 (peer: the same writes, bare)",
      value: small.appended,
      unit: "entries/s",
      peer: small.bare,
      ratio: small.appended / small.bare,
      limit: "≥ 1,000 entries/s",
      holds: small.appended >= 1000,
    },
  ];
}
