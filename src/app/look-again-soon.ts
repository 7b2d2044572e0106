/** A member wants a link looked at again: it is due at once, and is done by whoever works off what is planned. */
import type { RecordContext } from "./context.ts";
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

/**
 * Durable when it resolves; where it is due already, nothing is added. Throws `usage` (received, or seen signed in),
 * `not_found`, `erased`, `busy`, `storage`.
 */
export async function lookAgainSoon(
  context: RecordContext,
  given: string,
  { actor, allowPrivate = false }: AgainTerms,
): Promise<AskedAgain> {
  const { id } = await firstToLookAtAgain(context, given, allowPrivate);
  const now = context.clock.now();
  const waiting = (await context.agenda.times(id)).find(({ due }) => due <= now);
  if (waiting === undefined)
    await context.agenda.addTimes([{ exhibit: id, due: now, allowPrivate, session: null, actor }]);
  return { id, dueAt: new Date(waiting?.due ?? now).toISOString() };
}
