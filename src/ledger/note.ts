/**
 * Signed notes (C2SP signed-note): text, a blank line, signature lines; and the verifier keys they are checked with.
 * The signatures verified here are plain Ed25519 over the text, type 01.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { concat, fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";

/** Longest note read, in bytes; signed-note asks that a limit leave room for 16 signatures of 5 kB. */
export const LONGEST_NOTE = 1_000_000;
const MOST_SIGNATURES = 100;
const KEY_ID_BYTES = 4;
const LONGEST_NAME = 255;

/** Signature types: 1 Ed25519, 4 Ed25519 cosignature, 6 ML-DSA-44 cosignature (read, and never verified here). */
export type KeyType = 1 | 4 | 6;
const PUBLIC_KEY_BYTES: Readonly<Record<number, number>> = { 1: 32, 4: 32, 6: 1312 };

export interface VerifierKey {
  readonly name: string;
  readonly type: KeyType;
  /** Eight lower-case hexadecimal digits. */
  readonly keyId: string;
  readonly publicKey: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  /** Eight lower-case hexadecimal digits. */
  readonly keyId: string;
  /** What follows the key ID. */
  readonly signature: Uint8Array;
}

export interface Note {
  /** Ends in a newline; the blank line is not part of it. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A key that signs, wherever it is kept: `sign` is plain Ed25519 (RFC 8032) over `message`. */
export interface NoteSigner {
  readonly name: string;
  readonly vkey: string;
  sign(message: Uint8Array): Uint8Array;
}

type PublicKey = Pick<VerifierKey, "name" | "type" | "publicKey">;

/** SHA-256(name ‖ 0A ‖ type ‖ public key)[:4], in lower-case hexadecimal. */
export function keyId({ name, type, publicKey }: PublicKey): string {
  return toHex(sha256(concat(utf8(`${name}\n`), new Uint8Array([type]), publicKey)).subarray(0, KEY_ID_BYTES));
}

/** `name+keyid+base64(type ‖ public key)`. Throws `malformed` for a name or key that could not be read back. */
export function formatVerifierKey(key: PublicKey): string {
  requireKey(key.name, key.type, key.publicKey);
  return `${key.name}+${keyId(key)}+${toBase64(concat(new Uint8Array([key.type]), key.publicKey))}`;
}

/** Throws `malformed`, `unsupported` (another signature type), or `mismatch` (an ID that is not this key's). */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = "", id = "", encoded = ""] =
    /^([^+]{1,255})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,2000})$/.exec(text) ?? [];
  if (encoded === "") {
    throw new PlacardError("malformed", "A verifier key is not of the form name+id+key.", {
      next: "Copy the whole line again: a name, eight hexadecimal digits and base64, joined by plus signs.",
    });
  }
  const bytes = fromBase64(encoded, "verifier key");
  const type = bytes[0];
  if (type !== 1 && type !== 4 && type !== 6) {
    throw new PlacardError(
      "unsupported",
      `The verifier key of ${name} has signature type ${type}; 1, 4 and 6 are known.`,
    );
  }
  const publicKey = bytes.subarray(1);
  requireKey(name, type, publicKey);
  const key: VerifierKey = { name, type, keyId: id, publicKey };
  if (keyId(key) !== id) throw new PlacardError("mismatch", `The verifier key of ${name} does not have the ID ${id}.`);
  return key;
}

/** Strict RFC 8032 §5.1.7: S below the order, canonical points, no key of small order. Never throws. */
export function verifyEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // Lengths that no signature or key has.
  }
}

/** The note of `text` (ending in a newline) with a signature line by each signer. Throws `malformed`. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  const lines = signers.map((signer) => {
    const { name, keyId } = parseVerifierKey(signer.vkey);
    return `${formatSignature({ name, keyId, signature: signer.sign(utf8(text)) })}\n`;
  });
  const note = `${text}\n${lines.join("")}`;
  if (parseNote(note).text !== text) throw malformed("its text does not end in a newline");
  return note;
}

/** `— name base64(key ID ‖ signature)`, without its newline. */
export function formatSignature({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${toBase64(concat(fromHex(keyId, KEY_ID_BYTES), signature))}`;
}

/** Takes a note apart and verifies nothing. Throws `malformed`, or `too_large` past 1 MB or 100 signatures. */
export function parseNote(note: Uint8Array | string): Note {
  if (note.length > LONGEST_NOTE || (typeof note === "string" && utf8(note).length > LONGEST_NOTE)) {
    throw tooLarge(`is longer than ${LONGEST_NOTE} bytes`);
  }
  const whole = typeof note === "string" ? note : fromUtf8(note, "signed note");
  if (hasControl(whole) || !whole.isWellFormed()) throw malformed("it holds characters that no note may hold");
  const blank = whole.lastIndexOf("\n\n");
  if (blank < 0) throw malformed("no blank line parts its text from its signatures");
  return { text: whole.slice(0, blank + 1), signatures: parseSignatures(whole.slice(blank + 2)) };
}

/** One or more signature lines, each ending in a newline. Throws `malformed`, `too_large`. */
export function parseSignatures(lines: string): readonly NoteSignature[] {
  if (lines.length > LONGEST_NOTE) throw tooLarge(`is longer than ${LONGEST_NOTE} bytes`);
  if (!lines.endsWith("\n")) throw malformed("it does not end in a signature line");
  const each = lines.slice(0, -1).split("\n", MOST_SIGNATURES + 1);
  if (each.length > MOST_SIGNATURES) throw tooLarge(`has more than ${MOST_SIGNATURES} signatures`);
  return each.map(parseSignature);
}

/**
 * The note with these signature lines (without newlines) behind its own; of each key the first one stays alone, for a
 * witness that is asked daily would else fill the note in some weeks. Throws `malformed`, `too_large`.
 */
export function addSignatures(note: string, lines: readonly string[]): string {
  const signed = new Set(parseNote(note).signatures.map(keyOf));
  let whole = note;
  for (const line of lines) {
    const key = keyOf(parseSignature(line));
    if (!signed.has(key)) whole += `${line}\n`;
    signed.add(key);
  }
  parseNote(whole);
  return whole;
}

const keyOf = ({ name, keyId }: NoteSignature): string => `${name} ${keyId}`;

/**
 * The keys (of type 1) by which the note is signed, each once. Signatures by other keys are ignored. Throws `mismatch`
 * where a signature that bears one of the keys' name and ID fails, or where none of the keys has signed.
 */
export function verifyNote(note: Note, keys: readonly VerifierKey[]): readonly VerifierKey[] {
  const message = utf8(note.text);
  const verified = new Set<VerifierKey>();
  for (const { name, keyId, signature } of note.signatures) {
    for (const key of keys) {
      if (key.type !== 1 || key.name !== name || key.keyId !== keyId) continue;
      if (!verifyEd25519(signature, message, key.publicKey)) {
        throw new PlacardError("mismatch", `The signature of ${name} is not over this note.`);
      }
      verified.add(key);
    }
  }
  if (verified.size === 0) throw new PlacardError("mismatch", "The note is signed by none of the expected keys.");
  return [...verified];
}

function parseSignature(line: string): NoteSignature {
  const [, name = "", encoded] = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
  if (encoded === undefined || !isKeyName(name)) throw malformed("a signature line has another form");
  const bytes = fromBase64(encoded, "signature");
  if (bytes.length <= KEY_ID_BYTES) throw malformed("a signature is empty");
  return { name, keyId: toHex(bytes.subarray(0, KEY_ID_BYTES)), signature: bytes.subarray(KEY_ID_BYTES) };
}

function requireKey(name: string, type: KeyType, publicKey: Uint8Array): void {
  if (!isKeyName(name) || hasControl(name) || !name.isWellFormed() || utf8(name).length > LONGEST_NAME) {
    throw new PlacardError(
      "malformed",
      "A key's name is empty, too long, or has spaces, plus signs or control characters.",
    );
  }
  if (publicKey.length !== PUBLIC_KEY_BYTES[type] || (type !== 6 && !isStrictPoint(publicKey))) {
    throw new PlacardError("malformed", `The verifier key of ${name} holds no public key of its type.`);
  }
}

function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}+]+$/u.test(name);
}

/** A canonical encoding of a point whose order is not small: others would verify anything, or verify here only. */
function isStrictPoint(publicKey: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(publicKey, false).isSmallOrder();
  } catch {
    return false;
  }
}

/** The control characters below a space, newline apart; the later ones are allowed. */
function hasControl(text: string): boolean {
  return /[^\P{Cc}\n\x7f-\x9f]/u.test(text);
}

function malformed(why: string): PlacardError {
  return new PlacardError("malformed", `This is not a signed note: ${why}.`);
}

function tooLarge(why: string): PlacardError {
  return new PlacardError("too_large", `The signed note ${why}.`);
}
