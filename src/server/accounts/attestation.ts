/**
 * What a key says of its maker. Nobody asks for it here, and browsers then take it out
 * (https://www.w3.org/TR/webauthn-3/#dom-attestationconveyancepreference-none). Where somebody puts it in all the same, the
 * library would look up the certificates in it at whatever addresses these name: such a key is refused before.
 */
import { decodeAttestationObject, isoBase64URL } from "@simplewebauthn/server/helpers";

/** Nothing, or the key's own signature, which some keys leave in; neither leads to anybody else. */
const ALONE: ReadonlySet<string> = new Set(["none", "packed"]);

/** Whether it says no more than was asked for. False for what cannot be read, too. */
export function isUnattested(attestationObject: unknown): boolean {
  if (typeof attestationObject !== "string") return false;
  try {
    const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
    return ALONE.has(decoded.get("fmt")) && decoded.get("attStmt").get("x5c") === undefined;
  } catch {
    return false;
  }
}
