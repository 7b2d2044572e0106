/** Members want links looked at again: they are due at once, and are done by whoever works off what is planned. */
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { type Coded, toldBeside } from "../lib/told.ts";
import type { RecordContext } from "./context.ts";
import { refuseTooMany } from "./many.ts";
import { firstToLookAtAgain } from "./recapture-exhibit.ts";

export interface AskedAgain {
  /** The first capture of the link. */
  readonly id: string;
  /** RFC 3339. */
  readonly dueAt: string;
}

export interface AgainTerms {
  /** Pseudonym of who asks. */
  readonly actor: string;
  readonly allowPrivate?: boolean;
}

/** What came of one of many; `id` is the one that was given. */
export type AskedOfMany = { readonly id: string } & (
  | { readonly outcome: "asked" | "as-it-was" }
  | { readonly outcome: "not-asked"; readonly reason: string; readonly told?: Coded }
);

/**
 * Durable when it resolves; where it is due already, nothing is added. Throws `usage` (received, or seen signed in),
 * `not_found`, `erased`, `busy`, `storage`.
 */
export async function lookAgainSoon(context: RecordContext, given: string, terms: AgainTerms): Promise<AskedAgain> {
  const wanted = await wantedOf(context, given, terms);
  if (wanted.dueSince === undefined) await plan(context, [wanted.id], wanted.now, terms);
  return { id: wanted.id, dueAt: new Date(wanted.dueSince ?? wanted.now).toISOString() };
}

/** The same for many, all on disk at once when it resolves; one that cannot be looked at leaves the others alone. Throws `usage` (too many), `busy`, `storage`. */
export async function lookAgainAtMany(
  context: RecordContext,
  ids: readonly string[],
  terms: AgainTerms,
): Promise<readonly AskedOfMany[]> {
  refuseTooMany(ids);
  // Several captures of one link are looked at again once.
  const added = new Set<string>();
  const told: AskedOfMany[] = [];
  for (const id of new Set(ids)) {
    const wanted = await wantedOf(context, id, terms).catch(refusalOf);
    if (wanted instanceof PlacardError) {
      told.push({ id, outcome: "not-asked", reason: wanted.message, ...toldBeside(wanted.told) });
      continue;
    }
    const isThere = wanted.dueSince !== undefined || added.has(wanted.id);
    if (!isThere) added.add(wanted.id);
    told.push({ id, outcome: isThere ? "as-it-was" : "asked" });
  }
  if (added.size > 0) await plan(context, [...added], context.clock.now(), terms);
  return told;
}

interface Wanted {
  readonly id: string;
  readonly now: number;
  /** Since when it is due already; milliseconds since 1970. */
  readonly dueSince: number | undefined;
}

async function wantedOf(context: RecordContext, given: string, { allowPrivate = false }: AgainTerms): Promise<Wanted> {
  const { id } = await firstToLookAtAgain(context, given, allowPrivate);
  const now = context.clock.now();
  return { id, now, dueSince: (await context.agenda.times(id)).find(({ due }) => due <= now)?.due };
}

function plan(
  context: RecordContext,
  ids: readonly string[],
  due: number,
  { actor, allowPrivate = false }: AgainTerms,
) {
  return context.agenda.addTimes(ids.map((exhibit) => ({ exhibit, due, allowPrivate, session: null, actor })));
}

/** What is wrong with the exhibit, and not with this record or machine. */
function refusalOf(error: unknown): PlacardError {
  if (isPlacardError(error) && ["usage", "not_found", "erased"].includes(error.code)) return error;
  throw error;
}
