/** Where a test's ledger lives, on disk or in memory, and what every such test asks of it. */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommitPoint, LedgerBackend } from "../../src/ledger/backend.ts";
import { openCheckpoint } from "../../src/ledger/checkpoint.ts";
import { newMemoryCommitStore, openMemoryCommitPoint } from "../../src/ledger/commit-memory.ts";
import { openSqliteCommitPoint } from "../../src/ledger/commit-sqlite.ts";
import { openDiskBackend } from "../../src/ledger/disk.ts";
import { createLog, type Log, type OpenLogOptions, openLog } from "../../src/ledger/log.ts";
import { openMemoryBackend } from "../../src/ledger/memory.ts";
import { leafHash, verifyConsistency, verifyInclusion } from "../../src/ledger/merkle.ts";
import { formatVerifierKey, type NoteSigner } from "../../src/ledger/note.ts";
import { rebuildRoot } from "../../src/ledger/rebuild.ts";
import { concat, fromUtf8, toHex, utf8 } from "../../src/lib/bytes.ts";
import type { Clock } from "../../src/lib/clock.ts";
import type { FileSystem } from "../../src/lib/durable.ts";
import { sha256 } from "../../src/lib/sha256.ts";

export const ORIGIN = "hollow-lane.example/record";

export function newSigner(name: string = ORIGIN): NoteSigner {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  return {
    name,
    vkey: formatVerifierKey({ name, type: 1, publicKey: new Uint8Array(raw) }),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

/** A clock that a test sets. */
export interface SetClock extends Clock {
  time: number;
}

export function newClock(time = 1_753_000_000_000): SetClock {
  return {
    time,
    now() {
      return this.time++;
    },
  };
}

/** A store that outlives the handles on it, as a disk outlives processes. */
export interface Place extends AsyncDisposable {
  backend(): LedgerBackend;
  commitPoint(): CommitPoint;
}

export interface DiskPlace extends Place {
  readonly folder: string;
}

/** On tmpfs where there is one: these tests ask what was called in which order, not how fast a disk is. */
export async function newFolder(): Promise<string> {
  return mkdtemp(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "placard-"));
}

export async function diskPlace(fs?: FileSystem): Promise<DiskPlace> {
  const folder = await newFolder();
  return {
    folder,
    backend: () => openDiskBackend(join(folder, "ledger"), fs),
    commitPoint: () => openSqliteCommitPoint(join(folder, "commit.sqlite")),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function memoryPlace(): Promise<Place> {
  const files = new Map<string, Uint8Array>();
  const store = newMemoryCommitStore();
  return {
    backend: () => openMemoryBackend(files),
    commitPoint: () => openMemoryCommitPoint(store),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

export type Settings<T> = Partial<OpenLogOptions<T>> & { readonly signer: NoteSigner };

export async function create<T>(place: Place, settings: Settings<T>): Promise<void> {
  const commitPoint = place.commitPoint();
  try {
    await createLog({ origin: ORIGIN, backend: place.backend(), clock: newClock(), ...settings, commitPoint });
  } finally {
    await commitPoint.close();
  }
}

/** Another handle on the log in `place`, as another process would have. Disposing closes its commit point too. */
export async function open<T = undefined>(place: Place, settings: Settings<T>): Promise<Log<T>> {
  const commitPoint = settings.commitPoint ?? place.commitPoint();
  const options = { origin: ORIGIN, backend: place.backend(), clock: newClock(), ...settings, commitPoint };
  try {
    const log = await openLog<T>(options);
    const close = async (): Promise<void> => {
      await log.close();
      await commitPoint.close();
    };
    return Object.assign(Object.create(null) as object, bound(log), { close, [Symbol.asyncDispose]: close });
  } catch (error) {
    await commitPoint.close();
    throw error;
  }
}

function bound<T>(log: Log<T>): Log<T> {
  return {
    append: (make) => log.append(make),
    appendBatch: (makes) => log.appendBatch(makes),
    head: () => log.head(),
    rootAt: (size) => log.rootAt(size),
    inclusionProof: (index, size) => log.inclusionProof(index, size),
    consistencyProof: (oldSize, newSize) => log.consistencyProof(oldSize, newSize),
    readEntries: (start, end) => log.readEntries(start, end),
    publish: (size, lines) => log.publish(size, lines),
    close: () => log.close(),
    [Symbol.asyncDispose]: () => log.close(),
  };
}

/** A 32-byte entry told apart by its name. */
export function entryNamed(name: string): Uint8Array {
  return sha256(utf8(name));
}

export async function entriesOf(log: Log<never>, end?: number): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = [];
  for await (const entry of log.readEntries(0, end ?? (await log.head()).size)) entries.push(entry);
  return entries;
}

const hash = (...parts: Uint8Array[]) =>
  new Uint8Array(
    createHash("sha256")
      .update(concat(...parts))
      .digest(),
  );

/** MTH of RFC 6962 §2.1 as the text defines it, by another SHA-256: the oracle. */
export function naiveRoot(entries: readonly Uint8Array[]): Uint8Array {
  const [first] = entries;
  if (first === undefined) return hash();
  if (entries.length === 1) return hash(new Uint8Array([0]), first);
  let split = 1;
  while (split * 2 < entries.length) split *= 2;
  return hash(new Uint8Array([1]), naiveRoot(entries.slice(0, split)), naiveRoot(entries.slice(split)));
}

/** Everything a ledger must be at rest: entries, root, checkpoint and published checkpoint agree. Returns the entries. */
export async function assertSound(place: Place, log: Log<never>, vkey: string): Promise<Uint8Array[]> {
  const head = await log.head();
  const entries = await entriesOf(log);
  assert.equal(entries.length, head.size);
  assert.equal(toHex(naiveRoot(entries)), toHex(head.root), "the root is not that of the entries");
  assert.equal(toHex(await log.rootAt(head.size)), toHex(head.root), "the root is not that of the tiles");
  assert.equal(toHex(await rebuildRoot(entries)), toHex(head.root));
  const published = openCheckpoint(fromUtf8((await place.backend().get("checkpoint")) ?? utf8("none")), vkey);
  assert.equal(published.size, head.size, "what is published is not what is committed");
  assert.equal(toHex(published.root), toHex(head.root));
  return entries;
}

/** Proofs of one entry and of one older size, verified. */
export async function assertProofs(log: Log<never>, index: number, oldSize: number): Promise<void> {
  const { size, root } = await log.head();
  const entries = await entriesOf(log, size);
  const leaf = leafHash(entries[index] as Uint8Array);
  verifyInclusion({ index, size, leaf, root, proof: await log.inclusionProof(index, size) });
  const oldRoot = naiveRoot(entries.slice(0, oldSize));
  const proof = await log.consistencyProof(oldSize, size);
  verifyConsistency({ oldSize, newSize: size, oldRoot, newRoot: root, proof });
}
