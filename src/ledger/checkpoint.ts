/** Checkpoints (C2SP tlog-checkpoint): the signed note in which a log states its size and root. */
import { fromBase64, toBase64 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { parseDecimal } from "./decimal.ts";
import { EMPTY_ROOT, HASH_BYTES } from "./merkle.ts";
import { formatSignature, type Note, parseNote, parseVerifierKey, type VerifierKey, verifyNote } from "./note.ts";

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** Opaque lines after the root; mostly none. */
  readonly extensions?: readonly string[];
}

export interface OpenedCheckpoint extends Checkpoint {
  readonly extensions: readonly string[];
  readonly note: Note;
}

/** The note's text: origin, size and base64 root, a line each. Throws `malformed` for what could not be read back. */
export function formatCheckpoint({ origin, size, root, extensions = [] }: Checkpoint): string {
  const text = [origin, String(size), toBase64(root), ...extensions, ""].join("\n");
  const again = parseCheckpoint(text);
  if (again.origin !== origin || again.extensions.length !== extensions.length) {
    throw malformed("a line of it holds a line break");
  }
  return text;
}

/** Reads a note's text, unsigned. Throws `malformed`, or `too_large` for a size past 2^53 − 1. */
export function parseCheckpoint(text: string): Checkpoint & { readonly extensions: readonly string[] } {
  if (!text.endsWith("\n")) throw malformed("its last line does not end");
  const [origin = "", size = "", root = "", ...extensions] = text.slice(0, -1).split("\n");
  if (origin === "") throw malformed("it names no origin");
  if (extensions.includes("")) throw malformed("it has an empty line");
  const hash = fromBase64(root, "checkpoint's root");
  if (hash.length !== HASH_BYTES) throw malformed("its root is not 32 bytes long");
  return { origin, size: parseDecimal(size, "checkpoint's size"), root: hash, extensions };
}

/**
 * Parses the checkpoint and verifies the log's signature on it. `logKey` is the log's verifier key (or its text), type
 * 1, whose name is the origin. Throws `malformed`, `too_large`, or `mismatch`: another origin, no signature by the key,
 * one that fails, or an empty ledger with the root of another.
 */
export function openCheckpoint(note: Uint8Array | string, logKey: VerifierKey | string): OpenedCheckpoint {
  const key = typeof logKey === "string" ? parseVerifierKey(logKey) : logKey;
  const parsed = parseNote(note);
  const checkpoint = parseCheckpoint(parsed.text);
  if (checkpoint.origin !== key.name) {
    throw new PlacardError("mismatch", `The checkpoint is of ${checkpoint.origin}, not of ${key.name}.`);
  }
  verifyNote(parsed, [key]);
  if (checkpoint.size === 0 && toBase64(checkpoint.root) !== toBase64(EMPTY_ROOT)) {
    throw new PlacardError("mismatch", "The checkpoint says that the ledger is empty, and gives the root of another.");
  }
  return { ...checkpoint, note: parsed };
}

function malformed(why: string): PlacardError {
  return new PlacardError("malformed", `This is not a checkpoint: ${why}.`);
}

/**
 * The checkpoint as its log signed it, without anybody's cosignature: what timestamp authorities are asked to stamp,
 * since cosignatures may be gathered before or after.
 */
export function asSignedBy(note: Note, { name, keyId }: Pick<VerifierKey, "name" | "keyId">): string {
  const own = note.signatures.find((signature) => signature.name === name && signature.keyId === keyId);
  return own === undefined ? note.text : `${note.text}\n${formatSignature(own)}\n`;
}
