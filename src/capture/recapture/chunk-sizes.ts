/** How a body was cut into chunks (RFC 9112 §7.1), so that what lies elsewhere without them can be put together again as it came. */
import { createHash } from "node:crypto";
import { utf8 } from "../../lib/bytes.ts";
import { scanChunks } from "../../lib/chunked.ts";
import type { SpooledBytes } from "../netlog/exchange.ts";

const LINE_END = utf8("\r\n");
const SIZE = /^[0-9A-Fa-f]+$/;
/** Runs of chunks of one size: more of them are no saving worth having. */
const MOST_RUNS = 8192;
const RUNS_A_FIELD = 256;

/**
 * Sizes as they were written, those of a run once, the last one 0. Undefined where head and body are not, byte for byte, what these say:
 * where a chunk has an extension, a trailer follows, a line ends in another way; and where there are too many runs.
 */
export async function chunkSizes(
  body: SpooledBytes,
  block: { readonly head: Uint8Array; readonly blockDigest: string },
): Promise<readonly string[] | undefined> {
  const hash = createHash("sha256").update(block.head);
  const runs: { size: string; times: number }[] = [];
  const scanner = scanChunks();
  let ended = LINE_END.subarray(2);
  const startChunk = (size: string): void => {
    hash.update(ended).update(size).update(LINE_END);
    ended = LINE_END;
    const last = runs.at(-1);
    if (last?.size === size) last.times++;
    else runs.push({ size, times: 1 });
  };
  for await (const bytes of body.chunks()) {
    scanner.push(bytes, (data) => hash.update(data), startChunk);
    if (runs.length > MOST_RUNS) return undefined;
  }
  const digest = `sha256:${hash.update(LINE_END).digest("hex")}`;
  if (scanner.state !== "done" || digest !== block.blockDigest || !runs.every(({ size }) => SIZE.test(size)))
    return undefined;
  const words = runs.map(({ size, times }) => (times === 1 ? size : `${size}*${times}`));
  return Array.from({ length: Math.ceil(words.length / RUNS_A_FIELD) }, (_, at) =>
    words.slice(at * RUNS_A_FIELD, (at + 1) * RUNS_A_FIELD).join(" "),
  );
}
