/** Who vouches for a kept checkpoint, as it may be printed: only those the record's own settings name, verified anew. */

import { asSignedBy } from "../ledger/checkpoint.ts";
import { verifyCosignatures } from "../ledger/cosignature.ts";
import { parseNote, parseVerifierKey } from "../ledger/note.ts";
import { fromBase64, utf8 } from "../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { MOST_TOKENS } from "../verify/placard-file.ts";
import { type Anchor, verifyTimestamp } from "../verify/timestamp.ts";
import type { AttestedCheckpoint } from "./attested.ts";
import type { RecordContext } from "./context.ts";
import type { TimestampAuthority } from "./settings.ts";

/** The last moment a Date can hold: an authority that may be off by ages says nothing that could be printed. */
const LATEST = 8.64e15;

export interface Attesters {
  readonly names: readonly string[];
  /** RFC 3339: by this time all of them had seen it. */
  readonly before: string;
}

/** Undefined where nobody does. Throws what a broken signature or token throws: nothing doubtful is printed. */
export async function attestersOf(
  context: RecordContext,
  attested: AttestedCheckpoint,
): Promise<Attesters | undefined> {
  const note = parseNote(attested.checkpoint);
  const witnesses = context.settings.witnesses.map(({ vkey }) => parseVerifierKey(vkey));
  const found = verifyCosignatures(note, witnesses).map(({ key, time }) => ({ name: key.name, time: time * 1000 }));
  const stamped = stampedNote(context, attested.checkpoint);
  const { timestampAuthorities } = context.settings;
  const anchors = anchorsOf(timestampAuthorities);
  // A token that leads to no certificate the settings name is anybody's: its name is what its maker chose.
  for (const token of anchors.length === 0 ? [] : attested.tokens) {
    const { time, accuracy, trusted } = await verifyTimestamp(token, stamped, anchors);
    if (trusted !== undefined && time + accuracy <= LATEST) found.push({ name: trusted, time: time + accuracy });
  }
  if (found.length === 0) return undefined;
  return {
    names: [...new Set(found.map(({ name }) => name))],
    before: new Date(Math.max(...found.map(({ time }) => time))).toISOString(),
  };
}

/** The certificates that the settings name. */
export function anchorsOf(authorities: readonly TimestampAuthority[]): readonly Anchor[] {
  return authorities.flatMap(({ name, certificate }) =>
    certificate === undefined ? [] : [{ name, sha256: fromBase64(certificate, "certificate in config.json") }],
  );
}

/**
 * The sound tokens, as many as a placard file may hold: one that is damaged would fail the whole file. Where an authority
 * was asked time and again over one checkpoint there are more: then the earliest of each authority, which says the most.
 */
export async function tokensForFile(
  context: RecordContext,
  { checkpoint, tokens }: Pick<AttestedCheckpoint, "checkpoint" | "tokens">,
): Promise<readonly Uint8Array[]> {
  const stamped = stampedNote(context, checkpoint);
  const sound: Uint8Array[] = [];
  const earliest = new Map<string, { readonly token: Uint8Array; readonly time: number }>();
  for (const token of tokens) {
    const verified = await verifyTimestamp(token, stamped).catch(unlessOurs);
    if (verified instanceof PlacardError) continue;
    const { authority, time } = verified;
    sound.push(token);
    if (time < (earliest.get(authority)?.time ?? Number.POSITIVE_INFINITY)) earliest.set(authority, { token, time });
  }
  if (sound.length <= MOST_TOKENS) return sound;
  const sorted = [...earliest.values()].toSorted((a, b) => a.time - b.time);
  return sorted.slice(0, MOST_TOKENS).map(({ token }) => token);
}

/** Why tokens kept over this checkpoint do not hold, one each. */
export async function unsoundTokens(
  context: Pick<RecordContext, "file">,
  { checkpoint, tokens }: Pick<AttestedCheckpoint, "checkpoint" | "tokens">,
): Promise<readonly PlacardError[]> {
  const stamped = stampedNote(context, checkpoint);
  const verified = await Promise.all(tokens.map((token) => verifyTimestamp(token, stamped).catch(unlessOurs)));
  return verified.filter((found) => found instanceof PlacardError);
}

function stampedNote({ file }: Pick<RecordContext, "file">, checkpoint: string): Uint8Array {
  return utf8(asSignedBy(parseNote(checkpoint), parseVerifierKey(file.vkey)));
}

function unlessOurs(error: unknown): PlacardError {
  if (isPlacardError(error)) return error;
  throw error;
}
