/** One field of an act as an SD-JWT object property disclosure: base64url of `[salt, name, value]` (RFC 9901 §4.2.1). */
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { isJsonObject, type Json, parseJson } from "../lib/json.ts";
import { sha256 } from "../lib/sha256.ts";

/** Bytes of a new salt; RFC 9901 §9.3 asks for 16 at least. */
export const SALT_LENGTH = 16;
const LONGEST_NAME = 64;
/** Nesting of a field's value; the array around it is not counted. */
const DEEPEST_VALUE = 32;
/** Longest act, with all that is disclosed, in characters. What is bigger than a fact belongs in a blob. */
export const LONGEST_ACT = 1 << 20;

/**
 * Names that stand in the open in every act, and those a JWT reader would take for validity or holder claims (RFC 7519
 * §4.1, RFC 7800): a field of such a name would be read differently elsewhere.
 */
const RESERVED_NAMES = new Set(["iss", "iat", "sub", "aud", "exp", "nbf", "jti", "cnf"]);
/**
 * RFC 9901 gives the first three a meaning at any depth; an act is flat, so they stand nowhere in it. The last is lost by
 * readers that copy members one by one in JavaScript, so two readers could see two acts.
 */
const RESERVED_KEYS = new Set(["_sd", "_sd_alg", "...", "__proto__"]);

export interface Disclosure {
  readonly name: string;
  readonly value: Json;
}

/** Encodes one field. Throws `usage` where name or value cannot stand in an act. */
export function encodeDisclosure(salt: Uint8Array, name: string, value: Json): string {
  refuseName(name, "usage");
  refuseValue(value, name, "usage", 0);
  return toBase64Url(utf8(JSON.stringify([toBase64Url(salt), name, value])));
}

/** Decodes one disclosure; throws `malformed` or `too_large`. Whether an act refers to it is for the caller to check. */
export function decodeDisclosure(text: string): Disclosure {
  const what = "disclosure";
  if (text.length > LONGEST_ACT)
    throw new PlacardError("too_large", `A ${what} is longer than ${LONGEST_ACT} characters.`);
  const json = fromUtf8(fromBase64Url(text, what), what);
  const parts = parseJson(json, what, { length: LONGEST_ACT, depth: DEEPEST_VALUE + 1 });
  if (!isTriple(parts)) {
    throw new PlacardError("malformed", "A disclosure is not an array of a salt, a name and a value.");
  }
  const [salt, name, value] = parts;
  refuseSalt(salt);
  if (typeof name !== "string") throw new PlacardError("malformed", "A disclosure's name is not text.");
  refuseName(name, "malformed");
  refuseValue(value, name, "malformed", 0);
  return { name, value };
}

/** The digest by which an act refers to a disclosure: base64url SHA-256 of its ASCII text (RFC 9901 §4.2.3). */
export function digestOf(disclosure: string): string {
  return toBase64Url(sha256(utf8(disclosure)));
}

function isTriple(json: Json): json is readonly [Json, Json, Json] {
  return Array.isArray(json) && json.length === 3;
}

/** A salt is only text to RFC 9901, whose own examples are not all canonical; short ones would let a reader guess. */
function refuseSalt(salt: Json): void {
  if (typeof salt === "string" && /^[\w-]{22,86}$/.test(salt)) return;
  throw new PlacardError("malformed", "A disclosure's salt is not 22 to 86 base64url characters.");
}

function refuseName(name: string, code: "usage" | "malformed"): void {
  if (name.length <= LONGEST_NAME && /^[a-z]\w*$/.test(name) && !RESERVED_NAMES.has(name)) return;
  const shown = JSON.stringify(name.slice(0, LONGEST_NAME));
  throw new PlacardError(code, `An act cannot have a field named ${shown}.`, {
    next: "A name begins with a small letter, has letters, digits and _ only, and is none of JWT's own.",
  });
}

/** Refuses what JSON cannot carry faithfully, and keys that SD-JWT readers would act upon inside a value. */
function refuseValue(value: unknown, name: string, code: "usage" | "malformed", depth: number): void {
  if (value === null || typeof value === "boolean" || typeof value === "string") return;
  // Past it two readers may each read another whole number (RFC 7493 §2.2).
  if (typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return;
  if (depth >= DEEPEST_VALUE) {
    throw new PlacardError("too_large", `The field ${name} is nested deeper than ${DEEPEST_VALUE} levels.`);
  }
  if (Array.isArray(value)) {
    for (const item of value) refuseValue(item, name, code, depth + 1);
    return;
  }
  if (!isPlainObject(value)) throw new PlacardError(code, `The field ${name} holds something that JSON cannot carry.`);
  for (const [key, item] of Object.entries(value)) {
    if (RESERVED_KEYS.has(key)) throw new PlacardError(code, `The field ${name} holds the reserved key ${key}.`);
    refuseValue(item, name, code, depth + 1);
  }
}

function isPlainObject(value: unknown): value is object {
  return (
    isJsonObject(value) && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)
  );
}
