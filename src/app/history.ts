/** What became of an exhibit's link since: its recaptures, one after another, and when it is looked at next. */
import { PlacardError } from "../lib/error.ts";
import { isJsonObject, type JsonObject } from "../lib/json.ts";
import { type Coded, toldBeside } from "../lib/told.ts";
import { openAct } from "../record/sd-jwt.ts";
import { readEach } from "./acts.ts";
import { causeSaid } from "./causes.ts";
import type { RecordContext } from "./context.ts";

export interface Recapture {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly state: "sealed" | "erased";
  readonly result: string | null;
  readonly changes: JsonObject;
  readonly comparison: JsonObject;
  readonly reason: string | null;
  /** The reason by its code, where it was sealed with a cause that is ours. */
  readonly told?: Coded;
  /** When it had been planned for. */
  readonly dueAt: string | null;
  /** Who asked for it, or captured it: a pseudonym, or what the settings call the group. */
  readonly actor: string | null;
}

export interface History {
  readonly recaptures: readonly Recapture[];
  /** RFC 3339, ascending. */
  readonly next: readonly string[];
}

/** Of the exhibit itself, not of what it is a recapture of. Throws what reading the vault throws. */
export async function historyOf(context: RecordContext, id: string): Promise<History> {
  const recaptures: Recapture[] = [];
  for (const { position, ...row } of await context.index.recapturesOf(id)) {
    for await (const sealed of readEach(context.vault, position, position + 1)) {
      // One that is damaged says less; the audit names it.
      const { changes, comparison, reason, cause, dueAt } =
        sealed instanceof PlacardError ? { reason: sealed.message } : openAct(sealed).act;
      recaptures.push({
        id: row.id,
        at: row.sealedAt,
        state: row.state,
        result: row.result,
        changes: isJsonObject(changes) ? changes : {},
        comparison: isJsonObject(comparison) ? comparison : {},
        reason: typeof reason === "string" ? reason : row.reason,
        ...(typeof reason === "string" && typeof cause === "string" ? toldBeside(causeSaid(cause, reason)) : {}),
        dueAt: typeof dueAt === "string" ? dueAt : null,
        actor: row.actor,
      });
    }
  }
  return { recaptures, next: await plannedTimes(context, id) };
}

/** When its link is looked at next: RFC 3339, ascending. */
export async function plannedTimes({ agenda }: Pick<RecordContext, "agenda">, id: string): Promise<readonly string[]> {
  return (await agenda.times(id)).map(({ due }) => new Date(due).toISOString());
}
