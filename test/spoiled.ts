/** The worst that may become of bytes on their way, by the contract of src/lib/pieces.ts. */
import type { SpooledBytes } from "../src/capture/netlog/exchange.ts";

const SPOILT = 0xa5;

/** The same pieces, each written over as soon as the next is asked for or the reader leaves: who kept one has something else. */
export async function* spoiled(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const piece of pieces) {
    const given = new Uint8Array(piece);
    try {
      yield given;
    } finally {
      given.fill(SPOILT);
    }
  }
}

/** A body that comes in pieces of `step` bytes, which are spoilt. */
export function spoiledBody(bytes: Uint8Array, step = 1 << 16): SpooledBytes {
  const pieces = function* () {
    for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
  };
  return { length: bytes.length, chunks: () => spoiled(pieces()) };
}
