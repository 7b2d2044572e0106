/** How many exhibits there are of each kind, and when they were posted: for filters and charts. */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { conditionOf, type Filter } from "./filter.ts";
import { expressionOf } from "./find.ts";
import { matchesIn, shelvesOf } from "./full-text.ts";
import { askedOf } from "./tokens.ts";

export interface Count {
  /** Null: it states none. */
  readonly value: string | null;
  readonly count: number;
}

export interface Counts {
  readonly total: number;
  readonly platforms: readonly Count[];
  readonly cases: readonly Count[];
  readonly states: readonly Count[];
  readonly standings: readonly Count[];
  readonly kinds: readonly Count[];
}

export interface Charts {
  /** Exhibits of which the time asked for is not known, and which are in no chart of times. */
  readonly withoutTime: number;
  /** By the Monday of the week, UTC. */
  readonly weeks: readonly { readonly week: string; readonly platform: string | null; readonly count: number }[];
  /** Weekday 0 is Monday; hours in UTC. */
  readonly hours: readonly { readonly weekday: number; readonly hour: number; readonly count: number }[];
}

const FACETS = { platforms: 0, cases: 1, states: 2, standings: 3, kinds: 4 } as const;
type Facet = keyof typeof FACETS;
type Group = readonly [...values: (string | null)[], count: number];

/** What is chosen among one kind does not narrow the counts of that kind: they say what another choice would show. */
export function countExhibits(raw: DatabaseSync, filter: Filter): Counts {
  const groups = rows<Group>(
    raw,
    filter,
    "e.platform, e.caseName, e.state, coalesce(e.standing, 'unchecked'), e.kind, count(*)",
    "GROUP BY e.platform, e.caseName, e.state, e.standing, e.kind",
    false,
  );
  const facets = Object.keys(FACETS) as readonly Facet[];
  const passes = (group: Group, but?: Facet): boolean =>
    facets.every((facet) => {
      const chosen = filter[facet] as readonly string[] | undefined;
      if (facet === but || chosen === undefined || chosen.length === 0) return true;
      const value = group[FACETS[facet]];
      return typeof value === "string" && chosen.includes(value);
    });
  const countsOf = (facet: Facet): readonly Count[] => {
    const sums = new Map<string | null, number>();
    for (const group of groups.filter((one) => passes(one, facet))) {
      const value = (group[FACETS[facet]] ?? null) as string | null;
      sums.set(value, (sums.get(value) ?? 0) + (group.at(-1) as number));
    }
    return [...sums]
      .map(([value, count]) => ({ value, count }))
      .toSorted((a, b) => b.count - a.count || (a.value ?? "").localeCompare(b.value ?? "", "en"));
  };
  return {
    total: groups.filter((group) => passes(group)).reduce((sum, group) => sum + (group.at(-1) as number), 0),
    platforms: countsOf("platforms"),
    cases: countsOf("cases"),
    states: countsOf("states"),
    standings: countsOf("standings"),
    kinds: countsOf("kinds"),
  };
}

const WEEK = 604_800;
/** 1970 began on a Thursday. In the indexes by week and by hour (database.ts) the sums are written the same. */
const THURSDAY = 3 * 86_400;

export function chartExhibits(raw: DatabaseSync, filter: Filter): Charts {
  const time = `e.${filter.by ?? "posted"}`;
  const week = `((${time} + ${THURSDAY}) / ${WEEK})`;
  const hour = `((${time} + ${THURSDAY}) / 3600 % 168)`;
  const byWeek = rows<readonly [string | null, number, number]>(
    raw,
    filter,
    `e.platform, ${week}, count(*)`,
    `GROUP BY e.platform, ${week}`,
    true,
  );
  const byHour = rows<readonly [number, number]>(raw, filter, `${hour}, count(*)`, `GROUP BY ${hour}`, true);
  // What states no time falls into weeks and hours before all times.
  const timed = byWeek.filter(([, number]) => number >= 0);
  const hours = new Map(byHour);
  return {
    withoutTime: byWeek.filter(([, number]) => number < 0).reduce((sum, [, , count]) => sum + count, 0),
    weeks: timed
      .map(([platform, number, count]) => ({ week: mondayOf(number), platform, count }))
      .toSorted((a, b) => (a.week < b.week ? -1 : a.week > b.week ? 1 : 0)),
    hours: Array.from({ length: 168 }, (_, i) => ({
      weekday: Math.floor(i / 24),
      hour: i % 24,
      count: hours.get(i) ?? 0,
    })),
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

function rows<Row>(
  raw: DatabaseSync,
  filter: Filter,
  columns: string,
  grouped: string,
  facets: boolean,
): readonly Row[] {
  const { sql, values } = conditionOf(filter, { facets });
  const { words: asked, isVain } = askedOf(filter.text);
  if (isVain) return [];
  const shelves = asked.length === 0 ? [] : shelvesOf(raw);
  // The sign keeps SQLite from going through the matches one by one and sorting them: an index has the groups in order.
  const matching = asked.length === 0 ? "" : `AND +e.position IN (${matchesIn(shelves)})`;
  const expressions: readonly SQLInputValue[] =
    asked.length === 0 ? [] : Array(Math.max(1, shelves.length)).fill(expressionOf(asked, filter));
  const statement = raw.prepare(`SELECT ${columns} FROM exhibits e WHERE ${sql} ${matching} ${grouped}`);
  statement.setReturnArrays(true);
  return statement.all(...values, ...expressions) as unknown as readonly Row[];
}
