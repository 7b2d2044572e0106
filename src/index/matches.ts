/** Which exhibits a filter leaves, each once, from the columns in memory: for what goes through all of them. */
import type { DatabaseSync } from "node:sqlite";
import { COUNTED, type Columns, columnsOf, type Facet, type Shelf } from "./columns.ts";
import type { Filter } from "./filter.ts";
import { expressionOf } from "./find.ts";
import { PLACES, placesMatching, shelvesOf } from "./full-text.ts";
import { NOT_STATED } from "./projection.ts";
import { askedOf } from "./tokens.ts";

/** `missed`: undefined where every choice is met; the one kind of choice that is not, where only one is not. */
export type Visit = (shelf: Shelf, place: number, missed: Facet | undefined) => void;

/** Says the same of every exhibit as the condition of filter.ts; the columns, for what their numbers mean. */
export function eachMatch(raw: DatabaseSync, filter: Filter, visit: Visit): Columns {
  const columns = columnsOf(raw);
  const { words, isVain } = askedOf(filter.text);
  if (isVain) return columns;
  const passes = passesBy(filter, columns);
  if (words.length === 0) {
    for (const shelf of columns.shelves.values())
      for (let place = 0; place < PLACES; place++) if (shelf.present[place] === 1) passes(shelf, place, visit);
    return columns;
  }
  for (const number of shelvesOf(raw)) {
    const shelf = columns.shelves.get(number);
    if (shelf === undefined) continue;
    for (const position of placesMatching(raw, number, expressionOf(words, filter))) {
      const place = position - number * PLACES;
      if (shelf.present[place] === 1) passes(shelf, place, visit);
    }
  }
  return columns;
}

/** The newest first, without what is erased. */
export function idsMatching(
  raw: DatabaseSync,
  filter: Filter,
  most: number,
): { readonly ids: readonly string[]; readonly total: number } {
  const positions: number[] = [];
  const { names } = columnsOf(raw);
  eachMatch(raw, filter, (shelf, place, missed) => {
    if (missed === undefined && names.states.of[shelf.values.states[place] as number] === "sealed")
      positions.push(shelf.from + place);
  });
  const one = raw.prepare("SELECT id FROM exhibits WHERE position = ?");
  const newest = positions.toSorted((a, b) => b - a).slice(0, most);
  return { total: positions.length, ids: newest.map((position) => String(one.get(position)?.["id"])) };
}

type Pass = (shelf: Shelf, place: number, visit: Visit) => void;

function passesBy(filter: Filter, { names }: Columns): Pass {
  const { by = "sealed", from, to, text = "", notes, tags = [] } = filter;
  const isGuarded = notes !== true && text.trim() !== "";
  const first = from ?? (to !== undefined && by === "posted" ? NOT_STATED + 1 : Number.NEGATIVE_INFINITY);
  const last = to ?? Number.POSITIVE_INFINITY;
  const chosen = choicesIn(filter, names);
  const wanted = tags.map((tag) => names.tags.numbers.get(tag));
  return (shelf, place, visit) => {
    const time = shelf[by][place] as number;
    if (time < first || time > last || (isGuarded && shelf.guarded[place] === 1)) return;
    if (wanted.length > 0) {
      const own = shelf.tags.get(place);
      if (own === undefined || wanted.some((tag) => tag === undefined || !own.includes(tag))) return;
    }
    let missed: Facet | undefined;
    for (const { facet, numbers } of chosen) {
      if (numbers.has(shelf.values[facet][place] as number)) continue;
      if (missed !== undefined) return;
      missed = facet;
    }
    visit(shelf, place, missed);
  };
}

function choicesIn(filter: Filter, names: Columns["names"]) {
  const { actor, ...others } = filter;
  const asked = { ...others, actors: actor === undefined ? [] : [actor] };
  return COUNTED.flatMap((facet) => {
    const values = (asked[facet] ?? []) as readonly string[];
    const numbers = new Set(values.flatMap((value) => names[facet].numbers.get(value) ?? []));
    return values.length === 0 ? [] : [{ facet, numbers }];
  });
}
