/** One record of a WARC file whose records are gzip members: where an index says it lies, unpacked and taken apart. */
import { latin1, toHex } from "../lib/bytes.ts";
import { scanChunks } from "../lib/chunked.ts";
import { PlacardError } from "../lib/error.ts";
import { startPureHash } from "../lib/sha256.ts";

const LONGEST_HEAD = 1 << 20;

export interface WarcMember {
  /** The WARC header's fields, names in lower case; of a repeated one the first. */
  readonly fields: ReadonlyMap<string, string>;
  /** SHA-256 of what follows the first empty line of the block (an HTTP message's body), lower-case hexadecimal. */
  readonly payload: string;
  /** The same of the body without its chunks' framing (RFC 9112 §7.1), where its head says that it has one. */
  readonly entity?: string;
}

/**
 * Unpacks `packed` as a stream and never holds more of it than its heads. `budget.left` is what may still be unpacked, of
 * this and other records. Throws `malformed`, `too_large`.
 */
export async function readWarcMember(packed: Blob, budget: { left: number }): Promise<WarcMember> {
  let heads: Heads | undefined;
  let read = "";
  let length = 0;
  const hash = startPureHash();
  let entity: EntityHash | undefined;
  const take = (payload: Uint8Array): void => {
    hash.update(payload);
    entity?.update(payload);
  };
  for await (const chunk of unpacked(packed)) {
    budget.left -= chunk.length;
    if (budget.left < 0) throw new PlacardError("too_large", "Its records unpack to more than is looked into.");
    const before = length;
    length += chunk.length;
    if (heads !== undefined) {
      take(within(chunk, before, heads));
      continue;
    }
    read += latin1(chunk);
    heads = headsOf(read);
    if (heads !== undefined) {
      if (heads.isChunked) entity = startEntityHash();
      take(within(bytesOf(read), 0, heads));
    } else if (read.length > LONGEST_HEAD) throw new PlacardError("too_large", "A record's head is longer than 1 MiB.");
  }
  // Two line ends follow each record.
  if (heads === undefined || length !== heads.end + 4) throw malformed("does not lie where the index says");
  const whole = entity?.digest();
  return { fields: heads.fields, payload: toHex(hash.digest()), ...(whole === undefined ? {} : { entity: whole }) };
}

interface EntityHash {
  update(bytes: Uint8Array): void;
  /** Undefined of a body that did not end as its chunks say. */
  digest(): string | undefined;
}

function startEntityHash(): EntityHash {
  const [scanner, hash] = [scanChunks(), startPureHash()];
  return {
    update: (bytes) => void scanner.push(bytes, (data) => hash.update(data)),
    digest: () => (scanner.state === "done" ? toHex(hash.digest()) : undefined),
  };
}

interface Heads {
  readonly fields: ReadonlyMap<string, string>;
  /** Where the payload begins and ends, counted from the record's first byte. */
  readonly start: number;
  readonly end: number;
  readonly isChunked: boolean;
}

/** Undefined until both heads are there. */
function headsOf(text: string): Heads | undefined {
  const block = text.indexOf("\r\n\r\n") + 4;
  const start = block < 4 ? -1 : text.indexOf("\r\n\r\n", block) + 4;
  if (start < 4) return undefined;
  const fields = fieldsOf(text.slice(0, block - 4));
  const announced = fields.get("content-length") ?? "";
  if (!/^\d{1,15}$/.test(announced)) throw malformed("does not say how long it is");
  const isChunked = /^transfer-encoding:[ \t]*chunked[ \t]*$/im.test(text.slice(block, start).replaceAll("\r", ""));
  return { fields, start, end: block + Number(announced), isChunked };
}

/** The part of `bytes`, which begin at `at`, that belongs to the payload. */
function within(bytes: Uint8Array, at: number, { start, end }: Heads): Uint8Array {
  return bytes.subarray(Math.max(0, start - at), Math.max(0, end - at));
}

async function* unpacked(packed: Blob): AsyncGenerator<Uint8Array> {
  try {
    yield* packed.stream().pipeThrough(new DecompressionStream("gzip")) as unknown as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw new PlacardError("malformed", "A record of the archive cannot be unpacked.", { cause });
  }
}

function fieldsOf(head: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const [version = "", ...lines] = head.split("\r\n");
  if (!/^WARC\/1\.[01]$/.test(version)) throw malformed("is no WARC record");
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function malformed(why: string): PlacardError {
  return new PlacardError("malformed", `A record of the archive ${why}.`);
}
