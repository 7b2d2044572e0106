/**
 * Reads a PNG (W3C PNG, third edition) of the one form that a browser's screenshot has: 8-bit RGB or RGBA, not
 * interlaced, its image data exactly as long as its size asks for. Only the header and the image data are looked at;
 * nothing else in the file (profiles, texts, animation) has a say.
 */
import { crc32, createInflate } from "node:zlib";
import { giveBack } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { tileCount } from "../../verify/picture.ts";
import { unfiltered } from "./png-filters.ts";

const LONGEST_PNG = 1 << 28;
export const PNG_SIGNATURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_LENGTH = 13;
/** Browsers cut the image data into pieces of 8 KiB; this is twice as many as fit the longest file. */
const MOST_CHUNKS = 1 << 16;
/** Bytes unpacked at once. */
const PIECE = 1 << 18;
/** Colour types (§11.2.1) we take, and the bytes a pixel has in each. */
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** Whether its CRC, over type and data, is right. */
  readonly sound: boolean;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

export interface Png extends Header {
  /**
   * So many rows at a time from the top, in the end what is left of them, a byte a channel: good until the next are asked
   * for. To be asked for once. Throws `malformed`.
   */
  rows(atOnce: number): AsyncGenerator<Uint8Array>;
}

/** Throws `malformed`, `too_large`, and `unsupported` for another kind of picture. */
export function openPng(png: Uint8Array): Png {
  if (png.length > LONGEST_PNG) throw new PlacardError("too_large", "The picture's file is larger than 256 MiB.");
  if (PNG_SIGNATURE.some((byte, i) => png[i] !== byte)) throw malformed("is not a PNG");
  const chunks = readChunks(png);
  const [header] = chunks;
  const end = chunks.at(-1);
  if (header?.type !== "IHDR" || header.data.length !== HEADER_LENGTH || end?.type !== "IEND") {
    throw malformed("does not begin and end as a PNG does");
  }
  const image = chunks.filter(({ type }) => type === "IDAT");
  const strange = chunks.slice(1, -1).find(({ type }) => type !== "IDAT" && mattersToPixels(type));
  if (strange !== undefined) throw unsupported();
  if (![header, ...image, end].every(({ sound }) => sound)) throw malformed("is damaged");
  const read = readHeader(header.data);
  return { ...read, rows: (atOnce) => readRows(image, read, atOnce) };
}

/** The image data: each row has a byte for its filter (§7.3). */
async function* readRows(image: readonly Chunk[], { width, height, channels }: Header, atOnce: number) {
  const length = 1 + width * channels;
  const room = new Uint8Array(atOnce * length);
  const before = new Uint8Array(width * channels);
  let left = height * length;
  let filled = 0;
  for await (const piece of unpacked(image)) {
    // A small file could unpack to a thousand times its size.
    if (piece.length > left) throw malformed("cannot be unpacked to the size it states");
    left -= piece.length;
    for (let at = 0; at < piece.length; ) {
      const taken = piece.subarray(at, at + room.length - filled);
      room.set(taken, filled);
      at += taken.length;
      filled += taken.length;
      if (filled < room.length && (left > 0 || at < piece.length)) continue;
      const rows = unfiltered({ filtered: room.subarray(0, filled), before, channels });
      if (rows === undefined) throw malformed("has a row with no filter we know");
      before.set(rows.subarray(rows.length - before.length));
      filled = 0;
      yield rows;
    }
  }
  if (left > 0) throw malformed("has fewer pixels than it states");
}

/** Each piece is good until the next is asked for. */
async function* unpacked(image: readonly Chunk[]): AsyncGenerator<Uint8Array> {
  const packed = Buffer.concat(image.map(({ data }) => data));
  const inflate = createInflate({ chunkSize: PIECE });
  inflate.end(packed);
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) {
      yield piece;
      // One that is full has a buffer of its own.
      if (piece.length === PIECE) giveBack(piece);
    }
  } catch (cause) {
    throw malformed("cannot be unpacked", cause);
  } finally {
    inflate.destroy();
    giveBack(packed);
  }
}

/** Critical chunks (§5.4: a capital first letter), and transparency. */
function mattersToPixels(type: string): boolean {
  return /^[A-Z]/.test(type) || type === "tRNS";
}

function readChunks(png: Uint8Array): readonly Chunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const chunks: Chunk[] = [];
  for (let at = PNG_SIGNATURE.length; at < png.length; ) {
    if (at + 12 > png.length) throw malformed("ends early");
    const after = at + 12 + view.getUint32(at);
    if (after > png.length) throw malformed("ends early");
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (chunks.length === MOST_CHUNKS) throw new PlacardError("too_large", "The picture is cut into too many pieces.");
    const sound = crc32(png.subarray(at + 4, after - 4)) === view.getUint32(after - 4);
    chunks.push({ type, data: png.subarray(at + 8, after - 4), sound });
    at = after;
  }
  return chunks;
}

function readHeader(header: Uint8Array): Header {
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  tileCount({ width, height });
  const [depth, colour, compression, filter, interlace] = header.subarray(8);
  const channels = CHANNELS[colour as number];
  if (depth !== 8 || channels === undefined || compression !== 0 || filter !== 0 || interlace !== 0) {
    throw unsupported();
  }
  return { width, height, channels };
}

function malformed(why: string, cause?: unknown): PlacardError {
  return new PlacardError("malformed", `The picture ${why}.`, { cause });
}

function unsupported(): PlacardError {
  return new PlacardError("unsupported", "The picture is not a plain 8-bit RGB or RGBA PNG.");
}
