/**
 * Checkpoints that others have attested: `ledger/attested/<size>/checkpoint` (the signed note, with cosignature lines)
 * and `ledger/attested/<size>/<hash>.tsr` (RFC 3161 tokens over the note as the log signed it). One token covers every
 * entry before its checkpoint, so an exhibit is proved by the first attested checkpoint that contains it.
 */

import type { Commit, CommitPoint, LedgerBackend } from "../ledger/backend.ts";
import { addSignatures } from "../ledger/note.ts";
import { fromUtf8, toHex, utf8 } from "../lib/bytes.ts";
import { sha256 } from "../lib/sha256.ts";

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
    const note = kept === undefined ? head.checkpoint : fromUtf8(kept, "checkpoint");
    const cosigned = addSignatures(note, lines);
    if (kept === undefined || cosigned !== note) await room.backend.put(checkpointPath(head.size), utf8(cosigned));
    return { result: undefined };
  });
}

async function readAttested(backend: LedgerBackend, size: number): Promise<AttestedCheckpoint | undefined> {
  const note = await backend.get(checkpointPath(size));
  if (note === undefined) return undefined;
  const paths = (await backend.list(`${FOLDER}${size}/`)).filter((path) => path.endsWith(".tsr")).toSorted();
  const tokens = await Promise.all(paths.map((path) => backend.get(path)));
  return { size, checkpoint: fromUtf8(note, "checkpoint"), tokens: tokens.filter((token) => token !== undefined) };
}

/** The first attested checkpoint that covers `position`, one with a token before one with cosignatures only. */
export async function attestedFor(backend: LedgerBackend, position: number): Promise<AttestedCheckpoint | undefined> {
  let cosigned: AttestedCheckpoint | undefined;
  for (const size of await attestedSizes(backend)) {
    if (size <= position) continue;
    const attested = await readAttested(backend, size);
    if (attested !== undefined && attested.tokens.length > 0) return attested;
    cosigned ??= attested;
  }
  return cosigned;
}

async function attestedSizes(backend: LedgerBackend): Promise<readonly number[]> {
  const sizes = new Set<number>();
  for (const path of await backend.list(FOLDER)) {
    const size = Number(path.slice(FOLDER.length).split("/")[0]);
    if (Number.isSafeInteger(size)) sizes.add(size);
  }
  return [...sizes].toSorted((a, b) => a - b);
}
