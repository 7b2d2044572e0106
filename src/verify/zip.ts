/**
 * Reads a ZIP strictly, in slices, never whole. Our own, because two readers that find different members in one file
 * would let a proof say two things, and general readers are made to be forgiving: here local headers must repeat what
 * the directory says, members must lie end to end in the directory's order with nothing before, between or behind
 * them, and no two may share a name. PKWARE APPNOTE 6.3, with ZIP64, stored and deflated members only.
 */
import { concat, equal } from "../lib/bytes.ts";
import { crc32 } from "../lib/crc32.ts";
import { PlacardError } from "../lib/error.ts";
import { centralHeader, endOfDirectory, localHeader } from "../lib/zip-writer.ts";
import { inflate } from "./inflate.ts";
import {
  type Central,
  contradicts,
  DESCRIPTOR_FLAG,
  descriptorLength,
  END_BYTES,
  END64_BYTES,
  type End,
  LOCAL_BYTES,
  LOCATOR_BYTES,
  type Method,
  malformed,
  needsEnd64,
  quote,
  readCentral,
  readEnd,
  readEnd64,
  readLocalSizes,
  unsupported,
  view,
} from "./zip-records.ts";

export interface ZipEntry {
  readonly name: string;
  /** Length of the contents, unpacked. */
  readonly bytes: number;
  readonly method: Method;
  /** The member as it lies in the file. */
  readonly packed: Blob;
  /** At which of the file's bytes it begins. */
  readonly at: number;
  readonly crc32: number;
}

export interface Zip {
  /** In the order of the directory, which is the order in the file. */
  readonly entries: readonly ZipEntry[];
  find(name: string): ZipEntry | undefined;
}

export interface ZipOptions {
  /**
   * Takes only what our own writer packs: every byte beside the contents is then fixed by the members' names, lengths and
   * CRCs. No dates, permissions, compression or extra fields in which something could be hidden or changed unseen.
   */
  readonly plain?: boolean;
  /** Takes no more members than this; 10,000 unless told. */
  readonly most?: number;
}

export const MOST_ENTRIES = 10_000;
const LONGEST_DIRECTORY = 1 << 22;
const LONGEST_DESCRIPTOR = 24;

/** Throws `malformed`, `too_large`, or `unsupported` (encrypted, another compression, several parts). */
export async function openZip(file: Blob, { plain = false, most = MOST_ENTRIES }: ZipOptions = {}): Promise<Zip> {
  const end = await findEnd(file, plain);
  if (end.count > most) throw new PlacardError("too_large", `The file has more than ${most} members.`);
  const directory = await slice(file, end.offset, end.length);
  const found = new Map<string, ZipEntry>();
  const names = new Set<string>();
  let expected = 0;
  let at = 0;
  for (let i = 0; i < end.count; i++) {
    const central = readCentral(directory, at);
    if (plain) requirePlain(central, directory.subarray(at, at + central.length));
    at += central.length;
    refuseTwin(names, central.name);
    if (central.offset !== expected) throw malformed(`something lies before ${quote(central.name)} that no list names`);
    const start = await openLocal(file, central, end.offset, plain);
    const after = start + central.packedBytes;
    const { name, bytes, method, crc32 } = central;
    found.set(name, { name, bytes, method, crc32, at: start, packed: file.slice(start, after) });
    expected = after + (await skipDescriptor(file, central, after));
  }
  if (at !== directory.length) throw malformed("its directory has another length than it says");
  if (expected !== end.offset) throw malformed("something lies between its last member and its directory");
  return { entries: [...found.values()], find: (name) => found.get(name) };
}

/** A small member, unpacked and held to its CRC. Throws `too_large` past `limit` bytes, `mismatch`, `malformed`. */
export async function readMember(entry: ZipEntry, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (entry.bytes > limit) throw new PlacardError("too_large", `${quote(entry.name)} is larger than ${limit} bytes.`);
  const bytes = entry.method === "stored" ? new Uint8Array(await entry.packed.arrayBuffer()) : await unpacked(entry);
  if (bytes.length !== entry.bytes || crc32(bytes) !== entry.crc32) {
    throw new PlacardError("mismatch", `${quote(entry.name)} is damaged: its checksum does not match.`);
  }
  return bytes;
}

async function unpacked(entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  try {
    bytes = await inflate(entry.packed, entry.bytes);
  } catch (cause) {
    throw new PlacardError("malformed", `${quote(entry.name)} cannot be unpacked.`, { cause });
  }
  if (bytes === undefined) throw malformed(`${quote(entry.name)} unpacks to more than it says`);
  return bytes;
}

async function findEnd(file: Blob, plain: boolean): Promise<End> {
  if (file.size < END_BYTES) throw malformed("it is too short");
  const short = readEnd(await slice(file, file.size - END_BYTES, END_BYTES));
  let behind = END_BYTES;
  let end = short;
  if (needsEnd64(short)) {
    behind += LOCATOR_BYTES + END64_BYTES;
    const start = file.size - behind;
    end = readEnd64(await slice(file, start, END64_BYTES + LOCATOR_BYTES), start, short);
  }
  if (end.length > LONGEST_DIRECTORY) throw new PlacardError("too_large", "The file's directory is larger than 4 MiB.");
  if (end.offset + end.length !== file.size - behind) throw malformed("its directory does not lie where it says");
  const plainEnd = plain ? endOfDirectory(end.count, end.length, end.offset) : undefined;
  if (plainEnd && !equal(await slice(file, file.size - behind, behind), plainEnd)) throw notPlain("its end");
  return end;
}

function requirePlain(member: Central, header: Uint8Array): void {
  if (member.method !== "stored") throw unsupported(`${quote(member.name)} is compressed, and must not be here`);
  if (!equal(header, centralHeader({ member, offset: member.offset }))) throw notPlain(quote(member.name));
}

function notPlain(what: string): PlacardError {
  return malformed(`${what} says more than it needs to`);
}

/** Holds the local header to the directory's entry; returns where the member's bytes begin. */
async function openLocal(file: Blob, central: Central, directoryAt: number, plain: boolean): Promise<number> {
  const { name, rawName } = central;
  const fixed = await slice(file, central.offset, LOCAL_BYTES);
  const header = view(fixed);
  const nameLength = header.getUint16(26, true);
  const rest = await slice(file, central.offset + LOCAL_BYTES, nameLength + header.getUint16(28, true));
  const isSame =
    header.getUint32(0, true) === 0x04034b50 &&
    equal(fixed.subarray(6, 14), central.repeated) &&
    equal(rest.subarray(0, nameLength), rawName);
  if (!isSame) throw contradicts(name);
  const local = readLocalSizes(fixed, rest.subarray(nameLength), central);
  // Where a data descriptor follows, the header may leave its three values at zero.
  const mayBeZero = (central.flags & DESCRIPTOR_FLAG) !== 0;
  for (const value of ["crc32", "bytes", "packedBytes"] as const) {
    if (local[value] !== central[value] && !(mayBeZero && local[value] === 0)) throw contradicts(name);
  }
  if (plain && !equal(concat(fixed, rest), localHeader(central))) throw notPlain(quote(name));
  const start = central.offset + LOCAL_BYTES + rest.length;
  if (start + central.packedBytes > directoryAt) throw malformed(`${quote(name)} reaches into the directory`);
  return start;
}

async function skipDescriptor(file: Blob, central: Central, at: number): Promise<number> {
  if ((central.flags & DESCRIPTOR_FLAG) === 0) return 0;
  return descriptorLength(await slice(file, at, Math.min(LONGEST_DESCRIPTOR, file.size - at)), central);
}

/** By upper and then lower case, as file systems that fold case do it: "ß" and "SS" are one name there. */
function refuseTwin(names: Set<string>, name: string): void {
  const folded = name.toUpperCase().toLowerCase().normalize("NFC");
  if (names.has(folded)) throw malformed(`two members are named ${quote(name)}`);
  names.add(folded);
}

async function slice(file: Blob, start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = start < 0 ? undefined : new Uint8Array(await file.slice(start, start + length).arrayBuffer());
  if (bytes?.length !== length) throw malformed("it ends early");
  return bytes;
}
