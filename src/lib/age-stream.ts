/**
 * The payload of an age file (https://age-encryption.org/v1, "Payload"): chunks of 64 KiB, each sealed by itself with
 * ChaCha20-Poly1305 under a counter and a mark on the last, so that no chunk can be changed, moved, left out or cut off.
 * By OpenSSL, which takes a sixth of the time that the library takes in JavaScript (docs/decisions/0035).
 */
import { createCipheriv, createDecipheriv } from "node:crypto";
import { concat } from "./bytes.ts";
import { PlacardError } from "./error.ts";
import { say } from "./said.ts";

const CHUNK = 1 << 16;
const TAG = 16;
const ALGORITHM = "chacha20-poly1305";
const LAST_FLAG = 11;

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Every piece it gives is the caller's own. */
export async function* sealChunks(key: Uint8Array, pieces: Pieces): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const nonce = new Uint8Array(12);
  for await (const { chunk, isLast } of inChunks(pieces, CHUNK)) {
    if (isLast) nonce[LAST_FLAG] = 1;
    const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG });
    yield concat(cipher.update(chunk), cipher.final(), cipher.getAuthTag());
    count(nonce);
  }
}

/** Nothing is given that was not authenticated. Throws `mismatch` where a chunk was altered, or the end is missing. */
export async function* openChunks(key: Uint8Array, pieces: Pieces): AsyncGenerator<Uint8Array> {
  const nonce = new Uint8Array(12);
  let isFirst = true;
  for await (const { chunk, isLast } of inChunks(pieces, CHUNK + TAG)) {
    if (isLast) nonce[LAST_FLAG] = 1;
    const opened = openChunk(key, nonce, chunk);
    // Two files that say the same would otherwise differ.
    if (isLast && opened.length === 0 && !isFirst) throw altered();
    yield opened;
    count(nonce);
    isFirst = false;
  }
}

function openChunk(key: Uint8Array, nonce: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (chunk.length < TAG) throw altered();
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG });
  decipher.setAuthTag(chunk.subarray(chunk.length - TAG));
  const opened = decipher.update(chunk.subarray(0, chunk.length - TAG));
  try {
    decipher.final();
  } catch (cause) {
    throw altered(cause);
  }
  return opened;
}

/** Chunks of exactly `size` bytes and one last, which has what is left and is empty only where there is nothing at all. */
async function* inChunks(pieces: Pieces, size: number) {
  const buffer = new Uint8Array(size);
  let used = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      if (used === size) {
        yield { chunk: buffer, isLast: false };
        used = 0;
      }
      const length = Math.min(size - used, piece.length - at);
      buffer.set(piece.subarray(at, at + length), used);
      used += length;
      at += length;
    }
  }
  yield { chunk: buffer.subarray(0, used), isLast: true };
}

/** The first eleven bytes are one big-endian number. */
function count(nonce: Uint8Array): void {
  for (let i = LAST_FLAG - 1; i >= 0; i--) {
    nonce[i] = ((nonce[i] as number) + 1) & 0xff;
    if (nonce[i] !== 0) return;
  }
}

function altered(cause?: unknown): PlacardError {
  return new PlacardError("mismatch", say("damaged_since_made"), {
    ...(cause === undefined ? {} : { cause }),
    next: say("another_copy"),
  });
}
