/** Looks for many values in one pass over bytes, however they are cut into chunks, and takes them out. */
import { utf8 } from "../../lib/bytes.ts";
import { type Needle, needlesOf, SHORTEST } from "./encodings.ts";
import { MARKER, type Secret } from "./secret.ts";
import { LOOK_BEHIND, standsAlone } from "./words.ts";

export interface Search {
  /** The bytes with a marker in each found value's place; `onFound` is told of each. Holds a few kilobytes at most beside a chunk. */
  removeFrom(chunks: Chunks, onFound: (secret: Secret) => void): AsyncGenerator<Uint8Array>;
  removeFromBytes(bytes: Uint8Array, onFound: (secret: Secret) => void): Uint8Array;
  removeFromText(text: string, onFound: (secret: Secret) => void): string;
}

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const MARK = utf8(MARKER);
const SPACE = 32;
const SPACES = [9, 10, 11, 12, 13, SPACE];
const LONGEST_SPACE = 64;
const SLOTS = 1 << 18;
const FOLDED = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

interface Table {
  /** Whether any needle may begin with three bytes that fall into this slot. */
  readonly slots: Uint8Array;
  /** By the first three bytes, folded. */
  readonly byStart: ReadonlyMap<number, readonly Needle[]>;
  readonly longest: number;
}

export function openSearch(secrets: Iterable<Secret>): Search {
  const table = tableOf([...secrets].flatMap(needlesOf));
  const removeFromBytes: Search["removeFromBytes"] = (bytes, onFound) =>
    table.longest === 0 ? bytes : Buffer.concat(piecesOf(table, bytes, 0, bytes.length, onFound).pieces);
  return {
    removeFrom: (chunks, onFound) => removeFrom(table, chunks, onFound),
    removeFromBytes,
    removeFromText: (text, onFound) => Buffer.from(removeFromBytes(utf8(text), onFound)).toString("utf8"),
  };
}

function tableOf(needles: readonly Needle[]): Table {
  const slots = new Uint8Array(SLOTS);
  const byStart = new Map<number, Needle[]>();
  for (const needle of needles) {
    for (const [a, b, c] of startsOf(needle)) {
      slots[slotOf(a, b, c)] = 1;
      const start = a | (b << 8) | (c << 16);
      const sharing = byStart.get(start);
      if (sharing === undefined) byStart.set(start, [needle]);
      else sharing.push(needle);
    }
  }
  return { slots, byStart, longest: needles.reduce((longest, needle) => Math.max(longest, reachOf(needle)), 0) };
}

type Start = [number, number, number];

/** How many bytes a match may have. */
function reachOf({ bytes, spaced }: Needle): number {
  return spaced ? bytes.length + bytes.filter((byte) => byte === SPACE).length * LONGEST_SPACE : bytes.length;
}

/** The first three bytes of whatever the needle matches, folded; several where white space is among them. */
function startsOf({ bytes, spaced }: Needle): readonly Start[] {
  const starts: Start[] = [];
  const grow = (start: readonly number[], next: number): void => {
    if (start.length === SHORTEST) {
      starts.push(start as Start);
      return;
    }
    const byte = bytes[next] as number;
    if (!spaced || byte !== SPACE) {
      grow([...start, FOLDED[byte] as number], next + 1);
      return;
    }
    for (const space of SPACES) {
      grow([...start, space], next + 1);
      grow([...start, space], next);
    }
  };
  grow([], 0);
  return starts;
}

function slotOf(a: number, b: number, c: number): number {
  return (a ^ (b << 5) ^ (c << 10)) & (SLOTS - 1);
}

async function* removeFrom(
  table: Table,
  chunks: Chunks,
  onFound: (secret: Secret) => void,
): AsyncGenerator<Uint8Array> {
  if (table.longest === 0) {
    yield* chunks;
    return;
  }
  let held: Uint8Array = new Uint8Array();
  /** Bytes at the start of `held` that are already out, and only looked back at. */
  let out = 0;
  for await (const chunk of chunks) {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    // A match, and the character after it, must be whole before it is decided.
    const { pieces, end } = piecesOf(table, bytes, out, bytes.length - table.longest - LOOK_BEHIND, onFound);
    yield* pieces;
    const kept = Math.max(0, end - LOOK_BEHIND);
    held = new Uint8Array(bytes.subarray(kept));
    out = end - kept;
  }
  yield* piecesOf(table, held, out, held.length, onFound).pieces;
}

/** What stands from `from` to `to`, with what is found there taken out; `end` lies past `to` where a match does. */
function piecesOf(
  { slots, byStart }: Table,
  bytes: Uint8Array,
  from: number,
  to: number,
  onFound: (secret: Secret) => void,
): { readonly pieces: readonly Uint8Array[]; readonly end: number } {
  const pieces: Uint8Array[] = [];
  let done = from;
  let at = from;
  // As it runs over every byte, it folds each of them once.
  let b = FOLDED[bytes[at] as number] as number;
  let c = FOLDED[bytes[at + 1] as number] as number;
  for (const last = Math.min(to, bytes.length - SHORTEST + 1); at < last; at++) {
    const a = b;
    b = c;
    c = FOLDED[bytes[at + 2] as number] as number;
    if (slots[slotOf(a, b, c)] === 0) continue;
    const found = longestAt(byStart.get(a | (b << 8) | (c << 16)) ?? [], bytes, at);
    if (found === undefined) continue;
    if (at > done) pieces.push(bytes.subarray(done, at));
    pieces.push(markFor(found.needle));
    onFound(found.needle.secret);
    done = found.end;
    at = done - 1;
    b = FOLDED[bytes[done] as number] as number;
    c = FOLDED[bytes[done + 1] as number] as number;
  }
  const end = Math.max(done, to);
  if (end > done) pieces.push(bytes.subarray(done, end));
  return { pieces, end };
}

function longestAt(needles: readonly Needle[], bytes: Uint8Array, at: number) {
  let longest: { readonly needle: Needle; readonly end: number } | undefined;
  for (const needle of needles) {
    const end = endOf(needle, bytes, at);
    if (end > (longest?.end ?? 0)) longest = { needle, end };
  }
  return longest;
}

/** Just past where a needle stands at `at`; 0 where it does not. */
function endOf({ bytes: needle, exact, alone, spaced }: Needle, bytes: Uint8Array, at: number): number {
  let end = at;
  for (let i = 0; i < needle.length; i++) {
    const [wanted, there] = [needle[i] as number, bytes[end] ?? -1];
    if (spaced && wanted === SPACE) {
      const after = afterSpace(bytes, end);
      if (after === end) return 0;
      end = after;
      continue;
    }
    if (exact ? wanted !== there : FOLDED[wanted] !== FOLDED[there]) return 0;
    end++;
  }
  return alone === undefined || standsAlone(alone, bytes, at, end) ? end : 0;
}

/** A page's source may break and indent its lines between two words. */
function afterSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at - from < LONGEST_SPACE && SPACES.includes(bytes[at] as number)) at++;
  return at;
}

/** Of a number, nines: a word in its place would break the JSON around it. */
function markFor({ bytes, secret }: Needle): Uint8Array {
  const isNumber = /^\d+$/.test(secret.value) && bytes.every((byte) => byte >= 48 && byte <= 57);
  return isNumber ? new Uint8Array(bytes.length).fill(57) : MARK;
}
