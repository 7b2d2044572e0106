/**
 * Reads a ZIP strictly, in slices, never whole. Our own, because two readers that find different members in one file
 * would let a proof say two things: local headers must repeat what the directory says, members must lie end to end
 * with nothing before, between or behind them, and no two may share a name. PKWARE APPNOTE 6.3.
 */
import { equal, fromUtf8 } from "../lib/bytes.ts";
import { crc32 } from "../lib/crc32.ts";
import { PlacardError } from "../lib/error.ts";

export interface ZipEntry {
  readonly name: string;
  /** Length of the contents, unpacked. */
  readonly bytes: number;
  readonly method: "stored" | "deflated";
  /** The member as it lies in the file. */
  readonly packed: Blob;
  readonly crc32: number;
}

export interface Zip {
  /** In the order of the directory, which is the order in the file. */
  readonly entries: readonly ZipEntry[];
  find(name: string): ZipEntry | undefined;
}

const MOST_ENTRIES = 10_000;
const LONGEST_DIRECTORY = 1 << 22;
const LONGEST_NAME = 512;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const END64_BYTES = 56;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const MAX_32 = 0xffffffff;
const MAX_16 = 0xffff;
/** General-purpose bits a member may have: deflate's speed hints (1, 2), a data descriptor (3), UTF-8 names (11). */
const ALLOWED_FLAGS = 0b1000_0000_1110;
const DESCRIPTOR_FLAG = 0b1000;

/** Throws `malformed`, `too_large`, or `unsupported` (encrypted, another compression, several disks). */
export async function openZip(file: Blob): Promise<Zip> {
  const end = await readEnd(file);
  const directory = await slice(file, end.offset, end.length);
  const found: ZipEntry[] = [];
  const names = new Set<string>();
  let expected = 0;
  let at = 0;
  for (let i = 0; i < end.count; i++) {
    const central = readCentral(directory, at);
    at += central.length;
    refuseTwin(names, central.name);
    if (central.offset !== expected) throw malformed(`something lies before ${quote(central.name)} that no list names`);
    const start = await readLocal(file, central, end.offset);
    found.push({ ...central, packed: file.slice(start, start + central.packedBytes) });
    expected = start + central.packedBytes + (await descriptorLength(file, central, start + central.packedBytes));
  }
  if (at !== directory.length) throw malformed("its directory has another length than it says");
  if (expected !== end.offset) throw malformed("something lies between its last member and its directory");
  return { entries: found, find: (name) => found.find((entry) => entry.name === name) };
}

/** A small member, unpacked and held to its CRC. Throws `too_large` past `limit` bytes, `mismatch`, `malformed`. */
export async function readMember(entry: ZipEntry, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (entry.bytes > limit) throw new PlacardError("too_large", `${quote(entry.name)} is larger than ${limit} bytes.`);
  const bytes = entry.method === "stored" ? new Uint8Array(await entry.packed.arrayBuffer()) : await inflate(entry);
  if (bytes.length !== entry.bytes || crc32(bytes) !== entry.crc32) {
    throw new PlacardError("mismatch", `${quote(entry.name)} is damaged: its checksum does not match.`);
  }
  return bytes;
}

/** Stops at the first byte past what the directory announced, so that a small file cannot unpack to a huge one. */
async function inflate(entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(entry.bytes);
  let length = 0;
  try {
    for await (const chunk of entry.packed.stream().pipeThrough(new DecompressionStream("deflate-raw"))) {
      if (length + chunk.length > entry.bytes) throw malformed(`${quote(entry.name)} unpacks to more than it says`);
      whole.set(chunk, length);
      length += chunk.length;
    }
  } catch (cause) {
    if (cause instanceof PlacardError) throw cause;
    throw new PlacardError("malformed", `${quote(entry.name)} cannot be unpacked.`, { cause });
  }
  return whole.subarray(0, length);
}

interface End {
  readonly count: number;
  readonly offset: number;
  readonly length: number;
}

async function readEnd(file: Blob): Promise<End> {
  if (file.size < END_BYTES) throw malformed("it is too short");
  const tail = view(await slice(file, file.size - END_BYTES, END_BYTES));
  if (tail.getUint32(0, true) !== 0x06054b50) throw malformed("it does not end as a ZIP does, or something follows it");
  if (tail.getUint16(4, true) !== 0 || tail.getUint16(6, true) !== 0) throw unsupported("it is one of several parts");
  const small = { count: tail.getUint16(10, true), length: tail.getUint32(12, true), offset: tail.getUint32(16, true) };
  if (tail.getUint16(8, true) !== small.count || tail.getUint16(20, true) !== 0)
    throw malformed("its end contradicts itself");
  const is64 = small.count === MAX_16 || small.length === MAX_32 || small.offset === MAX_32;
  const end = is64 ? await readEnd64(file, small) : small;
  const expected = file.size - END_BYTES - (is64 ? LOCATOR_BYTES + END64_BYTES : 0);
  if (end.count > MOST_ENTRIES) throw new PlacardError("too_large", `It has more than ${MOST_ENTRIES} members.`);
  if (end.length > LONGEST_DIRECTORY) throw new PlacardError("too_large", "Its directory is larger than 4 MiB.");
  if (end.offset + end.length !== expected) throw malformed("its directory does not lie where it says");
  return end;
}

async function readEnd64(file: Blob, small: End): Promise<End> {
  const start = file.size - END_BYTES - LOCATOR_BYTES - END64_BYTES;
  if (start < 0) throw malformed("it is too short");
  const bytes = view(await slice(file, start, END64_BYTES + LOCATOR_BYTES));
  const holds =
    bytes.getUint32(0, true) === 0x06064b50 &&
    number64(bytes, 4) === END64_BYTES - 12 &&
    bytes.getUint32(16, true) === 0 &&
    bytes.getUint32(20, true) === 0 &&
    number64(bytes, 24) === number64(bytes, 32) &&
    bytes.getUint32(END64_BYTES, true) === 0x07064b50 &&
    bytes.getUint32(END64_BYTES + 4, true) === 0 &&
    number64(bytes, END64_BYTES + 8) === start &&
    bytes.getUint32(END64_BYTES + 16, true) === 1;
  if (!holds) throw malformed("its end contradicts itself");
  const end = { count: number64(bytes, 32), length: number64(bytes, 40), offset: number64(bytes, 48) };
  const agrees = (short: number, most: number, long: number): boolean => short === most || short === long;
  if (
    !agrees(small.count, MAX_16, end.count) ||
    !agrees(small.length, MAX_32, end.length) ||
    !agrees(small.offset, MAX_32, end.offset)
  ) {
    throw malformed("its end contradicts itself");
  }
  return end;
}

interface Central {
  readonly name: string;
  readonly rawName: Uint8Array;
  readonly flags: number;
  readonly method: "stored" | "deflated";
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
  readonly length: number;
  /** Version, flags, method, time, date: the ten bytes that the local header repeats. */
  readonly repeated: Uint8Array;
}

function readCentral(directory: Uint8Array, at: number): Central {
  if (at + CENTRAL_BYTES > directory.length) throw malformed("its directory ends early");
  const bytes = view(directory.subarray(at));
  if (bytes.getUint32(0, true) !== 0x02014b50) throw malformed("its directory is broken");
  const nameLength = bytes.getUint16(28, true);
  const extraLength = bytes.getUint16(30, true);
  const commentLength = bytes.getUint16(32, true);
  const length = CENTRAL_BYTES + nameLength + extraLength + commentLength;
  if (at + length > directory.length || commentLength !== 0 || nameLength > LONGEST_NAME)
    throw malformed("its directory is broken");
  if (bytes.getUint16(34, true) !== 0) throw unsupported("it is one of several parts");
  const rawName = directory.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength);
  const extra = directory.subarray(at + CENTRAL_BYTES + nameLength, at + length);
  const short = {
    bytes: bytes.getUint32(24, true),
    packedBytes: bytes.getUint32(20, true),
    offset: bytes.getUint32(42, true),
  };
  const sizes = widen(short, extra);
  const name = checkedName(rawName);
  const flags = bytes.getUint16(8, true);
  if ((flags & ~ALLOWED_FLAGS) !== 0)
    throw unsupported(`${quote(name)} is encrypted or packed in a way we do not take`);
  const method = methodOf(bytes.getUint16(10, true), name);
  if (method === "stored" && sizes.bytes !== sizes.packedBytes) throw malformed(`${quote(name)} has two lengths`);
  return {
    name,
    rawName,
    flags,
    method,
    crc32: bytes.getUint32(16, true),
    ...sizes,
    length,
    repeated: directory.slice(at + 6, at + 16),
  };
}

interface Sizes {
  readonly bytes: number;
  readonly packedBytes: number;
  readonly offset: number;
}

/** ZIP64: 64-bit values stand in the extra field, in this order, for each that is all ones in the header. */
function widen(short: Sizes, extra: Uint8Array): Sizes {
  const wide = extraField(extra, 1);
  const wanted = (["bytes", "packedBytes", "offset"] as const).filter((name) => short[name] === MAX_32);
  if (wanted.length === 0) return short;
  if (wide === undefined || wide.length < 8 * wanted.length) throw malformed("a large member does not say how large");
  const values = wanted.map((name, i) => [name, number64(view(wide), 8 * i)] as const);
  return { ...short, ...Object.fromEntries(values) };
}

function extraField(extra: Uint8Array, wanted: number): Uint8Array | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const bytes = view(extra.subarray(at));
    const length = bytes.getUint16(2, true);
    if (at + 4 + length > extra.length) throw malformed("an extra field is broken");
    if (bytes.getUint16(0, true) === wanted) return extra.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  return undefined;
}

/** Returns where the member's bytes begin. */
async function readLocal(file: Blob, central: Central, directoryAt: number): Promise<number> {
  const fixed = await slice(file, central.offset, LOCAL_BYTES);
  const bytes = view(fixed);
  const nameLength = bytes.getUint16(26, true);
  const extraLength = bytes.getUint16(28, true);
  const start = central.offset + LOCAL_BYTES + nameLength + extraLength;
  if (bytes.getUint32(0, true) !== 0x04034b50 || nameLength !== central.rawName.length) throw contradicts(central.name);
  const rest = await slice(file, central.offset + LOCAL_BYTES, nameLength + extraLength);
  if (!equal(rest.subarray(0, nameLength), central.rawName)) throw contradicts(central.name);
  // The version may differ where the directory's entry needs ZIP64 and the local one does not.
  if (!equal(fixed.subarray(6, 14), central.repeated.subarray(2))) throw contradicts(central.name);
  if ((central.flags & DESCRIPTOR_FLAG) === 0) {
    const short = { bytes: bytes.getUint32(22, true), packedBytes: bytes.getUint32(18, true), offset: 0 };
    const local = widen(short, rest.subarray(nameLength));
    const agrees =
      bytes.getUint32(14, true) === central.crc32 &&
      local.bytes === central.bytes &&
      local.packedBytes === central.packedBytes;
    if (!agrees) throw contradicts(central.name);
  }
  if (start + central.packedBytes > directoryAt) throw malformed(`${quote(central.name)} reaches into the directory`);
  return start;
}

/** A data descriptor repeats CRC and sizes behind a member whose header came before them; four forms are in use. */
async function descriptorLength(file: Blob, central: Central, at: number): Promise<number> {
  if ((central.flags & DESCRIPTOR_FLAG) === 0) return 0;
  const bytes = view(await slice(file, at, Math.min(24, file.size - at)));
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

function methodOf(method: number, name: string): "stored" | "deflated" {
  if (method === 0) return "stored";
  if (method === 8) return "deflated";
  throw unsupported(`${quote(name)} is packed in a way we do not take`);
}

/** Relative, plain, and the same on every system. */
function checkedName(raw: Uint8Array): string {
  const name = fromUtf8(raw, "name of a member");
  const parts = name.split("/");
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const plain =
    /^[^\u0000-\u001f\u007f\\:*?"<>|]+$/.test(name) && name.isWellFormed() && name.normalize("NFC") === name;
  if (
    !plain ||
    parts.some((part) => part === "" || part === "." || part === ".." || part.endsWith(" ") || part.endsWith("."))
  ) {
    throw malformed(`a member is named ${quote(name)}, which could lead elsewhere`);
  }
  return name;
}

function refuseTwin(names: Set<string>, name: string): void {
  const folded = name.toLowerCase();
  if (names.has(folded)) throw malformed(`two members are named ${quote(name)}`);
  names.add(folded);
}

async function slice(file: Blob, start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(await file.slice(start, start + length).arrayBuffer());
  if (bytes.length !== length) throw malformed("it ends early");
  return bytes;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function number64(bytes: DataView, at: number): number {
  const value = bytes.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER))
    throw new PlacardError("too_large", "The file says it is larger than any file.");
  return Number(value);
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 100));
}

function contradicts(name: string): PlacardError {
  return malformed(`${quote(name)} is described in two ways`);
}

function malformed(why: string): PlacardError {
  return new PlacardError("malformed", `This is not a sound ZIP file: ${why}.`);
}

function unsupported(why: string): PlacardError {
  return new PlacardError("unsupported", `This ZIP file cannot be read: ${why}.`);
}
