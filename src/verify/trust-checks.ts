/** The checks that rest on somebody outside the file: whom the reader trusts, who cosigned, who gave the time. */

import type { VerifierKey } from "../ledger/note.ts";
import { formatSignature } from "../ledger/note.ts";
import { type Policy, quorumMet, witnessesOf } from "../ledger/policy.ts";
import { toBase64, utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { keyWords } from "../record/key-words.ts";
import type { ReadProof } from "./act-checks.ts";
import type { CheckList } from "./checks.ts";
import type { PlacardFile } from "./placard-file.ts";
import { verifyTimestamp } from "./timestamp.ts";

/** "trust": is this the record the reader knows? */
export function checkTrust(file: PlacardFile, key: VerifierKey, policy: Policy | undefined, checks: CheckList): void {
  if (policy === undefined || policy.logs.length === 0) {
    checks.absent(
      "trust",
      `Only the file itself says whose key this is (${key.name}). Ask them for their key's words: ${keyWords(file.vkey).join(" ")}.`,
    );
    return;
  }
  const listed = policy.logs.some(
    (log) => log.key.name === key.name && toBase64(log.key.publicKey) === toBase64(key.publicKey),
  );
  if (listed) checks.hold("trust", `The ledger ${key.name} is one that you trust.`);
  else checks.fail("trust", `The ledger ${key.name} with this key is none of those that you trust.`);
}

/** "witnesses": others who saw the checkpoint and would not sign a second history. */
export function checkWitnesses(proof: ReadProof, policy: Policy | undefined, checks: CheckList): void {
  if (policy === undefined || policy.witnesses.length === 0) {
    checks.absent("witnesses", "You have named no witnesses, so none are counted.");
    return;
  }
  checks.try("witnesses", () => {
    const times = witnessesOf(policy, proof.checkpoint.note);
    const names = new Set(times.keys());
    if (!quorumMet(policy, names)) {
      checks.fail(
        "witnesses",
        `Of the witnesses you trust, ${names.size === 0 ? "none" : [...names].join(", ")} cosigned; you ask for more.`,
      );
    } else if (names.size === 0) {
      checks.absent("witnesses", "None of the witnesses you trust cosigned, and you ask for none.");
    } else {
      const latest = Math.max(...times.values());
      checks.hold(
        "witnesses",
        `Witnessed by ${[...names].join(", ")} before ${new Date(latest * 1000).toISOString()}.`,
      );
    }
  });
}

/** "timestamps": RFC 3161 tokens over the checkpoint as the log signed it. One broken token fails the check. */
export async function checkTimestamps(
  file: PlacardFile,
  proof: ReadProof,
  key: VerifierKey,
  policy: Policy | undefined,
  checks: CheckList,
): Promise<void> {
  if (file.timestamps.length === 0) {
    checks.absent("timestamps", "No authority's timestamp is in the file.");
    return;
  }
  const message = signedByLog(proof, key);
  const trusted: { readonly name: string; readonly time: number }[] = [];
  const unknown: string[] = [];
  try {
    for (const token of file.timestamps) {
      const found = await verifyTimestamp(token, message, policy?.timestampAuthorities);
      if (found.trusted === undefined) unknown.push(found.authority);
      else trusted.push({ name: found.trusted, time: found.time });
    }
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    checks.fail("timestamps", error.message);
    return;
  }
  const [earliest] = trusted.toSorted((a, b) => a.time - b.time);
  if (earliest !== undefined) {
    checks.hold("timestamps", `Witnessed by ${earliest.name} before ${new Date(earliest.time).toISOString()}.`);
  } else {
    checks.absent(
      "timestamps",
      `There is a timestamp by ${unknown.join(", ")}, an authority you have not named; it is not counted.`,
    );
  }
}

/** The checkpoint's text with the log's own signature line and no other: what an authority was asked to stamp. */
function signedByLog({ checkpoint }: ReadProof, key: VerifierKey): Uint8Array {
  const own = checkpoint.note.signatures.find(
    (signature) => signature.name === key.name && signature.keyId === key.keyId,
  );
  return utf8(`${checkpoint.note.text}\n${own === undefined ? "" : formatSignature(own)}`);
}
