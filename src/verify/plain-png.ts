/**
 * Reads a PNG (W3C PNG, third edition) of one form only, the same in Node and in a browser: 8-bit RGB, no row filtered, and
 * nothing in the file but header, one piece of image data, and end. A reader of what was redacted must know that there is no
 * other place in which something could lie: no text, no time, no thumbnail, no second picture.
 */
import { equal } from "../lib/bytes.ts";
import { crc32 } from "../lib/crc32.ts";
import { PlacardError } from "../lib/error.ts";
import { inflate } from "./inflate.ts";
import { type Picture, tileCount } from "./picture.ts";

/** Pixels; screenshots are painted to 24 million at most. */
const MOST_PIXELS = 1 << 25;
const SIGNATURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** 8 bits, RGB, deflate, filters, not interlaced. */
const FORM = new Uint8Array([8, 2, 0, 0, 0]);
const IHDR_BYTES = 13;
const CHUNK_BYTES = 12;
const HEAD_BYTES = SIGNATURE.length + CHUNK_BYTES + IHDR_BYTES;
const END_BYTES = CHUNK_BYTES;
/** zlib's header (RFC 1950) and its checksum. */
const ZLIB_HEAD = 2;
const ZLIB_END = 4;
const ADLER_BASE = 65521;
/** So many additions stay below 2^32. */
const ADLER_RUN = 3800;

/** Throws `malformed`, `too_large`, `unsupported` (another kind of PNG). */
export async function readPlainPng(png: Blob): Promise<Picture> {
  const least = HEAD_BYTES + CHUNK_BYTES + ZLIB_HEAD + ZLIB_END + END_BYTES;
  if (png.size < least) throw malformed("is no PNG");
  const bytes = new Uint8Array(await png.slice(0, HEAD_BYTES + CHUNK_BYTES).arrayBuffer());
  if (!equal(bytes.subarray(0, SIGNATURE.length), SIGNATURE)) throw malformed("is no PNG");
  const { width, height } = sizeIn(chunkAt(bytes, SIGNATURE.length, "IHDR", IHDR_BYTES));
  const packedBytes = png.size - HEAD_BYTES - CHUNK_BYTES - END_BYTES;
  // Not larger than stored bytes would be: there is nothing else that it could be.
  if (packedBytes > storedBytes(height * (1 + 3 * width))) throw malformed("is longer than its size asks for");
  const rest = new Uint8Array(await png.slice(HEAD_BYTES).arrayBuffer());
  const image = chunkAt(rest, 0, "IDAT", packedBytes);
  chunkAt(rest, CHUNK_BYTES + packedBytes, "IEND", 0);
  return { width, height, rgb: await pixelsOf(image, width, height) };
}

function storedBytes(length: number): number {
  return ZLIB_HEAD + ZLIB_END + length + 5 * (1 + Math.ceil(length / 16_000));
}

/** The data of the chunk that must lie there. */
function chunkAt(bytes: Uint8Array, at: number, type: string, length: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
  if (view.getUint32(0) !== length || name !== type) throw unsupported();
  const covered = bytes.subarray(at + 4, at + 8 + length);
  if (view.getUint32(8 + length) !== crc32(covered)) throw malformed("is damaged");
  return covered.subarray(4);
}

function sizeIn(header: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(header.buffer, header.byteOffset);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  if (!equal(header.subarray(8), FORM)) throw unsupported();
  tileCount({ width, height });
  if (width * height > MOST_PIXELS)
    throw new PlacardError("too_large", `The picture has more than ${MOST_PIXELS} pixels.`);
  return { width, height };
}

async function pixelsOf(image: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const [method = 0, flags = 0] = image;
  if (method !== 0x78 || (256 * method + flags) % 31 !== 0 || (flags & 0x20) !== 0) throw unsupported();
  const across = 1 + 3 * width;
  const packed = new Blob([image.slice(ZLIB_HEAD, image.length - ZLIB_END)]);
  const rows = await inflate(packed, height * across).catch((cause: unknown) => {
    throw malformed("cannot be unpacked", cause);
  });
  if (rows?.length !== height * across) throw malformed("has another number of pixels than it states");
  const sum = new DataView(image.buffer, image.byteOffset + image.length - ZLIB_END).getUint32(0);
  if (sum !== adler32(rows)) throw malformed("is damaged");
  for (let y = 0; y < height; y++) {
    if (rows[y * across] !== 0) throw unsupported();
    rows.copyWithin(3 * width * y, y * across + 1, (y + 1) * across);
  }
  return rows.subarray(0, 3 * width * height);
}

/** RFC 1950 §8.2. */
function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (let from = 0; from < bytes.length; from += ADLER_RUN) {
    const until = Math.min(bytes.length, from + ADLER_RUN);
    for (let i = from; i < until; i++) {
      low += bytes[i] as number;
      high += low;
    }
    low %= ADLER_BASE;
    high %= ADLER_BASE;
  }
  return high * 65536 + low;
}

function malformed(why: string, cause?: unknown): PlacardError {
  return new PlacardError("malformed", `The picture ${why}.`, { cause });
}

function unsupported(): PlacardError {
  return new PlacardError("unsupported", "The picture is no PNG of the one form that redacted pictures have.");
}
