/**
 * Long bytes in pieces: each is good until the next is asked for, so that one buffer serves for all of them
 * (docs/decisions/0030-a-piece-is-good-until-the-next-is-asked-for.md). Who reads such pieces is tested with test/spoiled.ts.
 */
import { open } from "node:fs/promises";
import { PlacardError } from "./error.ts";

const PIECE = 1 << 18;

/**
 * The bytes of a file in order. Of a buffer a piece, those that wait to be collected would be many times as much. Throws
 * `storage`.
 */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const cannot = (cause: unknown): PlacardError => new PlacardError("storage", `Could not read ${path}.`, { cause });
  const file = await open(path).catch((cause: unknown) => {
    throw cannot(cause);
  });
  try {
    const { size } = await file.stat();
    const buffer = new Uint8Array(Math.min(Math.max(size, 1), PIECE));
    for (;;) {
      const { bytesRead } = await file.read(buffer).catch((cause: unknown) => {
        throw cannot(cause);
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** For a stream, and whoever else holds on to what he was given. */
export async function* copied(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const piece of pieces) yield new Uint8Array(piece);
}

/** All of them in one. */
export async function whole(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Buffer> {
  const kept: Uint8Array[] = [];
  for await (const piece of copied(pieces)) kept.push(piece);
  return Buffer.concat(kept);
}
