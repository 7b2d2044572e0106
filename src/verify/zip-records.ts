/** The records of a ZIP file (PKWARE APPNOTE 6.3 §4.3), each parsed on its own and held to what it says itself. */
import { fromUtf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";

export type Method = "stored" | "deflated";

/** What the end of the file says of its directory. */
export interface End {
  readonly count: number;
  readonly offset: number;
  readonly length: number;
}

/** One entry of the directory. */
export interface Central {
  readonly name: string;
  readonly rawName: Uint8Array;
  readonly flags: number;
  readonly method: Method;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where the local header begins. */
  readonly offset: number;
  /** Of this entry in the directory. */
  readonly length: number;
  /** Flags, method, time and date: the eight bytes that the local header repeats. */
  readonly repeated: Uint8Array;
}

export const END_BYTES = 22;
export const LOCATOR_BYTES = 20;
export const END64_BYTES = 56;
export const LOCAL_BYTES = 30;
export const DESCRIPTOR_FLAG = 0b1000;
const CENTRAL_BYTES = 46;
const MAX_32 = 0xffffffff;
const MAX_16 = 0xffff;
const LONGEST_NAME = 512;
/** Bits a member may have: deflate's speed hints (1, 2), a data descriptor (3), a name in UTF-8 (11). */
const ALLOWED_FLAGS = 0b1000_0000_1110;
const UTF8_FLAG = 0b1000_0000_0000;
/** 4.5, the version that brought ZIP64; later ones brought what is not taken here. */
const NEWEST_VERSION = 45;
const ZIP64_FIELD = 1;
/** Info-ZIP's Unicode path: other readers take the name in it and not the one in the header. */
const OTHER_NAME_FIELD = 0x7075;

/** The end record, in the last 22 bytes: no comment may follow it. */
export function readEnd(bytes: Uint8Array): End {
  const end = view(bytes);
  if (end.getUint32(0, true) !== 0x06054b50) throw malformed("it does not end as a ZIP does, or something follows it");
  if (end.getUint16(4, true) !== 0 || end.getUint16(6, true) !== 0) throw unsupported("it is one of several parts");
  const count = end.getUint16(10, true);
  if (end.getUint16(8, true) !== count || end.getUint16(20, true) !== 0) throw malformed("its end contradicts itself");
  return { count, length: end.getUint32(12, true), offset: end.getUint32(16, true) };
}

export function needsEnd64({ count, length, offset }: End): boolean {
  return count === MAX_16 || length === MAX_32 || offset === MAX_32;
}

/** The ZIP64 end record and its locator, which lie at `start`; `short` is what the end record says. */
export function readEnd64(bytes: Uint8Array, start: number, short: End): End {
  const end = view(bytes);
  const holds =
    end.getUint32(0, true) === 0x06064b50 &&
    number64(end, 4) === END64_BYTES - 12 &&
    end.getUint32(16, true) === 0 &&
    end.getUint32(20, true) === 0 &&
    number64(end, 24) === number64(end, 32) &&
    end.getUint32(END64_BYTES, true) === 0x07064b50 &&
    end.getUint32(END64_BYTES + 4, true) === 0 &&
    number64(end, END64_BYTES + 8) === start &&
    end.getUint32(END64_BYTES + 16, true) === 1;
  const long = { count: number64(end, 32), length: number64(end, 40), offset: number64(end, 48) };
  const agrees =
    isWidened(short.count, MAX_16, long.count) &&
    isWidened(short.length, MAX_32, long.length) &&
    isWidened(short.offset, MAX_32, long.offset);
  if (!holds || !agrees) throw malformed("its end contradicts itself");
  return long;
}

function isWidened(short: number, most: number, long: number): boolean {
  return short === most || short === long;
}

/** The directory's entry at `at`. */
export function readCentral(directory: Uint8Array, at: number): Central {
  if (at + CENTRAL_BYTES > directory.length) throw malformed("its directory ends early");
  const bytes = view(directory.subarray(at));
  const nameLength = bytes.getUint16(28, true);
  const extraAt = at + CENTRAL_BYTES + nameLength;
  const end = extraAt + bytes.getUint16(30, true);
  const comment = bytes.getUint16(32, true);
  if (bytes.getUint32(0, true) !== 0x02014b50 || end > directory.length || comment !== 0 || nameLength > LONGEST_NAME) {
    throw malformed("its directory is broken");
  }
  if (bytes.getUint16(34, true) !== 0) throw unsupported("it is one of several parts");
  const rawName = directory.subarray(at + CENTRAL_BYTES, extraAt);
  const flags = bytes.getUint16(8, true);
  const name = checkedName(rawName, (flags & UTF8_FLAG) !== 0);
  const short = {
    bytes: bytes.getUint32(24, true),
    packedBytes: bytes.getUint32(20, true),
    offset: bytes.getUint32(42, true),
  };
  const sizes = widen(short, directory.subarray(extraAt, end), name);
  if ((flags & ~ALLOWED_FLAGS) !== 0 || bytes.getUint16(6, true) > NEWEST_VERSION) {
    throw unsupported(`${quote(name)} is encrypted or packed in a way we do not take`);
  }
  // Unix file types: none said, or a regular file; a link leads elsewhere.
  if (![0, 8].includes(bytes.getUint16(40, true) >> 12)) throw malformed(`${quote(name)} is no plain file`);
  const method = methodOf(bytes.getUint16(10, true), name);
  if (method === "stored" && sizes.bytes !== sizes.packedBytes) throw contradicts(name);
  const repeated = directory.slice(at + 8, at + 16);
  return { name, rawName, flags, method, crc32: bytes.getUint32(16, true), ...sizes, length: end - at, repeated };
}

/** CRC and sizes in a local header whose fixed part and extra field are given. */
export function readLocalSizes(
  fixed: Uint8Array,
  extra: Uint8Array,
  central: Central,
): Omit<Sizes, "offset"> & { readonly crc32: number } {
  const bytes = view(fixed);
  const short = { bytes: bytes.getUint32(22, true), packedBytes: bytes.getUint32(18, true), offset: 0 };
  return { ...widen(short, extra, central.name), crc32: bytes.getUint32(14, true) };
}

/** A data descriptor repeats CRC and sizes behind a member; four forms are in use. Returns its length. */
export function descriptorLength(following: Uint8Array, central: Central): number {
  const bytes = view(following);
  for (const signature of [4, 0]) {
    for (const width of [4, 8]) {
      const length = signature + 4 + 2 * width;
      if (bytes.byteLength < length || (signature === 4 && bytes.getUint32(0, true) !== 0x08074b50)) continue;
      const size = (offset: number): number => (width === 4 ? bytes.getUint32(offset, true) : number64(bytes, offset));
      const same =
        bytes.getUint32(signature, true) === central.crc32 &&
        size(signature + 4) === central.packedBytes &&
        size(signature + 4 + width) === central.bytes;
      if (same) return length;
    }
  }
  throw contradicts(central.name);
}

interface Sizes {
  readonly bytes: number;
  readonly packedBytes: number;
  readonly offset: number;
}

/** ZIP64: 64-bit values stand in the extra field, in this order, for each that is all ones in the header (§4.5.3). */
function widen(short: Sizes, extra: Uint8Array, name: string): Sizes {
  const wanted = (["bytes", "packedBytes", "offset"] as const).filter((size) => short[size] === MAX_32);
  const fields = extraFields(extra, name);
  const wide = fields.get(ZIP64_FIELD);
  if (wanted.length === 0) return short;
  if (wide === undefined || wide.length < 8 * wanted.length)
    throw malformed(`${quote(name)} does not say how large it is`);
  const values = wanted.map((size, i) => [size, number64(view(wide), 8 * i)] as const);
  return { ...short, ...Object.fromEntries(values) };
}

function extraFields(extra: Uint8Array, name: string): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>();
  for (let at = 0; at < extra.length; ) {
    const end = at + 4 > extra.length ? Number.POSITIVE_INFINITY : at + 4 + view(extra.subarray(at)).getUint16(2, true);
    const id = end > extra.length ? 0 : view(extra.subarray(at)).getUint16(0, true);
    if (end > extra.length || fields.has(id)) throw malformed(`an extra field of ${quote(name)} is broken`);
    if (id === OTHER_NAME_FIELD) throw malformed(`an extra field names ${quote(name)} otherwise`);
    fields.set(id, extra.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function methodOf(method: number, name: string): Method {
  if (method === 0) return "stored";
  if (method === 8) return "deflated";
  throw unsupported(`${quote(name)} is packed in a way we do not take`);
}

/** Relative, plain, and the same on every system. A name past ASCII must say that it is UTF-8: others would guess. */
function checkedName(raw: Uint8Array, isUtf8: boolean): string {
  const name = fromUtf8(raw, "name of a member");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  // oxlint-disable-next-line no-control-regex
  const plain = /^[^\u0000-\u001f\u007f\\:*?"<>|]+$/.test(name) && name.normalize("NFC") === name;
  const parts = name.split("/");
  const leads = parts.some((part) => part === "" || /[. ]$/.test(part));
  if (!plain || leads || (!isUtf8 && raw.some((byte) => byte > 0x7f))) {
    throw malformed(`a member is named ${quote(name)}, which could lead elsewhere`);
  }
  return name;
}

export function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function number64(bytes: DataView, at: number): number {
  const value = bytes.getBigUint64(at, true);
  if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  throw new PlacardError("too_large", "The file says it is larger than any file.");
}

export function quote(name: string): string {
  return JSON.stringify(name.slice(0, 100));
}

export function contradicts(name: string): PlacardError {
  return malformed(`${quote(name)} is described in two ways`);
}

export function malformed(why: string): PlacardError {
  return new PlacardError("malformed", `This is not a sound ZIP file: ${why}.`);
}

export function unsupported(why: string): PlacardError {
  return new PlacardError("unsupported", `This ZIP file cannot be read: ${why}.`);
}
