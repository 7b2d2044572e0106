/**
 * How the shared archive is kept: as places in sealed originals and the bytes that are its own
 * (docs/formats/shared.md). All that did not change is stored once.
 */
import { concat, fromUtf8, utf8 } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { isJsonObject, type Json, parseJson } from "../../lib/json.ts";

/** What pieces are taken out of, by the act's field that points at it: the original, and the archive that a recapture leans on. */
export interface Sources {
  readonly archive: Blob;
  readonly earlierArchive?: Blob | undefined;
}

export interface Piece {
  readonly of: keyof Sources;
  readonly from: number;
  readonly bytes: number;
}

/** Bytes `from` … `from + bytes` of a source, or the next `own` bytes of what is the shared archive's own. */
export type Part = Piece | { readonly own: number };

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
    else if (last !== undefined && "of" in last && "of" in part && follows(part, last)) {
      joined[joined.length - 1] = { ...last, bytes: last.bytes + part.bytes };
    } else if (lengthOf(part) > 0) joined.push(part);
  }
  return joined;
}

function follows(part: Piece, last: Piece): boolean {
  return part.of === last.of && part.from === last.from + last.bytes;
}

/** What stands before the own bytes in the file. */
export function partsHeader(parts: readonly Part[]): Uint8Array {
  return utf8(`${JSON.stringify({ format: FORMAT, parts: parts.map(written) })}\n`);
}

function written(part: Part): Json {
  if ("own" in part) return part.own;
  return part.of === "archive" ? [part.from, part.bytes] : [part.from, part.bytes, part.of];
}

/** Throws `malformed`, `too_large`, `not_found` where a source is wanted that is not there, `mismatch` where it does not fit the sources. */
export async function openParts(file: Blob, sources: Sources): Promise<Blob> {
  const { parts, start } = await readParts(file);
  return compose(parts, sources, file.slice(start));
}

/** The bytes that the parts stand for; nothing is read before they are. Throws `not_found`, `mismatch`. */
export function compose(parts: readonly Part[], sources: Sources, own: Blob): Blob {
  let used = 0;
  const slices = parts.map((part) => {
    if ("own" in part) {
      used += part.own;
      return own.slice(used - part.own, used);
    }
    return pieceOf(part, sources);
  });
  if (used !== own.size) throw doesNotFit();
  return slices.length <= AT_ONCE ? new Blob(slices) : new Blob(inGroups(slices).map((group) => new Blob(group)));
}

/** Throws `not_found`, `mismatch`. */
export function pieceOf({ of, from, bytes }: Piece, sources: Sources): Blob {
  const source = sources[of];
  if (source === undefined)
    throw new PlacardError("not_found", `The ${of} that the shared archive is made from is gone.`);
  if (from + bytes > source.size) throw doesNotFit();
  return source.slice(from, from + bytes);
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
  if (Array.isArray(part)) {
    const [from, bytes, of = "archive"] = part as readonly Json[];
    const isKnown = part.length === 2 || (part.length === 3 && of === "earlierArchive");
    if (isKnown && isCount(from) && isCount(bytes)) return { of: of as keyof Sources, from, bytes };
  }
  throw new PlacardError("malformed", "The list of parts has something else in it.");
}

function isCount(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function lengthOf(part: Part): number {
  return "own" in part ? part.own : part.bytes;
}

function doesNotFit(): PlacardError {
  return new PlacardError("mismatch", "The parts of the shared archive do not fit its originals.");
}
