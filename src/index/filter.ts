/** Which exhibits are asked for, as a condition of SQL. Recaptures are never among them: they belong to what they are of. */
import type { SQLInputValue } from "node:sqlite";
import { type ExhibitKind, NOT_STATED } from "./projection.ts";

/** `unchecked`: nobody has looked again. */
export const STANDINGS = ["unchanged", "edited", "page-changed", "gone", "not-reachable", "unchecked"] as const;
export type StandingAsked = (typeof STANDINGS)[number];

export interface Filter {
  /** As it was typed. */
  readonly text?: string;
  /** Asked by a member: what is the group's alone is searched too, its notes and cases among it. */
  readonly notes?: boolean;
  readonly platforms?: readonly string[];
  readonly cases?: readonly string[];
  readonly states?: readonly ("sealed" | "erased")[];
  readonly standings?: readonly StandingAsked[];
  readonly kinds?: readonly ExhibitKind[];
  readonly actor?: string;
  /** Each of them. */
  readonly tags?: readonly string[];
  /** Which time `from` and `to` are about. */
  readonly by?: "posted" | "sealed";
  /** Seconds since 1970, both included. */
  readonly from?: number;
  readonly to?: number;
}

export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

const anyOf = (column: string, values: readonly string[] | undefined): readonly Condition[] =>
  values === undefined || values.length === 0
    ? []
    : [{ sql: `${column} IN (${values.map(() => "?").join(", ")})`, values }];

/** What is counted (matches.ts) is narrowed by the same. */
export function conditionOf(filter: Filter, { samples = false } = {}): Condition {
  const {
    platforms,
    cases,
    states,
    standings,
    kinds,
    actor,
    tags = [],
    by = "sealed",
    from,
    to,
    text = "",
    notes,
  } = filter;
  const parts: readonly Condition[] = [
    { sql: "e.recaptureOf IS NULL", values: [] },
    // A sample is listed while it is there, and counted nowhere.
    { sql: samples ? "(e.sample = 0 OR e.state = 'sealed')" : "e.sample = 0", values: [] },
    // That it is found would tell what it says.
    ...(notes !== true && text.trim() !== "" ? [{ sql: "e.guarded = 0", values: [] }] : []),
    ...anyOf("e.platform", platforms),
    ...anyOf("e.caseName", cases),
    ...anyOf("e.state", states),
    ...anyOf("coalesce(e.standing, 'unchecked')", standings),
    ...anyOf("e.kind", kinds),
    ...tags.map((tag) => ({ sql: "e.position IN (SELECT position FROM tags WHERE tag = ?)", values: [tag] })),
    ...(actor === undefined ? [] : [{ sql: "e.actor = ?", values: [actor] }]),
    ...(from === undefined ? [] : [{ sql: `e.${by} >= ?`, values: [from] }]),
    ...(to === undefined ? [] : [{ sql: `e.${by} <= ?`, values: [to] }]),
    // What states no time lies in no span of time.
    ...(to !== undefined && by === "posted" ? [{ sql: "e.posted > ?", values: [NOT_STATED] }] : []),
  ];
  return { sql: parts.map(({ sql }) => sql).join(" AND "), values: parts.flatMap(({ values }) => values) };
}
