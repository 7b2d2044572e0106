/** One WARC record (ISO 28500:2017 §4), written as a gzip member of its own. */
import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createGzip, gzip, gzipSync, type ZlibOptions } from "node:zlib";
import { concat, utf8 } from "../lib/bytes.ts";
import type { PendingFile } from "../lib/durable.ts";
import type { Lookup } from "./lookup.ts";
import type { Header } from "./netlog/exchange.ts";

/** Where a record stands in the file, and what an index (CDXJ) says of it. */
export interface WarcEntry {
  readonly type: "warcinfo" | "request" | "response" | "revisit" | "metadata";
  /** "<urn:uuid:…>". */
  readonly id: string;
  /** RFC 3339 with milliseconds. */
  readonly date: string;
  /** Bytes from the start of the file; each record is a gzip member of its own. */
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly method?: string;
  readonly status?: number;
  /** Media type of the response without parameters, lower case. */
  readonly mime?: string;
  /** "sha256:<hex>" of the entity (no transfer coding, content codings kept). */
  readonly payloadDigest?: string;
  readonly truncated?: boolean;
  /** Of a request that is no GET. */
  readonly lookup?: Lookup;
}

type Bytes = () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A record before its place in the file is known. */
export interface RecordDraft {
  readonly type: WarcEntry["type"];
  readonly date: string;
  readonly contentType: string;
  readonly headers: readonly Header[];
  readonly block: Bytes;
  readonly blockDigest: string;
  /** What the entry says beyond type, id, date and place. */
  readonly about: Partial<WarcEntry>;
}

/** A UUID of version 8 (RFC 9562 §5.8) from what the record says and where, so that nothing about a file is left to chance. */
export function recordId(draft: RecordDraft, place: number): string {
  const said = JSON.stringify([place, draft.type, draft.date, draft.headers, draft.blockDigest]);
  const bytes = createHash("sha256").update(said).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `<urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")}>`;
}

const END = utf8("\r\n\r\n");
/** What is longer is never held in memory as a whole. */
export const HELD_BYTES = 1 << 20;
/** Of what the compressor gives at a time: each costs a change of threads. */
const OUTPUT_BYTES = 1 << 16;
const SAMPLE_BYTES = 1 << 14;
/** Bits a byte says: what says more was compressed before, and deflate would make it no more than a twentieth shorter. */
const DENSE = 7.6;
/** Of text it makes a thirtieth more than the usual 6, in little more than half the time. */
const LEVEL = 4;

/** What is shorter is compressed sooner than another thread is asked to. */
const SHORT_BYTES = 1 << 14;

const compress = promisify(gzip);

/** Writes the record at the end of the file; returns the length of its gzip member. */
export type WriteRecord = (file: PendingFile) => Promise<number>;

/** Reads a record and begins to compress it, on a thread of its own; what it returns is to be called once. Throws `storage`. */
export async function startRecord(draft: RecordDraft, id: string, more: readonly Header[]): Promise<WriteRecord> {
  const { pieces, length, held } = await beginningOf(draft.block);
  const head = headOf(draft, id, more, length);
  const options = { level: levelFor(pieces.at(-1)), chunkSize: OUTPUT_BYTES };
  if (held < length) return (file) => writeStreamed(file, head, draft.block, options);
  const bytes = concat(head, ...pieces, END);
  const member = bytes.length > SHORT_BYTES ? compress(bytes, options) : Promise.resolve(gzipSync(bytes, options));
  return async (file) => {
    await file.write(await member);
    return (await member).length;
  };
}

async function writeStreamed(file: PendingFile, head: Uint8Array, block: Bytes, options: ZlibOptions): Promise<number> {
  const whole = async function* () {
    yield head;
    yield* block();
    yield END;
  };
  let length = 0;
  await pipeline(whole, createGzip(options), async (chunks: AsyncIterable<Uint8Array>) => {
    for await (const chunk of chunks) {
      await file.write(chunk);
      length += chunk.length;
    }
  });
  return length;
}

interface Beginning {
  /** The first bytes of a block, all of it where it is short … */
  readonly pieces: readonly Uint8Array[];
  readonly held: number;
  /** … and how long it is: that stands before it. */
  readonly length: number;
}

async function beginningOf(block: Bytes): Promise<Beginning> {
  const pieces: Uint8Array[] = [];
  let held = 0;
  let length = 0;
  for await (const piece of block()) {
    if (length < HELD_BYTES) held += pieces[pieces.push(piece) - 1]?.length ?? 0;
    length += piece.length;
  }
  return { pieces, held, length };
}

/** Most of what pages are made of is compressed already: doing that again took longer than all else, for nothing. */
function levelFor(bytes: Uint8Array = END): number {
  return bitsAByte(bytes.subarray(0, SAMPLE_BYTES)) < DENSE ? LEVEL : 0;
}

/** Shannon's entropy of single bytes. */
function bitsAByte(bytes: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const byte of bytes) (counts[byte] as number) += 1;
  return counts.reduce(
    (sum, count) => (count === 0 ? sum : sum - (count / bytes.length) * Math.log2(count / bytes.length)),
    0,
  );
}

function headOf(draft: RecordDraft, id: string, more: readonly Header[], length: number): Uint8Array {
  const headers: readonly Header[] = [
    ["WARC-Type", draft.type],
    ["WARC-Record-ID", id],
    ["WARC-Date", draft.date],
    ...draft.headers,
    ...more,
    ["WARC-Block-Digest", draft.blockDigest],
    ["Content-Type", draft.contentType],
    ["Content-Length", String(length)],
  ];
  return utf8(`WARC/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
}
