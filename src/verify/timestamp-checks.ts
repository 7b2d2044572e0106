/** "timestamps": RFC 3161 tokens over the checkpoint, by authorities the reader names. */
import { asSignedBy, type OpenedCheckpoint } from "../ledger/checkpoint.ts";
import type { Policy } from "../ledger/policy.ts";
import { utf8 } from "../lib/bytes.ts";
import type { Within } from "../lib/told.ts";
import { readKey } from "./act-checks.ts";
import { absent, holds, type Looked, look, notLooked } from "./check.ts";
import { say } from "./said.ts";
import { witnessedBy } from "./trust-checks.ts";
import type { Check } from "./verdict.ts";
import { counted, shown } from "./wording.ts";

/** One broken token fails the check: nobody has a reason to hand out a file with it. */
export async function checkTimestamps(
  tokens: readonly Uint8Array[],
  checkpoint: OpenedCheckpoint | undefined,
  vkey: string,
  policy: Policy | undefined,
  now: number,
): Promise<Check> {
  if (tokens.length === 0) return absent("timestamps", say("no_timestamp"));
  if (checkpoint === undefined) return notLooked("timestamps", say("checkpoint_fails"));
  const looked = await look("timestamps", () =>
    readTokens(tokens, utf8(asSignedBy(checkpoint.note, readKey(vkey))), policy, now),
  );
  return looked.check;
}

async function readTokens(
  tokens: readonly Uint8Array[],
  message: Uint8Array,
  policy: Policy | undefined,
  now: number,
): Promise<Looked<never>> {
  // Loaded where it is needed: the certificate library is the largest part of the verifier.
  const { verifyTimestamp } = await import("./timestamp.ts");
  const trusted = new Map<string, Within>();
  const others: string[] = [];
  for (const token of tokens) {
    const found = await verifyTimestamp(token, message, policy?.timestampAuthorities);
    if (found.trusted === undefined) others.push(shown(found.authority));
    else {
      const said = witnessedBy(found.trusted, found.time + found.accuracy, now);
      trusted.set(said.text, said);
    }
  }
  // One token put in twice is one witness.
  if (trusted.size > 0) return { check: holds("timestamps", say("witnessed", { each: [...trusted.values()] })) };
  const which = policy === undefined ? say("named_none") : say("not_in_policy");
  const why = say(
    "uncounted_stamps",
    { count: others.length, names: [...new Set(others)], which },
    { count: counted(others.length, "sound timestamp") },
  );
  return { check: absent("timestamps", why) };
}
