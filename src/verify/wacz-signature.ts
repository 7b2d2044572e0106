/**
 * The signature of a web archive (WACZ signing spec 0.1.0): over the text `sha256:<hex>` of datapackage.json, either
 * anonymous (a bare ECDSA P-384 key) or in the name of a web site.
 */
import { p384 } from "@noble/curves/nist.js";
import { equal, fromBase64, utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";
import { sha256 } from "../lib/sha256.ts";
import { absent, holds, mismatch } from "./check.ts";
import { say } from "./said.ts";
import type { Check } from "./verdict.ts";
import type { WebRoots } from "./web-roots.ts";
import { shown, timeInWords } from "./wording.ts";

export interface SignedManifest {
  /** datapackage-digest.json; undefined where the archive has none. */
  readonly digest: JsonObject | undefined;
  /** "sha256:<hex>" of datapackage.json. */
  readonly hash: string;
  /** What datapackage.json says of when it was made: the copy beside the signature is not itself signed. */
  created(): Json | undefined;
}

const SIGNATURE = "archive signature";
const MANIFEST = "datapackage.json";
const SHARED = ["hash", "created", "software", "version", "signature"];
const ANONYMOUS = [...SHARED, "publicKey"];
const DOMAIN = [...SHARED, "domain", "domainCert", "timeSignature", "timestampCert", "crossSignedCert"];
/** DER of SubjectPublicKeyInfo for an uncompressed P-384 point, up to the point (RFC 5480). */
const P384_SPKI = new Uint8Array([
  0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00,
  0x22, 0x03, 0x62, 0x00,
]);
const POINT_LENGTH = 97;
const RAW_LENGTH = 96;

/**
 * The check "archive signature". `expectedKey`: base64 SPKI that must have signed. Without it a sound anonymous signature
 * does not count, since anybody can make one; a web site's counts where `webRoots` lead to it. Throws `mismatch`, `malformed`, `unsupported`, `too_large`.
 */
export async function checkSignature(
  { digest, hash, created }: SignedManifest,
  expectedKey: string | undefined,
  webRoots: WebRoots | undefined,
): Promise<Check> {
  if (digest === undefined && expectedKey === undefined) return absent(SIGNATURE, say("archive_unsigned"));
  if (digest === undefined) throw mismatch("The archive's signature is missing.");
  if (digest["path"] !== MANIFEST || digest["hash"] !== hash) {
    throw mismatch("The archive's digest is not that of its list of files.");
  }
  const signed = digest["signedData"];
  if (signed === undefined && expectedKey === undefined) return absent(SIGNATURE, say("archive_unsigned"));
  if (!isJsonObject(signed) || signed["hash"] !== hash) {
    throw mismatch("The archive's signature is missing, or over another archive.");
  }
  if (signed["created"] !== created()) throw mismatch("The archive's signature is of another time than the archive.");
  if (signed["domain"] !== undefined && expectedKey === undefined) return checkDomain(signed, hash, webRoots);
  return checkAnonymous(signed, hash, expectedKey);
}

async function checkDomain(signed: JsonObject, hash: string, webRoots: WebRoots | undefined): Promise<Check> {
  requireOnly(signed, DOMAIN);
  // Loaded where it is needed: the certificate library is the largest part of the verifier.
  const { verifyDomainSignature } = await import("./wacz-domain.ts");
  const { domain, time, authority, vouched } = await verifyDomainSignature(signed, hash, webRoots);
  const who = `The archive is signed in the name of ${shown(domain)}`;
  // The timestamp's authority is nobody's word but its own: a reader names authorities for placard files only.
  const when = `before ${timeInWords(time)} according to ${shown(authority)}, whom nobody here vouches for`;
  if (vouched === undefined) {
    return absent(SIGNATURE, `${who}, ${when}. Not counted: nobody here says which web authorities to trust.`);
  }
  if (!vouched) throw mismatch(`${who}, by a certificate that no web authority known here vouches for.`);
  return holds(SIGNATURE, `${who}, by a certificate that a web authority known here vouches for, ${when}.`);
}

function checkAnonymous(signed: JsonObject, hash: string, expectedKey: string | undefined): Check {
  const { publicKey, signature } = signed as Readonly<Record<string, Json>>;
  if (expectedKey !== undefined && publicKey !== expectedKey) {
    throw mismatch("The archive is signed with another key than the exhibit names.");
  }
  requireOnly(signed, ANONYMOUS);
  if (typeof publicKey !== "string" || typeof signature !== "string") {
    throw new PlacardError("malformed", "The archive has a signature of another form.");
  }
  const spki = fromBase64(publicKey, "archive's public key");
  const raw = fromBase64(signature, "archive's signature");
  const isP384 =
    spki.length === P384_SPKI.length + POINT_LENGTH && equal(spki.subarray(0, P384_SPKI.length), P384_SPKI);
  if (!isP384 || raw.length !== RAW_LENGTH) {
    throw new PlacardError("unsupported", "The archive's signature is not ECDSA P-384.");
  }
  if (!verifies(raw, utf8(hash), spki.subarray(P384_SPKI.length))) {
    throw mismatch("The archive's signature does not match.");
  }
  if (expectedKey === undefined) {
    return absent(SIGNATURE, say("archive_key_unnamed"));
  }
  return holds(SIGNATURE, say("archive_signed"));
}

/** The spec allows no other property: what stands beside a signature looks signed, and is not. Throws `malformed`. */
function requireOnly(signed: JsonObject, properties: readonly string[]): void {
  const other = Object.keys(signed).find((name) => !properties.includes(name));
  if (other === undefined) return;
  throw new PlacardError(
    "malformed",
    `The archive's signature has ${JSON.stringify(other)} beside it, which is not signed.`,
  );
}

/** ECDSA with SHA-256, as signers of WACZ files use it. */
function verifies(signature: Uint8Array, message: Uint8Array, point: Uint8Array): boolean {
  try {
    return p384.verify(signature, sha256(message), point, { prehash: false, lowS: false });
  } catch {
    return false; // A point that is not on the curve.
  }
}
