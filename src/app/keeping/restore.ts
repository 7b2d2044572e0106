/** A back-up put back: into a folder of its own, whole or not at all. */
import { readdir, rm, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openAge, tryPassphrase } from "../../lib/age.ts";
import { makeFolder, openPending } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import { readPieces } from "../../lib/pieces.ts";
import { readZipStream, type StreamedMember } from "../../lib/zip-stream.ts";
import { type AuditResult, audit } from "../audit.ts";
import { openContext } from "../open-record.ts";
import { recordFolder } from "../record-folder.ts";
import { say } from "../said.ts";
import { type Description, FILES, isRecordName, notABackUp, readDescription } from "./contents.ts";
import { openWholeFolder } from "./whole-folder.ts";

export interface RestoreOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    readonly step: "restoring" | "checking";
    /** Bytes while restoring; entries and files while checking. */
    readonly done: number;
    readonly total: number;
  }) => void;
}

export interface RestoreResult {
  readonly folder: string;
  readonly name: string;
  /** When the back-up was made, RFC 3339. */
  readonly madeAt: string;
  readonly members: number;
  readonly bytes: number;
  /** Of the restored record. A record that was damaged when it was backed up is restored as it was, and does not hold. */
  readonly audit: AuditResult;
}

/** The most bytes that are on their way to the disk at once are one piece's; a member may be as long as the archive says it is. */
const NEEDED_ASIDE = 1 << 26;

/** Whether the passphrase opens the back-up that begins so (2,048 bytes tell). Throws `malformed`, `mismatch`, `too_large`, `unsupported`. */
export async function tryBackUp(beginning: Uint8Array, passphrase: string): Promise<void> {
  await tryPassphrase(beginning, passphrase.normalize("NFC"));
}

/**
 * Restores the back-up `file` (a path, or its bytes as they come in) into `folder`, which must be missing or empty, opens the record and audits it. Where anything is
 * wrong with file, passphrase or disk nothing is left behind. Throws `conflict`, `malformed`, `mismatch`, `too_large`, `unsupported`,
 * `inconsistent`, `storage`, `cancelled`.
 */
export async function restore(
  file: string | AsyncIterable<Uint8Array>,
  folder: string,
  passphrase: string,
  options: RestoreOptions = {},
): Promise<RestoreResult> {
  const whole = await openWholeFolder(folder, 0o700);
  try {
    const pieces = typeof file === "string" ? readPieces(file) : file;
    const description = await unpack(pieces, whole.path, passphrase.normalize("NFC"), options);
    const result = await auditRestored(whole.path, options);
    const rest = (await readdir(whole.path)).filter((name) => name !== FILES[0]);
    // A folder without record.json is no record.
    await whole.commit([...rest, FILES[0]]);
    const { name, madeAt, members, bytes } = description;
    return { folder, name, madeAt, members, bytes, audit: result };
  } finally {
    await whole.discard();
  }
}

async function unpack(
  pieces: AsyncIterable<Uint8Array>,
  folder: string,
  passphrase: string,
  options: RestoreOptions,
): Promise<Description> {
  let description: Description | undefined;
  const names = new Set<string>();
  let bytes = 0;
  const most = (): number => 1 + (description?.members ?? 0);
  for await (const member of readZipStream(openAge(pieces, passphrase), { most })) {
    if (description === undefined) {
      description = await readDescription(member);
      await requireRoom(folder, description.bytes);
      continue;
    }
    if (!isRecordName(member.name) || names.has(member.name.toLowerCase())) throw notABackUp();
    bytes += member.bytes;
    if (bytes > description.bytes) throw new PlacardError("too_large", say("back_up_holds_more"));
    names.add(member.name.toLowerCase());
    const before = bytes - member.bytes;
    await writeMember(join(folder, member.name), member, (done) => {
      if (options.signal?.aborted) throw stopped();
      options.onProgress?.({ step: "restoring", done: before + done, total: description?.bytes ?? 0 });
    });
  }
  const isWhole = names.size === description?.members && bytes === description.bytes && names.has(FILES[0]);
  if (description === undefined || !isWhole) throw notABackUp();
  return description;
}

/** The ledger and what the record says of itself are for anybody; all else is its owner's. */
async function writeMember(path: string, member: StreamedMember, onBytes: (done: number) => void): Promise<void> {
  const isPublic = member.name.startsWith("ledger/") || member.name === FILES[0];
  await makeFolder(dirname(path), { mode: isPublic ? 0o755 : 0o700 });
  // Made certain with all others at the end, which is many times as fast.
  const pending = await openPending(dirname(path), { mode: isPublic ? 0o644 : 0o600, scratch: true });
  try {
    let done = 0;
    for await (const piece of member.chunks()) {
      await pending.write(piece);
      done += piece.length;
      onBytes(done);
    }
    await pending.commit(path);
  } finally {
    await pending.discard();
  }
}

async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize > bytes + NEEDED_ASIDE) return;
  const gib = (count: number): string => `${(count / 2 ** 30).toFixed(1)} GiB`;
  throw new PlacardError("storage", say("no_room_restore", { needed: gib(bytes), free: gib(bavail * bsize) }), {
    next: say("other_disk"),
  });
}

async function auditRestored(folder: string, options: RestoreOptions): Promise<AuditResult> {
  const onProgress = (done: number, total: number): void => options.onProgress?.({ step: "checking", done, total });
  const opened = await openContext(folder, { forAudit: true });
  try {
    return await audit(opened.context, onProgress, options.signal).catch((error: unknown) => {
      throw options.signal?.aborted ? stopped() : error;
    });
  } finally {
    await opened[Symbol.asyncDispose]();
    // They are made anew where the record will lie.
    const { index, lanes, scratch } = recordFolder(folder);
    for (const path of [index, lanes])
      for (const end of ["", "-wal", "-shm", "-journal"]) await rm(path + end, { force: true });
    await rm(scratch, { recursive: true, force: true });
  }
}

function stopped(): PlacardError {
  return new PlacardError("cancelled", say("restore_stopped"));
}
