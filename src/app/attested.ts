/**
 * Checkpoints that others have attested: `ledger/attested/<size>/checkpoint` (the signed note, with cosignature lines)
 * and `ledger/attested/<size>/<hash>.tsr` (RFC 3161 tokens over the note as the log signed it). One token covers every
 * entry before its checkpoint, so an exhibit is proved by the first attested checkpoint that contains it.
 */

import type { Commit, CommitPoint, LedgerBackend } from "../ledger/backend.ts";
import { openCheckpoint } from "../ledger/checkpoint.ts";
import { verifyCosignatures } from "../ledger/cosignature.ts";
import { addSignatures, parseNote, parseVerifierKey } from "../ledger/note.ts";
import { equal, fromUtf8, toHex, utf8 } from "../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";
import type { RecordContext } from "./context.ts";
import type { Settings } from "./settings.ts";

const FOLDER = "attested/";
const checkpointPath = (size: number): string => `${FOLDER}${size}/checkpoint`;
/** Tokens are named by their own hash, so that two processes never write one name. */
const tokenPath = (size: number, token: Uint8Array): string =>
  `${FOLDER}${size}/${toHex(sha256(token)).slice(0, 32)}.tsr`;

export interface AttestedCheckpoint {
  readonly size: number;
  readonly checkpoint: string;
  readonly tokens: readonly Uint8Array[];
}

interface Room {
  readonly backend: LedgerBackend;
  readonly commitPoint: CommitPoint;
}

/** Keeps a token over `head`, with the very checkpoint it is over. */
export async function keepToken(room: Room, head: Commit, token: Uint8Array): Promise<void> {
  await keepCosignatures(room, head, []);
  await room.backend.put(tokenPath(head.size, token), token);
}

/** Adds cosignature lines to the kept checkpoint of `head`; lines kept before stay, one a key. Under the ledger's lock: others may add to it too. */
export async function keepCosignatures(room: Room, head: Commit, lines: readonly string[]): Promise<void> {
  await room.commitPoint.exclusively(async () => {
    const kept = await room.backend.get(checkpointPath(head.size));
    const note = kept !== undefined && isOver(kept, head) ? fromUtf8(kept) : undefined;
    const cosigned = addSignatures(note ?? head.checkpoint, lines);
    if (cosigned !== note) await room.backend.put(checkpointPath(head.size), utf8(cosigned));
    return { result: undefined };
  });
}

/** Not where it is damaged, or of a ledger that an older backup has taken the place of. */
function isOver(kept: Uint8Array, head: Commit): boolean {
  try {
    return parseNote(kept).text === parseNote(head.checkpoint).text;
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    return false;
  }
}

async function readAttested(backend: LedgerBackend, size: number): Promise<AttestedCheckpoint | undefined> {
  const note = await backend.get(checkpointPath(size));
  if (note === undefined) return undefined;
  const paths = (await backend.list(`${FOLDER}${size}/`)).filter((path) => path.endsWith(".tsr")).toSorted();
  const tokens = await Promise.all(paths.map((path) => backend.get(path)));
  return { size, checkpoint: fromUtf8(note, "checkpoint"), tokens: tokens.filter((token) => token !== undefined) };
}

type Reader = Pick<RecordContext, "backend" | "settings" | "log" | "file">;

/**
 * What is kept for a size, or why nothing may rest on it: it must be whole, signed by this record and the configured
 * witnesses, and of the ledger as it is now. A backup that was put over a newer record leaves checkpoints of what is no
 * more. Undefined where nothing is kept. Throws `storage`, and what
 * parseVerifierKey throws for a witness's key in the settings.
 */
export async function soundAttested(
  reader: Reader,
  size: number,
): Promise<AttestedCheckpoint | PlacardError | undefined> {
  const { log, file, settings, backend } = reader;
  const witnesses = settings.witnesses.map(({ vkey }) => parseVerifierKey(vkey));
  try {
    const attested = await readAttested(backend, size);
    if (attested === undefined) return undefined;
    const { size: stated, root, note } = openCheckpoint(attested.checkpoint, file.vkey);
    verifyCosignatures(note, witnesses);
    const { size: newest } = await log.head();
    if (stated !== size || size > newest) throw leftOver(`it has ${stated} entries and the ledger ${newest}`);
    if (!equal(root, await log.rootAt(size))) throw leftOver("the record signed another ledger of that size");
    return attested;
  } catch (error) {
    if (!isPlacardError(error) || error.code === "storage") throw error;
    return error;
  }
}

function leftOver(why: string): PlacardError {
  return new PlacardError("inconsistent", `It is not of this ledger: ${why}. An older backup may have been put back.`);
}

/**
 * The first attested checkpoint that covers `position` and has what the settings ask for: every witness, and a token
 * where an authority is named. A reader's quorum may want each. Where none has it all: the first with a token, or else
 * the first.
 */
export async function attestedFor(reader: Reader, position: number): Promise<AttestedCheckpoint | undefined> {
  let second: AttestedCheckpoint | undefined;
  for (const size of await attestedSizes(reader.backend)) {
    const attested = size <= position ? undefined : await soundAttested(reader, size);
    if (attested === undefined || attested instanceof PlacardError) continue;
    if (isComplete(attested, reader.settings)) return attested;
    if (second === undefined || (second.tokens.length === 0 && attested.tokens.length > 0)) second = attested;
  }
  return second;
}

function isComplete({ checkpoint, tokens }: AttestedCheckpoint, settings: Settings): boolean {
  const signed = new Set(parseNote(checkpoint).signatures.map(({ name, keyId }) => `${name}+${keyId}`));
  const witnessed = settings.witnesses.every(({ vkey }) => signed.has(vkey.split("+").slice(0, -1).join("+")));
  return witnessed && (tokens.length > 0 || settings.timestampAuthorities.length === 0);
}

/** Ascending. */
export async function attestedSizes(backend: LedgerBackend): Promise<readonly number[]> {
  const sizes = new Set<number>();
  for (const path of await backend.list(FOLDER)) {
    const size = Number(path.slice(FOLDER.length).split("/")[0]);
    if (Number.isSafeInteger(size)) sizes.add(size);
  }
  return [...sizes].toSorted((a, b) => a - b);
}
