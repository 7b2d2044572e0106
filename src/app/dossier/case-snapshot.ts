/** A case as the index has it at one moment: its numbers, its exhibits, and what may be shown of them. */
import { type Charts, type Counts, chartExhibits, countExhibits } from "../../index/counts.ts";
import type { ActAbout } from "../../index/likeness.ts";
import type { Commit } from "../../ledger/backend.ts";
import { PlacardError } from "../../lib/error.ts";
import { type Agreed, passedIn, publicOf, type Standing } from "../../show/fold.ts";
import type { RecordContext } from "../context.ts";
import { standingFrom } from "../publication/standing.ts";
import { say } from "../said.ts";

export interface CaseRow {
  readonly id: string;
  readonly position: number;
  readonly sealedAt: string;
  readonly kind: string | null;
}

export interface PassedExhibit extends CaseRow {
  readonly agreed: Agreed;
  readonly standing: Standing;
}

export interface CaseSnapshot {
  readonly head: Commit;
  readonly counts: Counts;
  readonly charts: Charts;
  /** In the order in which they were sealed; recaptures belong to what they are of. */
  readonly rows: readonly CaseRow[];
  readonly passed: readonly PassedExhibit[];
  readonly isPublic: number;
  readonly wasPublic: number;
}

const OF_CASE = "FROM exhibits WHERE caseName = ? AND state = 'sealed' AND recaptureOf IS NULL AND sample = 0";
const ROWS = `SELECT id, position, sealedAt, kind ${OF_CASE} ORDER BY position`;
const ACTS = `SELECT about, position, id, act, at, actor, said FROM actsAbout WHERE about IN (SELECT id ${OF_CASE}) ORDER BY position`;
/** Others would have to seal something each time between two readings. */
const MOST_ATTEMPTS = 20;

/** Throws `not_found` where nothing is of the case, `busy`. */
export async function snapshotOf(context: RecordContext, caseName: string): Promise<CaseSnapshot> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const asked = await context.index.ask((raw) => ({
      size: Number(raw.prepare("SELECT size FROM progress").get()?.["size"] ?? 0),
      counts: countExhibits(raw, { cases: [caseName] }),
      charts: chartExhibits(raw, { cases: [caseName] }),
      rows: raw.prepare(ROWS).all(caseName) as unknown as readonly CaseRow[],
      acts: raw.prepare(ACTS).all(caseName) as unknown as readonly (ActAbout & { readonly about: string })[],
    }));
    const head = await context.log.head();
    if (head.size !== asked.size) continue;
    const { size: _, acts, ...told } = asked;
    if (told.rows.length === 0) {
      throw new PlacardError("not_found", say("no_such_case", { name: caseName }), { next: say("list_shows_cases") });
    }
    return { head, ...told, ...publicIn(told.rows, acts, context.clock.now()) };
  }
  throw new PlacardError("busy", say("dossier_busy"), { next: say("dossier_again") });
}

function publicIn(
  rows: readonly CaseRow[],
  acts: readonly (ActAbout & { readonly about: string })[],
  now: number,
): Pick<CaseSnapshot, "passed" | "isPublic" | "wasPublic"> {
  const about = Map.groupBy(acts, ({ about: id }) => id);
  const all = rows.map((row) => ({ ...row, standing: standingFrom(about.get(row.id) ?? [], now) }));
  const passed = all.flatMap((row) => {
    const agreed = passedIn(row.standing);
    return agreed === undefined ? [] : [{ ...row, agreed }];
  });
  const isPublic = passed.filter(({ standing }) => publicOf(standing) !== undefined).length;
  const published = all.filter(({ standing }) => standing.publication !== undefined).length;
  return { passed, isPublic, wasPublic: published - isPublic };
}

/** The same where exactly the same may be shown. */
export function whatMayBeShown({ passed }: CaseSnapshot): string {
  return JSON.stringify(passed.map(({ id, agreed }) => [id, agreed.approval]));
}
