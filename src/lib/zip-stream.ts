/**
 * Reads a ZIP front to back, of the one form that zip-writer.ts writes, every byte of it: what has no place in that form is
 * refused. For files that come as a stream, whose directory is known only at the end.
 */
import { crc32 } from "node:zlib";
import { concat, equal, fromUtf8 } from "./bytes.ts";

import { PlacardError } from "./error.ts";
import { PieceReader } from "./piece-reader.ts";
import { say } from "./said.ts";
import { centralHeader, type Described, endOfDirectory, localHeader } from "./zip-writer.ts";

const LOCAL = 0x04034b50;
const FIXED = 30;
const MAX_32 = 0xffffffff;
const LONGEST_NAME = 1024;

export interface StreamedMember extends Described {
  /** Read once, and before the next member is asked for; each piece is good until the next. Throws `mismatch`. */
  chunks(): AsyncGenerator<Uint8Array>;
}

export interface ZipStreamOptions {
  /** No more members than this; throws `too_large`. Asked again at each. */
  readonly most: () => number;
}

/** Members in order; what of one was not read is read over. Throws `malformed`, `mismatch`, `too_large`. */
export async function* readZipStream(
  pieces: AsyncIterable<Uint8Array>,
  { most }: ZipStreamOptions,
): AsyncGenerator<StreamedMember> {
  await using reader = new PieceReader(pieces);
  const placed: { readonly member: Described; readonly offset: number }[] = [];
  for (;;) {
    const offset = reader.at;
    const mark = await reader.take(4);
    if (asView(mark).getUint32(0, true) !== LOCAL) return await readDirectory(reader, mark, placed, offset);
    if (placed.length >= most()) throw new PlacardError("too_large", say("archive_more_members"));
    const member = await readLocal(reader, mark);
    placed.push({ member, offset });
    const contents = readContents(reader, member);
    yield { ...member, chunks: () => contents };
    for await (const _ of contents);
  }
}

async function* readContents(
  reader: PieceReader,
  { name, bytes, crc32: wanted }: Described,
): AsyncGenerator<Uint8Array> {
  let crc = 0;
  for await (const piece of reader.pass(bytes)) {
    crc = crc32(piece, crc);
    yield piece;
  }
  if (crc !== wanted) throw new PlacardError("mismatch", say("entry_damaged", { name: JSON.stringify(name) }));
}

async function readLocal(reader: PieceReader, mark: Uint8Array): Promise<Described> {
  const fixed = concat(mark, await reader.take(FIXED - mark.length));
  const header = asView(fixed);
  const nameLength = header.getUint16(26, true);
  const extraLength = header.getUint16(28, true);
  if (nameLength > LONGEST_NAME || extraLength > 20) throw notOurs();
  const name = await reader.take(nameLength);
  const extra = await reader.take(extraLength);
  const short = header.getUint32(22, true);
  const bytes = short === MAX_32 && extraLength === 20 ? Number(asView(extra).getBigUint64(4, true)) : short;
  const member = { name: fromUtf8(name, "a member's name"), bytes, crc32: header.getUint32(14, true) };
  if (!Number.isSafeInteger(bytes) || !equal(localHeader(member), concat(fixed, name, extra))) throw notOurs();
  return member;
}

async function readDirectory(
  reader: PieceReader,
  mark: Uint8Array,
  placed: readonly { readonly member: Described; readonly offset: number }[],
  offset: number,
): Promise<void> {
  let length = 0;
  let read: Uint8Array = mark;
  const next = async (expected: Uint8Array): Promise<void> => {
    const got = concat(read, await reader.take(expected.length - read.length));
    read = new Uint8Array();
    if (!equal(got, expected)) throw notOurs();
  };
  for (const place of placed) {
    const header = centralHeader(place);
    length += header.length;
    await next(header);
  }
  await next(endOfDirectory(placed.length, length, offset));
  if (!(await reader.isAtEnd())) throw notOurs();
}

const asView = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

function notOurs(): PlacardError {
  return new PlacardError("malformed", say("archive_other_form"));
}
