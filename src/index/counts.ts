/** How many exhibits there are of each kind, and when they were posted: for filters and charts. */
import type { DatabaseSync } from "node:sqlite";
import { COUNTED, columnsOf, type Facet, type Names } from "./columns.ts";
import type { Filter } from "./filter.ts";
import { eachMatch } from "./matches.ts";

export interface Count {
  /** Null: it states none. */
  readonly value: string | null;
  readonly count: number;
}

export interface Counts extends Readonly<Record<Facet, readonly Count[]>> {
  readonly total: number;
  /** Of what the filter leaves, by tag; an exhibit may have several. */
  readonly tags: readonly Count[];
}

export interface Charts {
  readonly total: number;
  /** Exhibits of which the time asked for is not known, and which are in no chart of times. */
  readonly withoutTime: number;
  readonly erased: number;
  /** By the Monday of the week, UTC. */
  readonly weeks: readonly { readonly week: string; readonly platform: string | null; readonly count: number }[];
  /** Weekday 0 is Monday; hours in UTC. */
  readonly hours: readonly { readonly weekday: number; readonly hour: number; readonly count: number }[];
  readonly platforms: readonly Count[];
  /** Of those that are not erased. */
  readonly standings: readonly Count[];
}

/** By the number of a name. */
class Tally {
  readonly #names: Names;
  readonly #counts: Uint32Array;

  constructor(names: Names) {
    this.#names = names;
    this.#counts = new Uint32Array(names.of.length);
  }

  add(number: number): void {
    this.#counts[number] = (this.#counts[number] as number) + 1;
  }

  counts(): readonly Count[] {
    return Array.from(this.#counts, (count, number) => ({ value: this.#names.of[number] ?? null, count }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count || (a.value ?? "").localeCompare(b.value ?? "", "en"));
  }
}

/** What is chosen among one kind does not narrow the counts of that kind: they say what another choice would show. */
export function countExhibits(raw: DatabaseSync, filter: Filter): Counts {
  const { names } = columnsOf(raw);
  const tallies = Object.fromEntries(COUNTED.map((facet) => [facet, new Tally(names[facet])])) as Record<Facet, Tally>;
  const { platforms, cases, states, standings, kinds, actors } = tallies;
  const tagged = new Tally(names.tags);
  let total = 0;
  eachMatch(raw, filter, ({ values, tags }, place, missed) => {
    if (missed !== undefined) return tallies[missed].add(values[missed][place] as number);
    total++;
    // One by one: a loop over their names costs several times as much.
    platforms.add(values.platforms[place] as number);
    cases.add(values.cases[place] as number);
    states.add(values.states[place] as number);
    standings.add(values.standings[place] as number);
    kinds.add(values.kinds[place] as number);
    actors.add(values.actors[place] as number);
    if (tags.size > 0) for (const tag of tags.get(place) ?? []) tagged.add(tag);
  });
  const counts = Object.fromEntries(COUNTED.map((facet) => [facet, tallies[facet].counts()]));
  return { total, tags: tagged.counts(), ...(counts as Record<Facet, readonly Count[]>) };
}

const WEEK = 604_800;
/** 1970 began on a Thursday. */
const THURSDAY = 3 * 86_400;

export function chartExhibits(raw: DatabaseSync, filter: Filter): Charts {
  const by = filter.by ?? "posted";
  const weeks = new Map<number, Map<number, number>>();
  const hours = new Uint32Array(168);
  const { names } = columnsOf(raw);
  const [platforms, standings] = [new Tally(names.platforms), new Tally(names.standings)];
  let [total, withoutTime, erased] = [0, 0, 0];
  eachMatch(raw, filter, (shelf, place, missed) => {
    if (missed !== undefined) return;
    total++;
    const platform = shelf.values.platforms[place] as number;
    platforms.add(platform);
    if (names.states.of[shelf.values.states[place] as number] === "erased") erased++;
    else standings.add(shelf.values.standings[place] as number);
    const time = (shelf[by][place] as number) + THURSDAY;
    if (time < 0) {
      withoutTime++;
      return;
    }
    const hour = Math.floor(time / 3600) % 168;
    hours[hour] = (hours[hour] ?? 0) + 1;
    const week = Math.floor(time / WEEK);
    const counts = weeks.get(week) ?? new Map<number, number>();
    if (counts.size === 0) weeks.set(week, counts);
    counts.set(platform, (counts.get(platform) ?? 0) + 1);
  });
  return {
    total,
    withoutTime,
    erased,
    weeks: [...weeks]
      .toSorted(([a], [b]) => a - b)
      .flatMap(([week, counts]) =>
        [...counts]
          .map(([number, count]) => ({ week: mondayOf(week), platform: names.platforms.of[number] ?? null, count }))
          .toSorted((a, b) => (a.platform ?? "").localeCompare(b.platform ?? "", "en")),
      ),
    hours: Array.from(hours, (count, i) => ({ weekday: Math.floor(i / 24), hour: i % 24, count })),
    platforms: platforms.counts(),
    standings: standings.counts(),
  };
}

function mondayOf(week: number): string {
  return new Date(1000 * (week * WEEK - THURSDAY)).toISOString().slice(0, 10);
}

export interface CaseSummary {
  readonly name: string;
  readonly exhibits: number;
  /** RFC 3339. */
  readonly lastSealedAt: string;
}

export function listCases(raw: DatabaseSync): readonly CaseSummary[] {
  const found = raw.prepare(`SELECT caseName, count(*) AS exhibits, max(sealed) AS last FROM exhibits e
    WHERE recaptureOf IS NULL AND caseName IS NOT NULL AND sample = 0 GROUP BY caseName ORDER BY last DESC`);
  return found.all().map((row) => ({
    name: String(row["caseName"]),
    exhibits: Number(row["exhibits"]),
    lastSealedAt: new Date(1000 * Number(row["last"])).toISOString(),
  }));
}
