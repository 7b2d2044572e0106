/**
 * How the shared archive is kept: as places in the sealed original and the bytes that are its own
 * (docs/formats/shared.md). All that did not change is stored once.
 */
import { concat, fromUtf8, utf8 } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { isJsonObject, type Json, parseJson } from "../../lib/json.ts";

/** Bytes `from` … `from + bytes` of the original, or the next `own` bytes of what is the shared archive's own. */
export type Part = { readonly from: number; readonly bytes: number } | { readonly own: number };

const FORMAT = "placard-parts/1";
const LONGEST_LIST = 1 << 26;
const LIMITS = { length: LONGEST_LIST, depth: 4 };
/** Blobs made of more are slow to make. */
const AT_ONCE = 1 << 16;

/** Neighbouring parts of one kind become one. */
export function joinParts(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last !== undefined && "own" in last && "own" in part) joined[joined.length - 1] = { own: last.own + part.own };
    else if (last !== undefined && "from" in last && "from" in part && last.from + last.bytes === part.from) {
      joined[joined.length - 1] = { from: last.from, bytes: last.bytes + part.bytes };
    } else if (lengthOf(part) > 0) joined.push(part);
  }
  return joined;
}

/** What stands before the own bytes in the file. */
export function partsHeader(parts: readonly Part[]): Uint8Array {
  return utf8(`${JSON.stringify({ format: FORMAT, parts: parts.map(written) })}\n`);
}

function written(part: Part): Json {
  return "own" in part ? part.own : [part.from, part.bytes];
}

/** Throws `malformed`, `too_large`, and `mismatch` where it does not fit this original. */
export async function openParts(file: Blob, original: Blob): Promise<Blob> {
  const { parts, start } = await readParts(file);
  return compose(parts, original, file.slice(start));
}

/** The bytes that the parts stand for; nothing is read before they are. Throws `mismatch`. */
export function compose(parts: readonly Part[], original: Blob, own: Blob): Blob {
  let used = 0;
  const slices = parts.map((part) => {
    if ("own" in part) {
      used += part.own;
      return own.slice(used - part.own, used);
    }
    if (part.from + part.bytes > original.size) throw doesNotFit();
    return original.slice(part.from, part.from + part.bytes);
  });
  if (used !== own.size) throw doesNotFit();
  return slices.length <= AT_ONCE ? new Blob(slices) : new Blob(inGroups(slices).map((group) => new Blob(group)));
}

function inGroups(slices: readonly Blob[]): readonly Blob[][] {
  const count = Math.ceil(slices.length / AT_ONCE);
  return Array.from({ length: count }, (_, i) => slices.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
}

async function readParts(file: Blob): Promise<{ readonly parts: readonly Part[]; readonly start: number }> {
  const head = await firstLine(file);
  const list = parseJson(fromUtf8(head, "list of parts"), "list of parts", LIMITS);
  const parts = isJsonObject(list) && list["format"] === FORMAT ? list["parts"] : undefined;
  if (!Array.isArray(parts)) throw new PlacardError("malformed", "It is no list of the shared archive's parts.");
  return { parts: (parts as readonly Json[]).map(readPart), start: head.length + 1 };
}

async function firstLine(file: Blob): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of file.stream()) {
    const end = chunk.indexOf(10);
    pieces.push(end < 0 ? chunk : chunk.subarray(0, end));
    length += chunk.length;
    if (end >= 0) return concat(...pieces);
    if (length > LONGEST_LIST)
      throw new PlacardError("too_large", `The list of parts is longer than ${LONGEST_LIST} bytes.`);
  }
  throw new PlacardError("malformed", "The list of parts does not end.");
}

function readPart(part: Json): Part {
  if (isCount(part)) return { own: part };
  if (Array.isArray(part) && part.length === 2) {
    const [from, bytes] = part as readonly Json[];
    if (isCount(from) && isCount(bytes)) return { from, bytes };
  }
  throw new PlacardError("malformed", "The list of parts has something else in it.");
}

function isCount(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function lengthOf(part: Part): number {
  return "own" in part ? part.own : part.bytes;
}

function doesNotFit(): PlacardError {
  return new PlacardError("mismatch", "The parts of the shared archive do not fit its original.");
}
