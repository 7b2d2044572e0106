/**
 * The signed half of an act: a JWT in compact form (RFC 7515, RFC 7519) with one header, four claims and one
 * algorithm. Anything else is refused: a verifier that takes no choices cannot be talked into a weak one (RFC 8725).
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { isJsonObject, type Json, parseJson } from "../lib/json.ts";

/** base64url of `{"alg":"EdDSA","typ":"placard-act+sd-jwt"}`, the one header there is. */
const HEADER = toBase64Url(utf8('{"alg":"EdDSA","typ":"placard-act+sd-jwt"}'));
const CLAIMS = ["_sd", "_sd_alg", "iat", "iss"];
/** Longest JWT: 256 digests of 43 characters and the issuer, in base64url, with room to spare. */
export const LONGEST_JWT = 1 << 15;
const MOST_DIGESTS = 256;
/** 32 bytes in canonical base64url: the last character has only four bits to tell. */
const DIGEST = /^[\w-]{42}[AEIMQUYcgkosw048]$/;
const LONGEST_ISSUER = 255;

export interface ActPayload {
  /** The record's origin. */
  readonly issuer: string;
  /** Milliseconds since 1970; whole seconds. */
  readonly time: number;
  /** base64url SHA-256 digests in ascending order, decoys among them. */
  readonly digests: readonly string[];
}

/** Signs a payload; `digests` must be in ascending order. The time is cut to whole seconds. Throws `usage`. */
export function signPayload(payload: ActPayload, sign: (message: Uint8Array) => Uint8Array): string {
  const claims: ActPayload = { ...payload, time: Math.floor(payload.time / 1000) * 1000 };
  const json = JSON.stringify({ iss: claims.issuer, iat: claims.time / 1000, _sd_alg: "sha-256", _sd: claims.digests });
  if (!isIssuer(claims.issuer) || !isTime(claims.time)) {
    throw new PlacardError("usage", "An act needs its record's origin and a time since 1970.");
  }
  const input = `${HEADER}.${toBase64Url(utf8(json))}`;
  return `${input}.${toBase64Url(sign(utf8(input)))}`;
}

/** Reads header and claims without checking the signature. Throws `malformed`, `too_large`, `unsupported`. */
export function readPayload(jwt: string): ActPayload {
  const { payload } = splitJwt(jwt);
  const claims = parseJson(fromUtf8(fromBase64Url(payload, "act's payload"), "act's payload"), "act's payload", {
    length: LONGEST_JWT,
    depth: 4,
  });
  if (!isJsonObject(claims) || Object.keys(claims).toSorted().join() !== CLAIMS.join()) {
    throw new PlacardError("malformed", "The act's payload is not exactly iss, iat, _sd_alg and _sd.");
  }
  const { iss, iat, _sd_alg: algorithm, _sd: digests } = claims as Record<string, Json>;
  if (algorithm !== "sha-256") throw new PlacardError("unsupported", "The act's digests are not SHA-256.");
  if (!isIssuer(iss)) throw new PlacardError("malformed", "The act's issuer is not a record's origin.");
  if (typeof iat !== "number" || !isTime(iat * 1000)) {
    throw new PlacardError("malformed", "The act's time is not whole seconds since 1970.");
  }
  return { issuer: iss, time: iat * 1000, digests: readDigests(digests) };
}

/**
 * Checks the Ed25519 signature (RFC 8037, RFC 8032 §5.1.7, strict: no small-order or non-canonical points) under a
 * 32-byte key. Throws `mismatch`, and what {@link readPayload} throws for a JWT of another form.
 */
export function verifyActSignature(jwt: string, publicKey: Uint8Array): void {
  const { payload, signature } = splitJwt(jwt);
  if (!isSignedBy(fromBase64Url(signature, "act's signature"), utf8(`${HEADER}.${payload}`), publicKey)) {
    throw new PlacardError("mismatch", "The act's signature was not made by this record's key.");
  }
}

function isSignedBy(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // A key of another length, or one that is no point on the curve.
  }
}

function splitJwt(jwt: string): { readonly payload: string; readonly signature: string } {
  if (jwt.length > LONGEST_JWT) {
    throw new PlacardError("too_large", `The act's JWT is longer than ${LONGEST_JWT} characters.`);
  }
  const [header, payload, signature, ...more] = jwt.split(".", 4);
  if (header !== HEADER) {
    throw new PlacardError("unsupported", 'The act\'s header is not {"alg":"EdDSA","typ":"placard-act+sd-jwt"}.');
  }
  if (payload === undefined || signature?.length !== 86 || more.length > 0) {
    throw new PlacardError("malformed", "The act is not header, payload and an Ed25519 signature.");
  }
  return { payload, signature };
}

function readDigests(digests: Json | undefined): readonly string[] {
  if (!Array.isArray(digests)) throw new PlacardError("malformed", "The act's digests are not a list.");
  if (digests.length > MOST_DIGESTS) {
    throw new PlacardError("too_large", `The act has more than ${MOST_DIGESTS} digests.`);
  }
  let previous = "";
  for (const digest of digests as readonly Json[]) {
    if (typeof digest !== "string" || !DIGEST.test(digest)) {
      throw new PlacardError("malformed", "One of the act's digests is not SHA-256 in base64url.");
    }
    // Ascending order leaves no room for a digest twice, and tells nothing of the order of the fields.
    if (digest <= previous) throw new PlacardError("malformed", "The act's digests are not in order, each once.");
    previous = digest;
  }
  return digests as readonly string[];
}

function isIssuer(issuer: unknown): issuer is string {
  return typeof issuer === "string" && issuer.length > 0 && issuer.length <= LONGEST_ISSUER;
}

/** Whole seconds, in milliseconds, that a Date can hold. */
function isTime(time: number): boolean {
  return Number.isInteger(time / 1000) && time >= 0 && time <= 8.64e15;
}
