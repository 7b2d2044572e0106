/**
 * Holds a PNG (W3C PNG, third edition) to the one form that a browser's screenshot has, before a decoder sees it: 8-bit RGB or
 * RGBA, not interlaced, its image data exactly as long as its size asks for. What passes is rebuilt from the header and
 * the image data alone, so that nothing else in the file (profiles, texts, animation) reaches the decoder.
 */
import { inflateSync } from "node:zlib";
import { PlacardError } from "../lib/error.ts";
import { tileCount } from "../verify/picture.ts";

const LONGEST_PNG = 1 << 28;
const SIGNATURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_LENGTH = 13;
/** Browsers cut the image data into pieces of 8 KiB; this is twice as many as fit the longest file. */
const MOST_CHUNKS = 1 << 16;
/** Colour types (§11.2.1) we take, and the bytes a pixel has in each. */
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** Length, type, data and CRC. */
  readonly whole: Uint8Array;
}

/** Throws `malformed`, `too_large`, and `unsupported` for another kind of picture. */
export function plainPng(png: Uint8Array): Uint8Array {
  if (png.length > LONGEST_PNG) throw new PlacardError("too_large", "The picture's file is larger than 256 MiB.");
  if (SIGNATURE.some((byte, i) => png[i] !== byte)) throw malformed("is not a PNG");
  const chunks = readChunks(png);
  const [header] = chunks;
  const end = chunks.at(-1);
  if (header?.type !== "IHDR" || header.data.length !== HEADER_LENGTH || end?.type !== "IEND") {
    throw malformed("does not begin and end as a PNG does");
  }
  const image = chunks.filter(({ type }) => type === "IDAT");
  const strange = chunks.slice(1, -1).find(({ type }) => type !== "IDAT" && mattersToPixels(type));
  if (strange !== undefined) throw unsupported();
  requireLength(image, imageLength(header.data));
  return Buffer.concat([SIGNATURE, header.whole, ...image.map(({ whole }) => whole), end.whole]);
}

/** Critical chunks (§5.4: a capital first letter), and transparency. */
function mattersToPixels(type: string): boolean {
  return /^[A-Z]/.test(type) || type === "tRNS";
}

function readChunks(png: Uint8Array): readonly Chunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    if (at + 12 > png.length) throw malformed("ends early");
    const after = at + 12 + view.getUint32(at);
    if (after > png.length) throw malformed("ends early");
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (chunks.length === MOST_CHUNKS) throw new PlacardError("too_large", "The picture is cut into too many pieces.");
    chunks.push({ type, data: png.subarray(at + 8, after - 4), whole: png.subarray(at, after) });
    at = after;
  }
  return chunks;
}

/** Length of the unpacked image data: each row has a byte for its filter (§7.3). */
function imageLength(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  tileCount({ width, height });
  const [depth, colour, compression, filter, interlace] = header.subarray(8);
  const channels = CHANNELS[colour as number];
  if (depth !== 8 || channels === undefined || compression !== 0 || filter !== 0 || interlace !== 0) {
    throw unsupported();
  }
  return height * (1 + width * channels);
}

/** A small file can unpack to a thousand times its size; the decoder would take it all in. */
function requireLength(image: readonly Chunk[], length: number): void {
  let unpacked = -1;
  try {
    unpacked = inflateSync(Buffer.concat(image.map(({ data }) => data)), { maxOutputLength: length }).length;
  } catch (cause) {
    throw malformed("cannot be unpacked to the size it states", cause);
  }
  if (unpacked !== length) throw malformed("has fewer pixels than it states");
}

function malformed(why: string, cause?: unknown): PlacardError {
  return new PlacardError("malformed", `The picture ${why}.`, { cause });
}

function unsupported(): PlacardError {
  return new PlacardError("unsupported", "The picture is not a plain 8-bit RGB or RGBA PNG.");
}
