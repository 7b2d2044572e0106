/** A back-up: the whole record in one encrypted file (docs/formats/backup.md). */
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { type AgeOptions, openAge, sealAge } from "../../lib/age.ts";
import { openPending } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import { copied, readPieces } from "../../lib/pieces.ts";
import { writeZip, type ZipMember } from "../../lib/zip-writer.ts";
import type { RecordContext } from "../context.ts";
import { say } from "../said.ts";
import { SOFTWARE } from "../version.ts";
import { assertWritable } from "../write-target.ts";
import { checkBackUp, type Member } from "./check-back-up.ts";
import { DESCRIPTION, type Description, formatDescription } from "./contents.ts";
import { readPassphrase } from "./passphrase.ts";
import { type Snapshot, takeSnapshot } from "./snapshot.ts";

export interface KeepingProgress {
  readonly step: "reading" | "writing" | "checking";
  /** Bytes of this step. */
  readonly done: number;
  readonly total: number;
}

export interface BackUpOptions extends AgeOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: KeepingProgress) => void;
}

export interface BackUpResult {
  readonly file: string;
  readonly bytes: number;
  /** How many files of the record are in it, and how many entries its ledger has. */
  readonly members: number;
  readonly entries: number;
  /** The file was read back, decrypted, and every member's SHA-256 was what had gone in. Never false: what does not verify is not kept. */
  readonly verified: true;
  /** Files of the vault that were damaged before; the back-up has them as they were. */
  readonly damaged: readonly string[];
}

/** What goes into one back-up, described and ready to be packed. */
export interface Packing extends AsyncDisposable {
  readonly description: Description;
  readonly members: readonly Member[];
  readonly damaged: readonly string[];
  /** The encrypted file, in pieces that are the caller's own; can be asked for once. */
  pieces(onBytes?: (done: number, total: number) => void): AsyncGenerator<Uint8Array<ArrayBuffer>>;
  /** The same, held to what went in while it is given (`verifiedPieces`). */
  verified(): AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/**
 * Backs the record up into `target`, which appears whole and verified, or not at all; what was there before is replaced only then.
 * Others can go on working on the record. Throws `usage`, `cancelled`, `busy`, `storage`, `mismatch`.
 */
export async function backUp(
  context: RecordContext,
  target: string,
  passphrase: string,
  options: BackUpOptions = {},
): Promise<BackUpResult> {
  readPassphrase(passphrase);
  await assertWritable(target);
  await using packing = await pack(context, passphrase, options);
  const pending = await openPending(dirname(target), { mode: 0o600 });
  try {
    let bytes = 0;
    const telling = tell(options, "writing");
    for await (const piece of packing.pieces(telling)) {
      refuseStopped(options.signal);
      await pending.write(piece);
      bytes += piece.length;
    }
    const readBack = openAge(readPieces(pending.path), readPassphrase(passphrase));
    await checkBackUp(readBack, packing, tell(options, "checking"));
    await pending.commit(target);
    const { description, members, damaged } = packing;
    return { file: target, bytes, members: members.length, entries: description.entries, verified: true, damaged };
  } finally {
    await pending.discard();
  }
}

/** Throws `usage`, `cancelled`, `busy`, `storage`. */
export async function pack(context: RecordContext, given: string, options: BackUpOptions = {}): Promise<Packing> {
  const passphrase = readPassphrase(given);
  const snapshot = await takeSnapshot(context, options.signal);
  try {
    const members = await describe(snapshot, options);
    const description: Description = {
      format: 1,
      name: context.file.name,
      origin: context.file.origin,
      madeAt: new Date(context.clock.now()).toISOString(),
      software: `${SOFTWARE.name} ${SOFTWARE.version}`,
      entries: snapshot.entries,
      members: members.length,
      bytes: members.reduce((sum, { bytes }) => sum + bytes, 0),
    };
    const packing: Packing = {
      description,
      members,
      damaged: members.filter(isDamaged).map(({ name }) => name),
      pieces: (onBytes) => sealAge(zipOf(snapshot, description, members, onBytes), passphrase, options),
      verified: () => verifiedPieces(packing, passphrase),
      [Symbol.asyncDispose]: () => snapshot[Symbol.asyncDispose](),
    };
    return packing;
  } catch (error) {
    await snapshot[Symbol.asyncDispose]();
    throw error;
  }
}

/** A ZIP says a member's checksum before its bytes, so each file is read once for what it is. */
async function describe({ folder, names }: Snapshot, options: BackUpOptions): Promise<readonly Member[]> {
  const telling = tell(options, "reading");
  const total = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const members: Member[] = [];
  let done = 0;
  for (const name of names) {
    const hash = createHash("sha256");
    let crc = 0;
    let bytes = 0;
    for await (const piece of readPieces(join(folder, name))) {
      refuseStopped(options.signal);
      hash.update(piece);
      crc = crc32(piece, crc);
      bytes += piece.length;
      telling(done + bytes, total);
    }
    done += bytes;
    members.push({ name, bytes, crc32: crc, sha256: hash.digest("hex") });
  }
  return members;
}

const isDamaged = ({ name, sha256 }: Member): boolean => name.startsWith("vault/blobs/") && basename(name) !== sha256;

function zipOf(
  { folder }: Snapshot,
  description: Description,
  members: readonly Member[],
  onBytes: (done: number, total: number) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const first = formatDescription(description);
  let done = 0;
  const counted = async function* (name: string): AsyncGenerator<Uint8Array> {
    for await (const piece of readPieces(join(folder, name))) {
      yield piece;
      done += piece.length;
      onBytes(done, description.bytes);
    }
  };
  const files: readonly ZipMember[] = members.map((member) => ({ ...member, chunks: () => counted(member.name) }));
  const head = { name: DESCRIPTION, bytes: first.length, crc32: crc32(first), chunks: () => [first] };
  return writeZip([head, ...files]);
}

function tell({ onProgress, signal }: BackUpOptions, step: KeepingProgress["step"]) {
  return (done: number, total: number): void => {
    refuseStopped(signal);
    onProgress?.({ step, done, total });
  };
}

function refuseStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new PlacardError("cancelled", say("back_up_stopped"));
}

/**
 * The same as a stream for somebody else to write down: what is given was opened again and held to what went in, and the last
 * piece is kept back until all of it was. Throws as `backUp`; whoever hears that has no whole file.
 */
export async function* verifiedPieces(packing: Packing, passphrase: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const relay = new TransformStream<Uint8Array, Uint8Array>();
  const writer = relay.writable.getWriter();
  const checking = checkBackUp(openAge(relay.readable.values(), readPassphrase(passphrase)), packing);
  // Heard where it is waited for.
  checking.catch(() => undefined);
  let last: Uint8Array<ArrayBuffer> | undefined;
  try {
    for await (const piece of copied(packing.pieces())) {
      // Where the check has failed nobody takes it, and the check says why.
      await writer.write(piece).catch(() => checking);
      if (last !== undefined) yield last;
      last = piece;
    }
    await writer.close().catch(() => undefined);
    await checking;
    if (last !== undefined) yield last;
  } finally {
    await writer.abort().catch(() => undefined);
  }
}
