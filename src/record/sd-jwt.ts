/**
 * Acts as SD-JWTs (RFC 9901), in one narrow profile: flat, Ed25519, SHA-256, no key binding (docs/formats/act.md).
 */
import { toBase64Url, utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import type { Json } from "../lib/json.ts";
import { sha256 } from "../lib/sha256.ts";
import type { Act, SealedAct } from "./act.ts";
import {
  type Disclosure,
  decodeDisclosure,
  digestOf,
  encodeDisclosure,
  LONGEST_ACT,
  SALT_LENGTH,
} from "./disclosure.ts";
import { LONGEST_JWT, readPayload, signPayload, verifyActSignature } from "./jwt.ts";

export { verifyActSignature } from "./jwt.ts";

/** Most fields of one act, `act` itself among them. */
const MOST_FIELDS = 128;
/** Digests are padded with decoys to a multiple of this, so that their number does not tell how many fields there are. */
const DIGEST_STEP = 16;
const FEWEST_DECOYS = 4;
const DECOY_LENGTH = 32;

export interface SealOptions {
  /** The record's origin. */
  readonly issuer: string;
  /** Milliseconds since 1970; the act states whole seconds. */
  readonly time: number;
  /** Ed25519 over the bytes it is given; 64 bytes. */
  readonly sign: (message: Uint8Array) => Uint8Array;
  /** `n` unpredictable bytes; the platform's generator unless told. */
  readonly random?: (n: number) => Uint8Array;
}

/** What an act shows: what is always in the open, and the fields that are disclosed. */
export interface OpenedAct {
  readonly issuer: string;
  /** Milliseconds since 1970; whole seconds. */
  readonly time: number;
  readonly act: Readonly<Record<string, Json>>;
  /** Digests without a disclosure: withheld fields and decoys, which cannot be told apart. */
  readonly undisclosed: number;
}

/**
 * Seals an act: each field becomes a salted digest, decoys are added, the whole is signed (RFC 9901 §6.1).
 * Throws `usage` for a field that cannot stand in an act, `too_large` past 128 fields or 1 MiB.
 */
export function sealAct(act: Act, options: SealOptions): SealedAct {
  const random = options.random ?? ((n: number) => crypto.getRandomValues(new Uint8Array(n)));
  const fields = Object.entries(act);
  if (fields.length > MOST_FIELDS) {
    throw new PlacardError("too_large", `An act has at most ${MOST_FIELDS} fields; this one has ${fields.length}.`);
  }
  const padded = Math.ceil((fields.length + FEWEST_DECOYS) / DIGEST_STEP) * DIGEST_STEP;
  // In one draw: many small ones take longer than everything else here but the signature.
  const drawn = random(fields.length * SALT_LENGTH + (padded - fields.length) * DECOY_LENGTH);
  let at = 0;
  const take = (length: number): Uint8Array => drawn.subarray(at, (at += length));
  const disclosures = fields.map(([name, value]) => encodeDisclosure(take(SALT_LENGTH), name, value));
  const digests = disclosures.map(digestOf);
  while (digests.length < padded) digests.push(toBase64Url(sha256(take(DECOY_LENGTH))));
  const jwt = signPayload({ issuer: options.issuer, time: options.time, digests: digests.toSorted() }, options.sign);
  const sealed = { jwt, disclosures };
  if (serialise(sealed).length > LONGEST_ACT) {
    throw new PlacardError("too_large", `An act takes at most ${LONGEST_ACT} characters when sealed.`, {
      next: "Store long content as a blob and seal its hash.",
    });
  }
  return sealed;
}

/** `jwt~disclosure~…~disclosure~` (RFC 9901 §4). */
export function serialise(sealed: SealedAct): string {
  return `${[sealed.jwt, ...sealed.disclosures].join("~")}~`;
}

/**
 * Takes a serialised act apart, within its limits, and believes nothing of it: only {@link openAct} checks what the
 * parts say. Throws `malformed` or `too_large`; a key binding JWT after the last `~` is `unsupported`.
 */
export function parseSdJwt(text: string): SealedAct {
  if (text.length > LONGEST_ACT)
    throw new PlacardError("too_large", `The act is longer than ${LONGEST_ACT} characters.`);
  const [jwt = "", ...disclosures] = text.split("~", MOST_FIELDS + 3);
  if (disclosures.length > MOST_FIELDS + 1) {
    throw new PlacardError("too_large", `The act has more than ${MOST_FIELDS} disclosures.`);
  }
  const last = disclosures.pop();
  if (last === undefined) throw new PlacardError("malformed", "The act does not end with ~.");
  if (last !== "")
    throw new PlacardError("unsupported", "Something follows the act's last ~; key binding is not taken.");
  if (jwt.length > LONGEST_JWT) {
    throw new PlacardError("too_large", `The act's JWT is longer than ${LONGEST_JWT} characters.`);
  }
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(jwt)) throw new PlacardError("malformed", "The act does not begin with a JWT.");
  if (!disclosures.every((disclosure) => /^[\w-]+$/.test(disclosure))) {
    throw new PlacardError("malformed", "One of the act's disclosures is not base64url.");
  }
  return { jwt, disclosures };
}

/**
 * Verifies and opens an act (RFC 9901 §7.1), its signature only where `publicKey` (Ed25519, 32 bytes) is given.
 * Throws `malformed`, `mismatch`, `too_large`, `unsupported`.
 */
export function openAct(sealed: SealedAct, options: { readonly publicKey?: Uint8Array } = {}): OpenedAct {
  if (options.publicKey !== undefined) verifyActSignature(sealed.jwt, options.publicKey);
  return discloseFields(sealed);
}

/**
 * Opens the disclosed fields, each of which the JWT must refer to exactly once; does not look at the signature.
 * Throws `mismatch` for a disclosure the JWT does not refer to, `malformed` for a field that comes twice.
 */
export function discloseFields(sealed: SealedAct): OpenedAct {
  const { issuer, time, digests } = readPayload(sealed.jwt);
  if (sealed.disclosures.length > MOST_FIELDS) {
    throw new PlacardError("too_large", `The act has more than ${MOST_FIELDS} disclosures.`);
  }
  const open = new Set(digests);
  const fields = new Map<string, Json>();
  for (const disclosure of sealed.disclosures) {
    const { name, value } = decodeDisclosure(disclosure);
    if (!open.delete(digestOf(disclosure))) {
      throw new PlacardError("mismatch", `The field ${name} is not one that this act was sealed with, or comes twice.`);
    }
    if (fields.has(name)) throw new PlacardError("malformed", `The act names the field ${name} twice.`);
    fields.set(name, value);
  }
  return { issuer, time, act: Object.fromEntries(fields), undisclosed: open.size };
}

/** The ledger's entry for an act: SHA-256 of the JWT's ASCII, 32 bytes. Disclosures have no part in it. */
export function entryOf(jwt: string): Uint8Array<ArrayBuffer> {
  return sha256(utf8(jwt));
}

/** The same act without the disclosures of these fields. Throws `not_found` for a field that is not disclosed in it. */
export function withhold(sealed: SealedAct, names: readonly string[]): SealedAct {
  const fields = sealed.disclosures.map((text): Disclosure & { readonly text: string } => ({
    ...decodeDisclosure(text),
    text,
  }));
  for (const name of names) {
    if (fields.some((field) => field.name === name)) continue;
    throw new PlacardError("not_found", `The act has no field named ${name}.`, {
      next: `Its fields are ${fields.map((field) => field.name).join(", ") || "all withheld"}.`,
    });
  }
  const shown = fields.filter((field) => !names.includes(field.name));
  return { jwt: sealed.jwt, disclosures: shown.map((field) => field.text) };
}
