/** Who vouches for a kept checkpoint, as it may be printed: only those the record's own settings name, verified anew. */

import { asSignedBy } from "../ledger/checkpoint.ts";
import { verifyCosignatures } from "../ledger/cosignature.ts";
import { parseNote, parseVerifierKey } from "../ledger/note.ts";
import { fromBase64, utf8 } from "../lib/bytes.ts";
import { MOST_TOKENS } from "../verify/placard-file.ts";
import { type Anchor, verifyTimestamp } from "../verify/timestamp.ts";
import type { AttestedCheckpoint } from "./attested.ts";
import type { RecordContext } from "./context.ts";
import type { TimestampAuthority } from "./settings.ts";

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
  const stamped = utf8(asSignedBy(note, parseVerifierKey(context.file.vkey)));
  const { timestampAuthorities } = context.settings;
  const anchors = anchorsOf(timestampAuthorities);
  // Of an authority whose certificate is not configured, a token can only be taken at its own word.
  const byName = anchors.length < timestampAuthorities.length;
  for (const token of timestampAuthorities.length === 0 ? [] : attested.tokens) {
    const { authority, time, trusted } = await verifyTimestamp(token, stamped, anchors);
    if (trusted !== undefined || byName) found.push({ name: authority, time });
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
 * As many tokens as a placard file may hold. Where an authority was asked time and again over one checkpoint there are
 * more: then the earliest sound one of each authority, which says the most.
 */
export async function tokensForFile(
  context: RecordContext,
  { checkpoint, tokens }: Pick<AttestedCheckpoint, "checkpoint" | "tokens">,
): Promise<readonly Uint8Array[]> {
  if (tokens.length <= MOST_TOKENS) return tokens;
  const stamped = utf8(asSignedBy(parseNote(checkpoint), parseVerifierKey(context.file.vkey)));
  const earliest = new Map<string, { readonly token: Uint8Array; readonly time: number }>();
  for (const token of tokens) {
    const { authority, time } = await verifyTimestamp(token, stamped);
    if (time < (earliest.get(authority)?.time ?? Number.POSITIVE_INFINITY)) earliest.set(authority, { token, time });
  }
  const sorted = [...earliest.values()].toSorted((a, b) => a.time - b.time);
  return sorted.slice(0, MOST_TOKENS).map(({ token }) => token);
}
