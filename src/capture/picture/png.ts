/**
 * Reads a PNG (W3C PNG, third edition) of the one form that a browser's screenshot has: 8-bit RGB or RGBA, not
 * interlaced, its image data exactly as long as its size asks for. Only the header and the image data are looked at;
 * nothing else in the file (profiles, texts, animation) has a say.
 */
import { promisify } from "node:util";
import { crc32, inflate } from "node:zlib";
import { giveBack } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { tileCount } from "../../verify/picture.ts";
import { unfiltered } from "./png-filters.ts";

const LONGEST_PNG = 1 << 28;
export const PNG_SIGNATURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_LENGTH = 13;
/** Browsers cut the image data into pieces of 8 KiB; this is twice as many as fit the longest file. */
const MOST_CHUNKS = 1 << 16;
/** Made room for at once when unpacking, in bytes: in small pieces most of the time goes to putting them together. */
const MOST_ROOM = 1 << 27;
const LEAST_ROOM = 64;
const unpack = promisify(inflate);
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

export interface Pixels extends Header {
  /** Row by row, a byte a channel. */
  readonly data: Uint8Array;
}

/** Throws `malformed`, `too_large`, and `unsupported` for another kind of picture. */
export async function decodePng(png: Uint8Array): Promise<Pixels> {
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
  const data = unfiltered({ ...read, filtered: await unpacked(image, read) });
  if (data === undefined) throw malformed("has a row with no filter we know");
  return { ...read, data };
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

/** The image data: each row has a byte for its filter (§7.3). A small file could unpack to a thousand times its size. */
async function unpacked(image: readonly Chunk[], { width, height, channels }: Header): Promise<Uint8Array> {
  const length = height * (1 + width * channels);
  let bytes: Uint8Array;
  try {
    // One more than it takes: a buffer that is full has another made after it.
    const chunkSize = Math.min(Math.max(length + 1, LEAST_ROOM), MOST_ROOM);
    const packed = Buffer.concat(image.map(({ data }) => data));
    bytes = await unpack(packed, { maxOutputLength: length, chunkSize });
    giveBack(packed);
  } catch (cause) {
    throw malformed("cannot be unpacked to the size it states", cause);
  }
  if (bytes.length !== length) throw malformed("has fewer pixels than it states");
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function malformed(why: string, cause?: unknown): PlacardError {
  return new PlacardError("malformed", `The picture ${why}.`, { cause });
}

function unsupported(): PlacardError {
  return new PlacardError("unsupported", "The picture is not a plain 8-bit RGB or RGBA PNG.");
}
