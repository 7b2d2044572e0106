/** The checks of the act itself: its form, its signature, and the fields it shows. */
import { leafHash } from "../ledger/merkle.ts";
import { parseVerifierKey, type VerifierKey } from "../ledger/note.ts";
import { PlacardError } from "../lib/error.ts";
import type { SealedAct } from "../record/act.ts";
import { exhibitId } from "../record/exhibit-id.ts";
import { type ActPayload, readPayload } from "../record/jwt.ts";
import { discloseFields, entryOf, type OpenedAct, parseSdJwt, verifyActSignature } from "../record/sd-jwt.ts";
import { holds, type Looked, look, notLooked } from "./check.ts";
import { counted, shown, statedTime } from "./wording.ts";

export interface ReadAct extends ActPayload {
  readonly sealed: SealedAct;
  /** RFC 6962 leaf hash of the act's ledger entry. */
  readonly leaf: Uint8Array;
}

/** The key the file itself names; whether it is to be trusted is for "trust" to say. Throws `malformed`, `unsupported`, `mismatch`. */
export function readKey(vkey: string): VerifierKey {
  const key = parseVerifierKey(vkey);
  if (key.type === 1) return key;
  throw new PlacardError("unsupported", "The key in log.vkey is not an Ed25519 key that signs ledgers (type 1).");
}

/** "act": an SD-JWT of our profile. */
export function checkAct(text: string, now: number): Promise<Looked<ReadAct>> {
  return look("act", () => {
    const sealed = parseSdJwt(text);
    const value = { ...readPayload(sealed.jwt), sealed, leaf: leafHash(entryOf(sealed.jwt)) };
    const why = `Exhibit ${exhibitId(value.leaf)}, sealed by ${shown(value.issuer)} on ${statedTime(value.time, now)} by its own clock.`;
    return { check: holds("act", why), value };
  });
}

/** "signature": by the key that signs the ledger. */
export async function checkSignature(act: ReadAct | undefined, vkey: string): Promise<Looked<VerifierKey>> {
  if (act === undefined) return { check: notLooked("signature", "the act cannot be read") };
  return look("signature", () => {
    const key = readKey(vkey);
    verifyActSignature(act.sealed.jwt, key.publicKey);
    return { check: holds("signature", "The act is signed with the key that signs the ledger."), value: key };
  });
}

/** "disclosures": each field shown is one the act was sealed with. */
export async function checkDisclosures(act: ReadAct | undefined): Promise<Looked<OpenedAct>> {
  if (act === undefined) return { check: notLooked("disclosures", "the act cannot be read") };
  return look("disclosures", () => {
    const value = discloseFields(act.sealed);
    const fields = counted(act.sealed.disclosures.length, "field");
    const why = `The file shows ${fields}, each as it was sealed; ${counted(value.undisclosed, "sealed digest")} stay closed, blanks among them.`;
    return { check: holds("disclosures", why), value };
  });
}
