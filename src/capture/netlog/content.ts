/** What a response was about: its body without transfer coding and without content codings (RFC 9110 §8.4). */
import { pipeline, Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from "node:zlib";
import { PlacardError } from "../../lib/error.ts";
import { copied, whole } from "../../lib/pieces.ts";
import { entityOf } from "./entity.ts";
import type { Exchange } from "./exchange.ts";
import { valuesOf } from "./head.ts";

const DECODERS: ReadonlyMap<string, () => NodeJS.ReadWriteStream> = new Map<string, () => NodeJS.ReadWriteStream>([
  ["gzip", createGunzip],
  ["x-gzip", createGunzip],
  ["br", createBrotliDecompress],
  ["zstd", createZstdDecompress],
  ["deflate", createInflate],
]);
/** Nobody codes a body more often than this, but to exhaust whoever decodes it. */
const MOST_CODINGS = 2;

/**
 * Streams the content; never more of it than `most` bytes. Each piece is good until the next is asked for. Throws `unsupported` for a coding we do not know, `malformed`
 * where the body is not in it, `too_large`, and `storage`.
 */
export async function* contentOf(exchange: Exchange, most: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of decoded(exchange)) {
    length += chunk.length;
    if (length > most) throw new PlacardError("too_large", `The content is larger than ${most} bytes.`);
    yield chunk;
  }
}

/** The content whole, in memory. Throws as `contentOf` does. */
export async function contentWhole(exchange: Exchange, most: number): Promise<Uint8Array> {
  return whole(contentOf(exchange, most));
}

async function* decoded(exchange: Exchange): AsyncGenerator<Uint8Array> {
  const codings = codingsOf(exchange);
  if (codings.length === 0) {
    yield* entityOf(exchange);
    return;
  }
  if (codings.length > MOST_CODINGS) throw new PlacardError("unsupported", "The content is coded too many times over.");
  const decoders = codings.toReversed().map((coding) => {
    const decoder = DECODERS.get(coding);
    if (decoder === undefined) throw new PlacardError("unsupported", `We cannot decode “${coding.slice(0, 40)}”.`);
    return decoder();
  });
  const source = Readable.from(copied(entityOf(exchange)), { objectMode: false });
  // A reader who stops early destroys the last stream, and with it all before.
  const last = pipeline([source, ...decoders], () => undefined) as unknown as AsyncIterable<Uint8Array>;
  try {
    yield* last;
  } catch (cause) {
    if (cause instanceof PlacardError) throw cause;
    throw new PlacardError("malformed", "The content is not in the coding that its server states.", { cause });
  }
}

/** In the order in which they were applied. */
function codingsOf(exchange: Exchange): readonly string[] {
  return valuesOf(exchange.responseHeaders, "content-encoding")
    .join(",")
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
}
