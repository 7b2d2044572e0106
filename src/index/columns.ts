/**
 * The few values by which exhibits are counted, held in memory: going through 100,000 of them there takes a few
 * milliseconds, where SQLite takes fifty for a query over its widest index (docs/decisions/0043). They are read again a
 * shelf (4,096 places) at a time, and only those that were written to since.
 */
import type { DatabaseSync } from "node:sqlite";
import { PLACES, shelfOf } from "./full-text.ts";

export const COUNTED = ["platforms", "cases", "states", "standings", "kinds", "actors"] as const;
export type Facet = (typeof COUNTED)[number];

/** Of the exhibits of one shelf; each list goes by the place within it. */
export interface Shelf {
  readonly upTo: number;
  /** The place in the ledger that it begins at. */
  readonly from: number;
  /** 1 where an exhibit stands: acts of other kinds, recaptures, and what is of the sample leave gaps. */
  readonly present: Uint8Array;
  readonly guarded: Uint8Array;
  readonly posted: Float64Array;
  readonly sealed: Float64Array;
  readonly values: Readonly<Record<Facet, Uint32Array>>;
  /** Those that have any. */
  readonly tags: ReadonlyMap<number, readonly number[]>;
}

/** What a number in a shelf stands for. */
export interface Names {
  readonly of: (string | null)[];
  readonly numbers: Map<string | null, number>;
}

export interface Columns {
  readonly shelves: ReadonlyMap<number, Shelf>;
  readonly names: Readonly<Record<Facet | "tags", Names>>;
}

interface Held extends Columns {
  readonly shelves: Map<number, Shelf>;
}

const held = new WeakMap<DatabaseSync, Held>();

/** As the index stands in the transaction this is asked in. */
export function columnsOf(raw: DatabaseSync): Columns {
  const columns = held.get(raw) ?? emptyColumns();
  held.set(raw, columns);
  refresh(raw, columns.shelves, (shelf, upTo) => readShelf(raw, shelf, upTo, columns));
  return columns;
}

/** Reads anew what is held of those shelves that were written to since, and lets go of those that are no more. */
export function refresh<T extends { readonly upTo: number }>(
  raw: DatabaseSync,
  shelves: Map<number, T>,
  read: (shelf: number, upTo: number) => T,
): void {
  const now = raw.prepare("SELECT shelf, upTo FROM touched").all();
  const standing = new Map(now.map(({ shelf, upTo }) => [Number(shelf), Number(upTo)]));
  for (const shelf of shelves.keys()) if (!standing.has(shelf)) shelves.delete(shelf);
  for (const [shelf, upTo] of standing) {
    if (shelves.get(shelf)?.upTo !== upTo) shelves.set(shelf, read(shelf, upTo));
  }
}

/**
 * Notes which shelves were written to by acts before `upTo`. What stands in a shelf follows from the acts, so where the
 * last that touched it was the same, so is what stands in it, also in an index that was built anew.
 */
export function touch(raw: DatabaseSync, positions: Iterable<number>, upTo: number): void {
  const note = raw.prepare("INSERT OR REPLACE INTO touched (shelf, upTo) VALUES (?, ?)");
  for (const shelf of new Set([...positions].map(shelfOf))) note.run(shelf, upTo);
}

function emptyColumns(): Held {
  const names = (): Names => ({ of: [], numbers: new Map() });
  return {
    shelves: new Map(),
    names: {
      platforms: names(),
      cases: names(),
      states: names(),
      standings: names(),
      kinds: names(),
      actors: names(),
      tags: names(),
    },
  };
}

export function numberOf({ of, numbers }: Names, name: string | null): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, of.length);
  return of.push(name) - 1;
}

type Row = readonly [number, number, number, number, ...names: (string | null)[]];

function readShelf(raw: DatabaseSync, shelf: number, upTo: number, { names }: Held): Shelf {
  const from = shelf * PLACES;
  const numbers = () => new Uint32Array(PLACES);
  const values = {
    platforms: numbers(),
    cases: numbers(),
    states: numbers(),
    standings: numbers(),
    kinds: numbers(),
    actors: numbers(),
  };
  const [present, guarded] = [new Uint8Array(PLACES), new Uint8Array(PLACES)];
  const [posted, sealed] = [new Float64Array(PLACES), new Float64Array(PLACES)];
  const rows = raw.prepare(`SELECT position, guarded, posted, sealed, platform, caseName, state,
    coalesce(standing, 'unchecked'), kind, actor FROM exhibits WHERE position >= ? AND position < ? AND recaptureOf IS NULL AND sample = 0`);
  rows.setReturnArrays(true);
  for (const row of rows.all(from, from + PLACES) as unknown as readonly Row[]) {
    const place = row[0] - from;
    present[place] = 1;
    guarded[place] = row[1];
    posted[place] = row[2];
    sealed[place] = row[3];
    for (const [i, facet] of COUNTED.entries())
      values[facet][place] = numberOf(names[facet], row[4 + i] as string | null);
  }
  return { upTo, from, present, guarded, posted, sealed, values, tags: tagsIn(raw, from, names.tags) };
}

function tagsIn(raw: DatabaseSync, from: number, names: Names): Shelf["tags"] {
  const tags = new Map<number, number[]>();
  const rows = raw.prepare("SELECT position, tag FROM tags WHERE position >= ? AND position < ?");
  for (const { position, tag } of rows.all(from, from + PLACES)) {
    const place = Number(position) - from;
    tags.set(place, [...(tags.get(place) ?? []), numberOf(names, String(tag))]);
  }
  return tags;
}
