/**
 * Writes a ZIP whose every byte follows from its members: stored, in the order given, dates fixed, no data descriptors
 * (sizes and CRCs stand in the local headers), ZIP64 only where needed. PKWARE APPNOTE 6.3.
 */
import { concat, utf8 } from "./bytes.ts";

export interface ZipMember {
  readonly name: string;
  readonly bytes: number;
  readonly crc32: number;
  /** The contents, in pieces; read once. Each need be good only until the next is asked for. */
  chunks(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** 1980-01-01 00:00:00, the earliest a ZIP can say: when a member was packed is no fact of ours. */
const DATE = 0x0021;
const UTF8_NAMES = 0x0800;
const MAX_32 = 0xffffffff;
const MAX_16 = 0xffff;

/** What a member's headers say of it. */
export type Described = Pick<ZipMember, "name" | "bytes" | "crc32">;

interface Placed {
  readonly member: Described;
  readonly offset: number;
}

/** Each piece is good until the next is asked for. */
export async function* writeZip(members: readonly ZipMember[]): AsyncGenerator<Uint8Array> {
  const placed: Placed[] = [];
  let offset = 0;
  for (const member of members) {
    placed.push({ member, offset });
    const header = localHeader(member);
    yield header;
    yield* member.chunks();
    offset += header.length + member.bytes;
  }
  let length = 0;
  for (const place of placed) {
    const header = centralHeader(place);
    length += header.length;
    yield header;
  }
  yield endOfDirectory(placed.length, length, offset);
}

/** The header in front of a member. */
export function localHeader(member: Described): Uint8Array {
  const large = member.bytes >= MAX_32;
  const extra = large ? zip64Extra([member.bytes, member.bytes]) : new Uint8Array();
  return concat(fields([4, 0x04034b50]), common(member, large, extra), utf8(member.name), extra);
}

/** The directory's entry for a member whose local header lies at `offset`. */
export function centralHeader({ member, offset }: Placed): Uint8Array {
  const large = member.bytes >= MAX_32;
  const far = offset >= MAX_32;
  const extra =
    large || far
      ? zip64Extra([...(large ? [member.bytes, member.bytes] : []), ...(far ? [offset] : [])])
      : new Uint8Array();
  return concat(
    fields([4, 0x02014b50], [2, large || far ? 45 : 20]),
    common(member, large || far, extra, large),
    // No comment, disk 0, no attributes.
    fields([2, 0], [2, 0], [2, 0], [4, 0], [4, far ? MAX_32 : offset]),
    utf8(member.name),
    extra,
  );
}

/** What local and central headers share, from "version needed" to the length of the extra field. */
function common(member: Described, zip64: boolean, extra: Uint8Array, large = zip64): Uint8Array {
  const size = large ? MAX_32 : member.bytes;
  return fields(
    [2, zip64 ? 45 : 20],
    [2, UTF8_NAMES],
    [2, 0],
    [2, 0],
    [2, DATE],
    [4, member.crc32],
    [4, size],
    [4, size],
    [2, utf8(member.name).length],
    [2, extra.length],
  );
}

function zip64Extra(values: readonly number[]): Uint8Array {
  return fields([2, 1], [2, 8 * values.length], ...values.map((value) => [8, value] as const));
}

/** What closes the file, behind a directory of `count` entries and `length` bytes that begins at `offset`. */
export function endOfDirectory(count: number, length: number, offset: number): Uint8Array {
  const needs64 = count >= MAX_16 || length >= MAX_32 || offset >= MAX_32;
  const end64 = needs64
    ? fields(
        [4, 0x06064b50],
        [8, 44],
        [2, 45],
        [2, 45],
        [4, 0],
        [4, 0],
        [8, count],
        [8, count],
        [8, length],
        [8, offset],
      )
    : new Uint8Array();
  const locator = needs64 ? fields([4, 0x07064b50], [4, 0], [8, offset + length], [4, 1]) : new Uint8Array();
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, Math.min(count, MAX_16)],
    [2, Math.min(count, MAX_16)],
    [4, Math.min(length, MAX_32)],
    [4, Math.min(offset, MAX_32)],
    [2, 0],
  );
  return concat(end64, locator, end);
}

/** Little-endian unsigned integers of 2, 4 or 8 bytes. */
function fields(...values: readonly (readonly [width: 2 | 4 | 8, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of values) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}
