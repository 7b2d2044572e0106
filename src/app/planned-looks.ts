/** Members plan when a link is looked at again, and take that back: it is done by whoever works off what is planned. */
import { PlacardError } from "../lib/error.ts";
import { findExhibit } from "./acts.ts";
import type { RecordContext } from "./context.ts";
import { plannedTimes } from "./history.ts";
import type { AgainTerms } from "./look-again-soon.ts";
import { firstToLookAtAgain } from "./recapture-exhibit.ts";
import { say } from "./said.ts";

export interface PlannedLooks {
  /** The first capture of the link. */
  readonly id: string;
  /** All that are planned now: RFC 3339, ascending. */
  readonly next: readonly string[];
}

/** Milliseconds within which one stands for another: pressed twice, it is planned once. */
const AS_ONE = 600_000;
/** Of one link. */
const MOST = 24;

/**
 * `after`: milliseconds from now. Durable when it resolves. Throws `usage` (received, or seen signed in), `too_large` (there
 * are enough), `not_found`, `erased`, `busy`, `storage`.
 */
export async function planLooks(
  context: RecordContext,
  given: string,
  after: readonly number[],
  { actor, allowPrivate = false }: AgainTerms,
): Promise<PlannedLooks> {
  const { id: exhibit } = await firstToLookAtAgain(context, given, allowPrivate);
  const now = context.clock.now();
  const planned = (await context.agenda.times(exhibit)).map(({ due }) => due);
  const wanted = [...new Set(after)].map((one) => now + one);
  const added = wanted.filter((due) => !planned.some((other) => Math.abs(other - due) < AS_ONE));
  if (added.length > 0 && planned.length + added.length > MOST)
    throw new PlacardError("too_large", say("looks_enough", { count: MOST }), { next: say("looks_take_back") });
  await context.agenda.addTimes(added.map((due) => ({ exhibit, due, allowPrivate, session: null, actor })));
  return { id: exhibit, next: await plannedTimes(context, exhibit) };
}

/**
 * Takes back what is not due yet: all of it, or what the member of this pseudonym has planned. What is due may be under way.
 * Throws `not_found`, `busy`, `storage`.
 */
export async function takeBackLooks(context: RecordContext, given: string, of?: string): Promise<PlannedLooks> {
  const { summary } = await findExhibit(context, given);
  const id = summary.recaptureOf ?? summary.id;
  const now = context.clock.now();
  const theirs = (await context.agenda.times(id)).filter(
    ({ due, actor }) => due > now && (of === undefined || actor === of),
  );
  await context.agenda.removeTimes(theirs.map(({ item }) => item));
  return { id, next: await plannedTimes(context, id) };
}
