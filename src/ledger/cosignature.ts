/** Cosignatures (C2SP tlog-cosignature, Ed25519): a witness's statement that it has seen this checkpoint, and when. */
import { concat, utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import {
  formatSignature,
  type Note,
  type NoteSigner,
  parseVerifierKey,
  type VerifierKey,
  verifyEd25519,
} from "./note.ts";

const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;

/** A key that has cosigned, and when by its own clock: seconds since 1970. */
export interface Cosigned {
  readonly key: VerifierKey;
  readonly time: number;
}

/** What is signed: header line, time line and the checkpoint's text without its signatures. `time` in seconds. */
export function cosignatureMessage(time: number, noteText: string): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${noteText}`);
}

/**
 * The signature line (without newline) of a witness whose key is of type 4. `time` in seconds since 1970. Throws
 * `usage` for another key or time.
 */
export function cosign(noteText: string, signer: NoteSigner, time: number): string {
  const { name, type, keyId } = parseVerifierKey(signer.vkey);
  if (type !== 4) throw new PlacardError("usage", `The key of ${name} is not a key for cosignatures (type 4).`);
  if (!Number.isSafeInteger(time) || time <= 0) {
    throw new PlacardError("usage", `${time} is not a time in seconds since 1970.`);
  }
  const timestamp = new Uint8Array(TIME_BYTES);
  new DataView(timestamp.buffer).setBigUint64(0, BigInt(time));
  const signature = concat(timestamp, signer.sign(cosignatureMessage(time, noteText)));
  return formatSignature({ name, keyId, signature });
}

/**
 * The time of one cosignature, in seconds since 1970; `signature` is what follows the key ID (8 + 64 bytes). Throws
 * `mismatch`, or `malformed` for another length or a time of 0 or past 2^53 − 1.
 */
export function verifyCosignature(noteText: string, signature: Uint8Array, key: VerifierKey): number {
  if (key.type !== 4) throw new PlacardError("unsupported", `Cosignatures of type ${key.type} are not verified.`);
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) {
    throw new PlacardError("malformed", `The cosignature of ${key.name} is not 72 bytes long.`);
  }
  const time = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0));
  if (!Number.isSafeInteger(time) || time === 0) {
    throw new PlacardError("malformed", `The cosignature of ${key.name} has a time that cannot be.`);
  }
  if (!verifyEd25519(signature.subarray(TIME_BYTES), cosignatureMessage(time, noteText), key.publicKey)) {
    throw new PlacardError("mismatch", `The cosignature of ${key.name} is not over this checkpoint.`);
  }
  return time;
}

/**
 * Which of `keys` (of type 4) have cosigned, each once, with the earliest time it states. Signatures by other keys, and of other
 * types, are ignored. Throws `mismatch` or `malformed` where one that bears a key's name and ID fails.
 */
export function verifyCosignatures(note: Note, keys: readonly VerifierKey[]): readonly Cosigned[] {
  const times = new Map<VerifierKey, number>();
  for (const { name, keyId, signature } of note.signatures) {
    for (const key of keys) {
      if (key.type !== 4 || key.name !== name || key.keyId !== keyId) continue;
      const time = verifyCosignature(note.text, signature, key);
      times.set(key, Math.min(time, times.get(key) ?? time));
    }
  }
  return [...times].map(([key, time]) => ({ key, time }));
}
