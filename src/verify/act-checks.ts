/** The checks of the act and its place in the ledger: what every verdict rests on. */

import { type OpenedCheckpoint, openCheckpoint } from "../ledger/checkpoint.ts";
import { leafHash, verifyInclusion } from "../ledger/merkle.ts";
import { parseVerifierKey, type VerifierKey } from "../ledger/note.ts";
import { type Proof, parseProof } from "../ledger/proof.ts";
import { PlacardError } from "../lib/error.ts";
import type { SealedAct } from "../record/act.ts";
import { checkWords, exhibitId } from "../record/exhibit-id.ts";
import { discloseFields, entryOf, type OpenedAct, parseSdJwt, verifyActSignature } from "../record/sd-jwt.ts";
import type { CheckList } from "./checks.ts";
import type { PlacardFile } from "./placard-file.ts";
import type { Exhibit } from "./verdict.ts";

export interface ReadAct {
  readonly sealed: SealedAct;
  readonly leaf: Uint8Array;
}

/** "act": the SD-JWT has our form. */
export function readAct(file: PlacardFile, checks: CheckList): ReadAct | undefined {
  return checks.look("act", () => {
    const sealed = parseSdJwt(file.act);
    const leaf = leafHash(entryOf(sealed.jwt));
    return { value: { sealed, leaf }, why: `The act is whole; its exhibit id is ${exhibitId(leaf)}.` };
  });
}

/** The key the file itself names; whether it is to be trusted is for "trust" to say. */
export function readKey(file: PlacardFile): VerifierKey {
  const key = parseVerifierKey(file.vkey);
  if (key.type !== 1) throw new PlacardError("unsupported", "The record's key is not Ed25519.");
  return key;
}

/** "signature", "disclosures". */
export function checkAct(act: ReadAct, key: VerifierKey, checks: CheckList): OpenedAct | undefined {
  checks.look("signature", () => {
    verifyActSignature(act.sealed.jwt, key.publicKey);
    return { value: undefined, why: `The act is signed with the key of ${key.name}.` };
  });
  return checks.look("disclosures", () => {
    const opened = discloseFields(act.sealed);
    if (opened.issuer !== key.name) {
      throw new PlacardError("mismatch", `The act was issued by ${opened.issuer}, not by ${key.name}.`);
    }
    const shown = Object.keys(opened.act).length;
    return { value: opened, why: `Each of the ${shown} facts shown is one the act was sealed with.` };
  });
}

export interface ReadProof {
  readonly proof: Proof;
  readonly checkpoint: OpenedCheckpoint;
}

/** "ledger", "checkpoint". */
export function checkProof(
  file: PlacardFile,
  act: ReadAct,
  key: VerifierKey,
  checks: CheckList,
): ReadProof | undefined {
  const proof = checks.try("ledger", () => parseProof(file.proof));
  if (proof === undefined) {
    checks.fail("checkpoint", "The ledger's checkpoint could not be read.");
    return undefined;
  }
  const checkpoint = checks.try("checkpoint", () => openCheckpoint(proof.checkpoint, key));
  if (checkpoint === undefined) {
    checks.fail("ledger", "The checkpoint that the proof leads to does not hold.");
    return undefined;
  }
  const { size, root } = checkpoint;
  const placed = checks.look("ledger", () => {
    verifyInclusion({ index: proof.index, size, leaf: act.leaf, proof: proof.hashes, root });
    return { value: true, why: `The act is entry ${proof.index} of the ledger ${key.name}.` };
  });
  checks.hold(
    "checkpoint",
    `The ledger with ${size} ${size === 1 ? "entry" : "entries"} is signed with the record's key.`,
  );
  return placed === undefined ? undefined : { proof, checkpoint };
}

export function describeExhibit(act: ReadAct, opened: OpenedAct): Exhibit {
  return {
    id: exhibitId(act.leaf),
    words: checkWords(act.leaf),
    origin: opened.issuer,
    sealedAt: new Date(opened.time).toISOString(),
    fields: opened.act,
    undisclosed: opened.undisclosed,
  };
}
