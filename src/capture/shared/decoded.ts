/** A body as a page gets it: transfer and content codings undone, as far as it goes. */
import { Readable } from "node:stream";
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from "node:zlib";
import { scanChunks } from "../../lib/chunked.ts";
import { PlacardError } from "../../lib/error.ts";
import { copied } from "../../lib/pieces.ts";
import type { Header, SpooledBytes } from "../netlog/exchange.ts";
import { valuesOf } from "../netlog/head.ts";

/** What one body may unpack to; a bomb is not searched but left out. */
const MOST_DECODED = 1 << 30;

export interface Coded {
  readonly headers: readonly Header[];
  readonly body: SpooledBytes;
  /** Whether its chunk framing is still there. */
  readonly chunked: boolean;
}

export function codingsOf(headers: readonly Header[]): readonly string[] {
  return valuesOf(headers, "content-encoding")
    .flatMap((value) => value.split(","))
    .map((coding) => coding.trim().toLowerCase().replace(/^x-/, ""))
    .filter((coding) => coding !== "" && coding !== "identity");
}

/**
 * Throws `unsupported` for a coding we do not know, `malformed` where it is not in the coding it claims, `too_large`. A
 * body that breaks off gives what came until then. Each piece is good until the next is asked for.
 */
export async function* decodedBody({ headers, body, chunked }: Coded): AsyncGenerator<Uint8Array> {
  const codings = codingsOf(headers);
  let bytes: AsyncIterable<Uint8Array> = chunked ? withoutChunks(body) : body.chunks();
  for (const coding of codings.toReversed()) bytes = decoded(coding, bytes);
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (codings.length > 0 && length > MOST_DECODED) throw new PlacardError("too_large", "A body unpacks to too much.");
    yield chunk;
  }
}

async function* withoutChunks(body: SpooledBytes): AsyncGenerator<Uint8Array> {
  const scanner = scanChunks();
  for await (const bytes of body.chunks()) {
    const pieces: Uint8Array[] = [];
    scanner.push(bytes, (data) => pieces.push(data));
    yield* pieces;
  }
}

async function* decoded(coding: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = copied(bytes);
  const first = await iterator.next();
  if (first.done === true) return;
  const source = Readable.from(from(first.value, iterator), { objectMode: false });
  const decoder = decoderOf(coding, first.value);
  source.once("error", (error) => decoder.destroy(error));
  try {
    yield* source.pipe(decoder) as AsyncIterable<Uint8Array>;
  } catch (cause) {
    if (cause instanceof PlacardError) throw cause;
    throw new PlacardError("malformed", `A body is not in the coding ${coding} that it claims.`, { cause });
  } finally {
    source.destroy();
    decoder.destroy();
  }
}

async function* from(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function decoderOf(coding: string, first: Uint8Array) {
  const cutShort = { finishFlush: constants.Z_SYNC_FLUSH };
  switch (coding) {
    case "gzip":
      return createGunzip(cutShort);
    case "deflate":
      // Some servers send it without zlib's header, and browsers take both.
      return ((first[0] as number) & 0x0f) === 8 ? createInflate(cutShort) : createInflateRaw(cutShort);
    case "br":
      return createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH });
    case "zstd":
      return createZstdDecompress({ finishFlush: constants.ZSTD_e_flush });
    default:
      throw new PlacardError("unsupported", `We cannot look into a body in the coding ${coding}.`);
  }
}
