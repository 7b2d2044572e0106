import { scanChunks } from "../../lib/chunked.ts";
import type { Exchange } from "./exchange.ts";
import { valuesOf } from "./head.ts";

/** Whether the response's body carries a transfer coding (chunks), as HTTP/1.1 servers like to send it. */
export function isTransferCoded(exchange: Exchange): boolean {
  return exchange.form === "wire" && valuesOf(exchange.responseHeaders, "transfer-encoding").length > 0;
}

/**
 * The response's entity: the body without chunk framing (RFC 9112 §7.1), content codings untouched. Of a body that
 * breaks off or off the rails, what came until then. Each piece is good until the next is asked for.
 */
export async function* entityOf(exchange: Exchange): AsyncGenerator<Uint8Array> {
  if (!isTransferCoded(exchange)) {
    yield* exchange.responseBody.chunks();
    return;
  }
  const scanner = scanChunks();
  for await (const bytes of exchange.responseBody.chunks()) {
    const pieces: Uint8Array[] = [];
    scanner.push(bytes, (data) => pieces.push(data));
    yield* pieces;
  }
}
