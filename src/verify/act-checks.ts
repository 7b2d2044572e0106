/** The checks of the act itself: its form, its signature, and the fields it shows. */
import { leafHash } from "../ledger/merkle.ts";
import { parseVerifierKey, type VerifierKey } from "../ledger/note.ts";
import { PlacardError } from "../lib/error.ts";
import type { SealedAct } from "../record/act.ts";
import { exhibitId } from "../record/exhibit-id.ts";
import { type ActPayload, readPayload } from "../record/jwt.ts";
import { discloseFields, entryOf, type OpenedAct, parseSdJwt, verifyActSignature } from "../record/sd-jwt.ts";
import { holds, type Looked, look, notLooked } from "./check.ts";
import { say } from "./said.ts";
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
    const { words, isAhead } = statedTime(value.time, now);
    const sealedAt = new Date(value.time).toISOString();
    const values = { id: exhibitId(value.leaf), issuer: shown(value.issuer), sealedAt };
    const why = say(isAhead ? "act_holds_ahead" : "act_holds", values, { sealedAt: words });
    return { check: holds("act", why), value };
  });
}

/** "signature": by the key that signs the ledger. */
export async function checkSignature(act: ReadAct | undefined, vkey: string): Promise<Looked<VerifierKey>> {
  if (act === undefined) return { check: notLooked("signature", say("act_unread")) };
  return look("signature", () => {
    const key = readKey(vkey);
    verifyActSignature(act.sealed.jwt, key.publicKey);
    return { check: holds("signature", say("signature_holds")), value: key };
  });
}

/** "disclosures": each field shown is one the act was sealed with. */
export async function checkDisclosures(act: ReadAct | undefined): Promise<Looked<OpenedAct>> {
  if (act === undefined) return { check: notLooked("disclosures", say("act_unread")) };
  return look("disclosures", () => {
    const value = discloseFields(act.sealed);
    const [fields, closed] = [act.sealed.disclosures.length, value.undisclosed];
    const inEnglish = { fields: counted(fields, "field"), closed: counted(closed, "sealed digest") };
    const why = say("fields_shown", { fields, closed }, inEnglish);
    return { check: holds("disclosures", why), value };
  });
}
