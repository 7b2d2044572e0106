/** One WARC record (ISO 28500:2017 §4), written as a gzip member of its own. */
import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { crc32, createDeflateRaw, deflateRaw, deflateRawSync, gzipSync, type ZlibOptions } from "node:zlib";
import { concat, utf8 } from "../../lib/bytes.ts";
import { deflateStored } from "../../lib/deflate-stored.ts";
import type { PendingFile } from "../../lib/durable.ts";
import { copied } from "../../lib/pieces.ts";
import type { Header, SpooledBytes } from "../netlog/exchange.ts";
import type { Lookup } from "./lookup.ts";
import { APART, END, memberEnd, memberStart, SHORTEST_APART } from "./record-member.ts";

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

/** A record before its place in the file is known. */
export interface RecordDraft {
  readonly type: WarcEntry["type"];
  readonly date: string;
  readonly contentType: string;
  readonly headers: readonly Header[];
  /** Of a block that is an HTTP message, what stands before its body; else empty. */
  readonly head: Uint8Array;
  readonly body: SpooledBytes;
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

const compress = promisify(deflateRaw);

export function inMemory(bytes: Uint8Array): SpooledBytes {
  return {
    length: bytes.length,
    async *chunks() {
      yield bytes;
    },
  };
}

/** Writes the record at the end of the file; returns the length of its gzip member. */
export type WriteRecord = (file: PendingFile) => Promise<number>;

/** Reads a record and begins to compress it, on a thread of its own; what it returns is to be called once. Throws `storage`. */
export async function startRecord(draft: RecordDraft, id: string, more: readonly Header[]): Promise<WriteRecord> {
  const head = headOf(draft, id, more);
  const pieces = await beginningOf(draft.body);
  const options = { level: levelFor(pieces.at(-1)), chunkSize: OUTPUT_BYTES };
  if (draft.body.length > HELD_BYTES) return (file) => writeStreamed(file, head, draft.body, options);
  const body = concat(...pieces);
  const member =
    body.length < SHORTEST_APART
      ? gzipSync(concat(head, body, END), options)
      : memberOf(head, body, { ...options, ...APART });
  return async (file) => {
    const bytes = await member;
    await file.write(bytes);
    return bytes.length;
  };
}

async function memberOf(head: Uint8Array, body: Uint8Array, options: ZlibOptions): Promise<Uint8Array> {
  const packed = body.length > SHORT_BYTES ? compress(body, options) : deflateRawSync(body, options);
  const crc = crc32(END, crc32(body, crc32(head)));
  return concat(memberStart(head, LEVEL), await packed, memberEnd(crc, head.length + body.length + END.length));
}

async function writeStreamed(
  file: PendingFile,
  head: Uint8Array,
  body: SpooledBytes,
  options: ZlibOptions,
): Promise<number> {
  let crc = crc32(head);
  const summed = async function* () {
    for await (const chunk of body.chunks()) {
      crc = crc32(chunk, crc);
      yield chunk;
    }
  };
  let length = 0;
  const write = async (pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> => {
    for await (const piece of pieces) {
      await file.write(piece);
      length += piece.length;
    }
  };
  await write([memberStart(head, LEVEL)]);
  if (options.level === 0) await write(deflateStored(summed()));
  else await pipeline(copied(summed()), createDeflateRaw({ ...options, ...APART }), write);
  await write([memberEnd(crc32(END, crc), head.length + body.length + END.length)]);
  return length;
}

/** What a record's member would have around the stream of its body, and what all of it would unpack to. Throws `storage`. */
export async function frameOf(
  draft: RecordDraft,
  id: string,
  more: readonly Header[],
): Promise<{ readonly start: Uint8Array; readonly end: Uint8Array; readonly sha256: string; readonly bytes: number }> {
  const head = headOf(draft, id, more);
  const hash = createHash("sha256").update(head);
  let crc = crc32(head);
  for await (const chunk of draft.body.chunks()) {
    hash.update(chunk);
    crc = crc32(chunk, crc);
  }
  const bytes = head.length + draft.body.length + END.length;
  const sha256 = hash.update(END).digest("hex");
  return { start: memberStart(head, LEVEL), end: memberEnd(crc32(END, crc), bytes), sha256, bytes };
}

/** A body that is held in memory as a whole, or as much of another. */
async function beginningOf(body: SpooledBytes): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of copied(body.chunks())) {
    pieces.push(piece);
    length += piece.length;
    if (length > HELD_BYTES) break;
  }
  return pieces;
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

/** The WARC header, and of an HTTP message its head. */
function headOf(draft: RecordDraft, id: string, more: readonly Header[]): Uint8Array {
  const headers: readonly Header[] = [
    ["WARC-Type", draft.type],
    ["WARC-Record-ID", id],
    ["WARC-Date", draft.date],
    ...draft.headers,
    ...more,
    ["WARC-Block-Digest", draft.blockDigest],
    ["Content-Type", draft.contentType],
    ["Content-Length", String(draft.head.length + draft.body.length)],
  ];
  const text = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return concat(utf8(`WARC/1.1\r\n${text}\r\n`), draft.head);
}
