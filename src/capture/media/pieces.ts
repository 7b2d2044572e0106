/** What several answers of one address hold of it, and how they make the whole (RFC 9110 §14.4, §15.3.7.3). */
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import { contentOf } from "../netlog/content.ts";
import { isTransferCoded } from "../netlog/entity.ts";
import type { Exchange } from "../netlog/exchange.ts";
import { valuesOf } from "../netlog/head.ts";
import { type Field, marksOf, strongMarksOf } from "./validators.ts";

/** What one answer holds. */
export interface Piece {
  readonly exchange: Exchange;
  /** Its first byte, and the one behind its last, counted from the beginning of the whole. */
  readonly from: number;
  readonly to: number;
  /** Bytes of the whole. */
  readonly total: number;
}

/** Bytes of a piece that are taken from it. */
export interface Slice {
  readonly piece: Piece;
  /** Counted from the beginning of the whole. */
  readonly from: number;
  readonly to: number;
}

/** What was chosen, and all pieces of that version: they must agree with it where they overlap. */
export interface Cover {
  /** Of each span that was asked for. */
  readonly slices: readonly (readonly Slice[])[];
  readonly version: readonly Piece[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface ContentRange extends Span {
  readonly total: number;
}

/** A single range of a whole whose length is told; undefined for anything else. */
export function contentRange(values: readonly string[]): ContentRange | undefined {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(values.join(",").trim());
  if (match === null) return undefined;
  const [from, to, total] = [Number(match[1]), Number(match[2]) + 1, Number(match[3])];
  return from < to && to <= total ? { from, to, total } : undefined;
}

/** Bytes that may yet be read, of everything that is put together: whoever sends a little that unpacks to much is read no further. */
export interface ReadBudget {
  left: number;
}

/** Answers of one address that are looked at: more than any player asks for. */
const MOST_ANSWERS = 2000;

/** Answers larger than `most` are none. Throws `unsupported` where there are too many, and `storage`. */
export async function piecesOf(
  answers: readonly Exchange[],
  most: number,
  budget: ReadBudget,
): Promise<readonly Piece[]> {
  if (answers.length > MOST_ANSWERS) throw tooManyParts();
  const pieces: Piece[] = [];
  for (const exchange of answers) {
    const piece = await pieceOf(exchange, most, budget);
    if (piece !== undefined) pieces.push(piece);
  }
  return pieces;
}

async function pieceOf(exchange: Exchange, most: number, budget: ReadBudget): Promise<Piece | undefined> {
  const { method, status, responseHeaders } = exchange;
  if (method !== "GET" || (status !== 200 && status !== 206)) return undefined;
  if (status === 206 && (!isUncoded(exchange) || isOfSeveral(exchange))) return undefined;
  const isCut = exchange.truncated || exchange.error !== undefined;
  const isPlain = isUncoded(exchange) && !isTransferCoded(exchange);
  if (isCut && !isPlain) return undefined; // How much of the content came can be told of plain bodies only.
  const length = isPlain ? exchange.responseBody.length : await countContent(exchange, most, budget);
  if (length === undefined || length === 0) return undefined;
  if (status === 206) {
    const range = contentRange(valuesOf(responseHeaders, "content-range"));
    if (range === undefined) return undefined;
    const to = range.from + length;
    return to === range.to || (isCut && to < range.to) ? { exchange, ...range, to } : undefined;
  }
  if (!isCut) return { exchange, from: 0, to: length, total: length };
  const stated = valuesOf(responseHeaders, "content-length").join(",");
  if (!/^\d{1,15}$/.test(stated) || Number(stated) < length) return undefined;
  return { exchange, from: 0, to: length, total: Number(stated) };
}

/** Several ranges with words between them (RFC 9110 §14.6). */
function isOfSeveral({ responseHeaders }: Exchange): boolean {
  return valuesOf(responseHeaders, "content-type").some((type) => /multipart\//i.test(type));
}

function isUncoded({ responseHeaders }: Exchange): boolean {
  return valuesOf(responseHeaders, "content-encoding").every((coding) => /^\s*(?:identity)?\s*$/i.test(coding));
}

async function countContent(exchange: Exchange, most: number, budget: ReadBudget): Promise<number | undefined> {
  let length = 0;
  try {
    for await (const chunk of contentOf(exchange, Math.min(most, budget.left))) length += chunk.length;
    return length;
  } catch (error) {
    if (isPlacardError(error, "storage")) throw error;
    return undefined; // It is too large or broken, and so nothing to make a file of.
  } finally {
    budget.left -= length;
  }
}

export const TOO_MANY_PARTS = "It came in more pieces than are put together; they are in the archive.";

export function tooManyParts(): PlacardError {
  return new PlacardError("unsupported", TOO_MANY_PARTS);
}

/**
 * The `spans` of what lies at one address, or all of it where one is undefined, from one answer or from answers that share a strong
 * validator (RFC 9110 §15.3.7.3). Returns why there is none, as a sentence.
 */
export function cover(pieces: readonly Piece[], spans: readonly (Span | undefined)[]): Cover | string {
  const versions = versionsOf(pieces);
  let isUntold = false;
  for (const version of versions) {
    const whole = { from: 0, to: version[0]?.total ?? 0 };
    const from = (some: readonly Piece[]): Cover["slices"] | undefined => {
      const slices = spans.map((span) => covering(some, span ?? whole));
      return slices.every((one) => one !== undefined) ? slices : undefined;
    };
    for (const some of [...ofOneVersion(version), reachingAll(version, spans, whole)]) {
      const slices = from(some);
      if (slices !== undefined) return { slices, version };
    }
    isUntold ||= from(version) !== undefined;
  }
  if (isUntold) return UNTOLD;
  return versions.length > 1 ? "What came of it is of different versions, and none came whole." : ONLY_PART;
}

export const ONLY_PART = "Only a part of it was fetched.";
const UNTOLD = "It came in parts, and its server does not say for certain that they are of one and the same version.";

/** Pieces that do not say different things of their length and version: where they overlap, they must agree. */
function versionsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const versions: { readonly pieces: Piece[]; readonly marks: Map<string, string> }[] = [];
  for (const piece of pieces) {
    const marks = marksOf(fieldOf(piece));
    const version = versions.find(
      (one) =>
        one.pieces[0]?.total === piece.total &&
        marks.every(([name, value]) => (one.marks.get(name) ?? value) === value),
    );
    if (version === undefined) versions.push({ pieces: [piece], marks: new Map(marks) });
    else {
      version.pieces.push(piece);
      for (const [name, value] of marks) version.marks.set(name, value);
    }
  }
  return versions.map((version) => version.pieces);
}

/** Those that say the same for certain. */
function ofOneVersion(version: readonly Piece[]): readonly (readonly Piece[])[] {
  const marked = version.map((piece) => ({ piece, marks: strongMarksOf(fieldOf(piece)) }));
  const all = new Set(marked.flatMap(({ marks }) => marks));
  return [...all].map((mark) => marked.filter(({ marks }) => marks.includes(mark)).map(({ piece }) => piece));
}

/** One that has all that is wanted by itself, if any. */
function reachingAll(version: readonly Piece[], spans: readonly (Span | undefined)[], whole: Span): readonly Piece[] {
  const from = Math.min(...spans.map((span) => (span ?? whole).from));
  const to = Math.max(...spans.map((span) => (span ?? whole).to));
  return version.filter((piece) => piece.from <= from && piece.to >= to).slice(0, 1);
}

function fieldOf({ exchange: { responseHeaders } }: Piece): Field {
  return (name) => {
    const values = valuesOf(responseHeaders, name);
    return values.length === 0 ? undefined : values.join(", ");
  };
}

/** As few of them as reach from one end to the other; undefined where they do not. */
function covering(pieces: readonly Piece[], { from, to }: Span): readonly Slice[] | undefined {
  const sorted = pieces.toSorted((a, b) => a.from - b.from);
  const slices: Slice[] = [];
  let at = from;
  let next = 0;
  let farthest: Piece | undefined;
  while (at < to) {
    for (let piece = sorted[next]; piece !== undefined && piece.from <= at; piece = sorted[++next]) {
      if (farthest === undefined || piece.to > farthest.to) farthest = piece;
    }
    if (farthest === undefined || farthest.to <= at) return undefined;
    const end = Math.min(to, farthest.to);
    slices.push({ piece: farthest, from: at, to: end });
    at = end;
  }
  return slices.length === 0 ? undefined : slices;
}
