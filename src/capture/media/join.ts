/** Files put together from several answers: which bytes of which answer, in order, so that anybody can do it again. */
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { PlacardError } from "../../lib/error.ts";
import { contentOf } from "../netlog/content.ts";
import type { Exchange } from "../netlog/exchange.ts";
import { type Piece, type ReadBudget, type Slice, tooManyParts } from "./pieces.ts";

/** Bytes of one answer in the file, as the act has them. */
export interface Part {
  /** "sha256:<hex>" of the answer's whole content; of an answer without codings that of its payload, as the archive's index has it. */
  readonly digest: string;
  /** First byte of the content that is taken. */
  readonly from: number;
  readonly bytes: number;
  /** Asked for by the capture, not by the page. */
  readonly fetched?: true;
}

/** More would swell the act, and no player asks for so many. */
export const MOST_PARTS = 1000;

export interface Joining {
  /** Bytes of the file. */
  readonly bytes: number;
  /** How many there are to be. */
  readonly count: number;
  /** The file's bytes, in order; never more than `most`. Each piece is good until the next is asked for. Throws `too_large`, `storage`. */
  content(most: number): AsyncIterable<Uint8Array>;
  /** Whether other answers have other bytes in any place of the file, which now lies at `path`. Throws `storage`. */
  isContradicted(path: string): Promise<boolean>;
  /** Known once the content was read. */
  parts(): readonly Part[];
}

/** What is to follow one another in the file, and among which pieces it was chosen. */
export interface Stretch {
  readonly slices: readonly Slice[];
  readonly version: readonly Piece[];
}

/** Of what lies at one address, or at several one behind the other. */
export function join(
  stretches: readonly Stretch[],
  budget: ReadBudget,
  isFetched: (exchange: Exchange) => boolean,
): Joining {
  const slices = merged(stretches.flatMap((one) => one.slices));
  const bytes = slices.reduce((sum, { from, to }) => sum + to - from, 0);
  const parts: Part[] = [];
  const hashes = new Map<Exchange, string>();
  return {
    bytes,
    count: slices.length,
    parts: () => parts,
    isContradicted: (path) => contradicted(path, stretches, budget),
    content: async function* (most) {
      if (bytes > most) throw new PlacardError("too_large", `The content is larger than ${most} bytes.`);
      parts.length = 0;
      for (const { piece, from, to } of slices) {
        const { exchange } = piece;
        const [start, end] = [from - piece.from, to - piece.from];
        const hash = hashes.has(exchange) ? undefined : createHash("sha256");
        for await (const { at, chunk } of placed(exchange, budget)) {
          hash?.update(chunk);
          const wanted = chunk.subarray(Math.max(0, start - at), Math.max(0, end - at));
          if (wanted.length > 0) yield wanted;
          if (hash === undefined && at + chunk.length >= end) break;
        }
        if (hash !== undefined) hashes.set(exchange, `sha256:${hash.digest("hex")}`);
        const digest = hashes.get(exchange) ?? "";
        parts.push({ digest, from: start, bytes: to - from, ...(isFetched(exchange) ? { fetched: true } : {}) });
      }
    },
  };
}

/** Neighbours in one answer are one. */
function merged(slices: readonly Slice[]): readonly Slice[] {
  const all: Slice[] = [];
  for (const slice of slices) {
    const last = all.at(-1);
    if (last?.piece.exchange === slice.piece.exchange && last.to === slice.from) {
      all[all.length - 1] = { ...last, to: slice.to };
    } else all.push(slice);
  }
  return all;
}

interface Placed {
  /** Of its first byte, in the answer's content. */
  readonly at: number;
  readonly chunk: Uint8Array;
}

/** Answers are read from their beginning; parts that lie strewn over a long one would be read for ever. */
async function* placed(exchange: Exchange, budget: ReadBudget): AsyncGenerator<Placed> {
  let at = 0;
  for await (const chunk of contentOf(exchange, Number.MAX_SAFE_INTEGER)) {
    budget.left -= chunk.length;
    if (budget.left < 0) throw tooManyParts();
    yield { at, chunk };
    at += chunk.length;
  }
}

interface InFile extends Slice {
  /** Where the slice begins in the file. */
  readonly at: number;
}

async function contradicted(path: string, stretches: readonly Stretch[], budget: ReadBudget): Promise<boolean> {
  const file = await open(path);
  const read = async (from: number, length: number): Promise<Uint8Array> =>
    (await file.read(new Uint8Array(length), 0, length, from)).buffer;
  try {
    for (const [version, slices] of laidOut(stretches)) {
      for (const piece of version) {
        const others = slices.filter((slice) => slice.piece !== piece && overlap(slice, piece) !== undefined);
        if (others.length > 0 && !(await agrees(piece, others, read, budget))) return true;
      }
    }
    return false;
  } catch (cause) {
    if (cause instanceof PlacardError) throw cause;
    throw new PlacardError("storage", `Could not read ${path}.`, { cause });
  } finally {
    await file.close();
  }
}

/** By version, where in the file its slices lie. */
function laidOut(stretches: readonly Stretch[]): ReadonlyMap<readonly Piece[], readonly InFile[]> {
  const laid = new Map<readonly Piece[], InFile[]>();
  let at = 0;
  for (const { slices, version } of stretches) {
    const those = laid.get(version) ?? [];
    laid.set(version, those);
    for (const slice of slices) {
      those.push({ ...slice, at });
      at += slice.to - slice.from;
    }
  }
  return laid;
}

type Extent = Pick<Slice, "from" | "to">;

function overlap(one: Extent, other: Extent): Extent | undefined {
  const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
  return from < to ? { from, to } : undefined;
}

async function agrees(
  piece: Piece,
  slices: readonly InFile[],
  read: (from: number, length: number) => Promise<Uint8Array>,
  budget: ReadBudget,
): Promise<boolean> {
  for await (const { at, chunk } of placed(piece.exchange, budget)) {
    const here = { from: piece.from + at, to: piece.from + at + chunk.length };
    for (const slice of slices) {
      const both = overlap(slice, here);
      if (both === undefined) continue;
      const kept = await read(slice.at + both.from - slice.from, both.to - both.from);
      if (Buffer.compare(kept, chunk.subarray(both.from - here.from, both.to - here.from)) !== 0) return false;
    }
  }
  return true;
}
