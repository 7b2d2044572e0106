/**
 * The gzip member (RFC 1952) that a WARC record is written as. Its body is a deflate stream of its own, between two places where
 * any reader's next byte begins a block (RFC 1951 §3.2.4): it can stand behind another head as it lies there, and be kept once.
 */
import { constants, deflateRawSync } from "node:zlib";
import { concat, equal, utf8 } from "../../lib/bytes.ts";

/** A shorter body lies in one stream with its head: apart, both would take more than is ever spared. */
export const SHORTEST_APART = 1024;

/** What ends a record (ISO 28500:2017 §4). */
export const END = utf8("\r\n\r\n");

/** Deflate, no name, no time, no system. */
const MEMBER_HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
/** An empty stored block; a whole byte begins behind it. */
const FLUSHED = Uint8Array.of(0, 0, 0xff, 0xff);
/** The last block, stored: `END`. */
const LAST_BLOCK = concat(Uint8Array.of(1, END.length, 0, ~END.length & 255, 255), END);
const TRAILER_BYTES = 8;
/** A head that is longer when packed has no body that is looked for. */
const LONGEST_HEAD = 1 << 18;

/** For the compressor, so that what it gives is one of several streams in a member. */
export const APART = { finishFlush: constants.Z_SYNC_FLUSH } as const;

/** The member from its first byte to where its body's stream begins. */
export function memberStart(head: Uint8Array, level: number): Uint8Array {
  return concat(MEMBER_HEADER, deflateRawSync(head, { level, ...APART }));
}

/** The member from where its body's stream ends. `crc32` and `bytes`: of all that it unpacks to, `END` included. */
export function memberEnd(crc32: number, bytes: number): Uint8Array {
  const trailer = new DataView(new ArrayBuffer(TRAILER_BYTES));
  trailer.setUint32(0, crc32, true);
  trailer.setUint32(4, bytes % 2 ** 32, true);
  return concat(LAST_BLOCK, new Uint8Array(trailer.buffer));
}

/** Where the body's stream would lie in a member; undefined where there is none. Whoever uses it must look whether it is what is wanted. */
export async function findBody(member: Blob): Promise<{ readonly from: number; readonly bytes: number } | undefined> {
  const end = member.size - LAST_BLOCK.length - TRAILER_BYTES;
  if (end <= 0 || !equal(await bytesOf(member.slice(end, end + LAST_BLOCK.length)), LAST_BLOCK)) return undefined;
  const start = Buffer.from(await bytesOf(member.slice(0, Math.min(end, LONGEST_HEAD))));
  const at = start.indexOf(FLUSHED, MEMBER_HEADER.length);
  const from = at + FLUSHED.length;
  return at < 0 || from >= end ? undefined : { from, bytes: end - from };
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
