/**
 * The steps of an exhibit to the public, as members take them (docs/formats/publication.md). Whether one may be taken is told by the fold
 * alone (src/show/fold.ts): what is refused here would move nothing if it were sealed.
 */
import { PlacardError } from "../../lib/error.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { Told } from "../../lib/told.ts";
import type { Act } from "../../record/act.ts";
import type { Unmasked } from "../../show/acts.ts";
import { publicOf, type Standing } from "../../show/fold.ts";
import { HOLDS, type HoldKind, type WithdrawalKind } from "../../show/rules.ts";
import { findExhibit } from "../acts.ts";
import type { RecordContext } from "../context.ts";
import { finishErasures } from "../erase-exhibit.ts";
import { refuseErased } from "../export-exhibit.ts";
import { say } from "../said.ts";
import { seal } from "../seal.ts";
import { standingIn } from "./standing.ts";

const SHORTEST_NOTE = 20;
const LONGEST_NOTE = 4000;
const LONGEST_WHY = 1000;
const MOST_WORDS = 100;
const LONGEST_WORD = 100;
/** Milliseconds: nobody waits longer for an answer. */
const LONGEST_WAIT = 366 * 24 * 3_600_000;

export type StepTaken =
  | { readonly act: "cleared"; readonly redaction: string }
  | {
      readonly act: "reasoned";
      readonly note: string;
      readonly masked: readonly string[];
      readonly unmasked: readonly Unmasked[];
    }
  | { readonly act: "held"; readonly hold: HoldKind; readonly why: string; readonly until?: string | undefined }
  | { readonly act: "released"; readonly held: string; readonly why: string }
  | { readonly act: "approved"; readonly cleared: string; readonly note: string }
  | { readonly act: "published"; readonly approval: string }
  | { readonly act: "corrected"; readonly what: string; readonly why: string }
  | { readonly act: "confirmed"; readonly correction: string }
  | { readonly act: "withdrawn"; readonly because: WithdrawalKind };

/**
 * Seals one step, by the member of this pseudonym. Throws `usage`, `not_found`, `erased`, `conflict` (not its
 * turn, or somebody changed it meanwhile), `not_allowed` (it takes another person), `storage`.
 */
export async function takeStep(
  context: RecordContext,
  given: string,
  step: StepTaken,
  actor: string,
): Promise<{ readonly id: string }> {
  const { summary, fields } = await findExhibit(context, given);
  refuseErased(summary);
  if (fields["sample"] === true) throw new PlacardError("usage", say("sample_not_public"));
  const said = sayingOf(step, context.clock.now());
  refuse(await standingIn(context, summary.id), step, actor);
  const act: Act = { ...said, act: step.act, of: summary.id, position: summary.position, actor };
  const { id } = await seal(context, act);
  if ((await context.index.filingsLeft()).length > 0) await finishErasures(context);
  const standing = await standingIn(context, summary.id);
  // Somebody else may have taken another step between the look and the seal.
  if (!took(standing, step, id))
    throw new PlacardError("conflict", say("step_overtaken"), { next: say("look_then_say") });
  return { id: summary.id };
}

function sayingOf(step: StepTaken, now: number): JsonObject {
  const { act: _, ...said } = step;
  switch (step.act) {
    case "reasoned":
      return {
        note: textOf(step.note, SHORTEST_NOTE, LONGEST_NOTE, "note_length"),
        masked: wordsOf(step.masked),
        unmasked: step.unmasked.map(({ word, why }) => ({ word: wordsOf([word])[0] ?? "", why: whyOf(why) })),
      };
    case "held":
      return { hold: step.hold, why: whyOf(step.why), ...untilOf(step, now) };
    case "released":
      return { held: step.held, why: whyOf(step.why) };
    case "corrected":
      return { what: whyOf(step.what), why: whyOf(step.why) };
    default:
      return said as JsonObject;
  }
}

function textOf(given: string, least: number, most: number, code: "note_length" | "why_length"): string {
  const text = given.toWellFormed().normalize("NFC").trim();
  if (text.length >= least && text.length <= most) return text;
  throw new PlacardError("usage", say(code, { least, most }));
}

const whyOf = (given: string): string => textOf(given, 3, LONGEST_WHY, "why_length");

function wordsOf(given: readonly string[]): string[] {
  const words = [...new Set(given.map((word) => word.normalize("NFC").trim()))].filter((word) => word !== "");
  if (words.length <= MOST_WORDS && words.every((word) => word.length <= LONGEST_WORD)) return words;
  throw new PlacardError("usage", say("too_many_words", { count: MOST_WORDS, length: LONGEST_WORD }));
}

function untilOf({ hold, until }: Extract<StepTaken, { act: "held" }>, now: number): { readonly until?: string } {
  if (!HOLDS[hold].ends) {
    if (until !== undefined) throw new PlacardError("usage", say("hold_without_day"));
    return {};
  }
  const at = Date.parse(until ?? "");
  if (Number.isNaN(at) || at <= now || at > now + LONGEST_WAIT) throw new PlacardError("usage", say("hold_needs_day"));
  return { until: new Date(at).toISOString() };
}

/** Throws what keeps this member from this step now. */
function refuse(standing: Standing, step: StepTaken, actor: string): void {
  switch (step.act) {
    case "cleared":
      if (standing.redaction === undefined) throw early(say("redact_before"));
      if (standing.redaction.id !== step.redaction) throw changed();
      return;
    case "released":
      if (!standing.holds.some(({ id }) => id === step.held)) throw changed();
      return;
    case "approved":
      return refuseApproval(standing, step, actor);
    case "published":
      refuseHeld(standing);
      if (standing.agreed?.approval !== step.approval)
        throw standing.agreed === undefined ? early(say("approve_before")) : changed();
      return;
    case "corrected":
    case "withdrawn":
      if (standing.publication === undefined) throw early(say("not_published"));
      return;
    case "confirmed":
      return refuseConfirming(standing, step, actor);
    default:
  }
}

function refuseApproval(standing: Standing, step: Extract<StepTaken, { act: "approved" }>, actor: string): void {
  refuseHeld(standing);
  if (standing.cleared === undefined) throw early(say("clear_before"));
  if (standing.note === undefined) throw early(say("note_before"));
  if (standing.cleared !== step.cleared || standing.note.id !== step.note) throw changed();
  if (standing.agreed !== undefined) throw new PlacardError("conflict", say("approved_already"));
  if (!standing.isSigned) throw new PlacardError("conflict", say("nobody_signed"), { next: say("sign_anew") });
  if (standing.preparers.includes(actor) || standing.onlyCoder === actor)
    throw new PlacardError("not_allowed", say("own_work"), { next: say("ask_another") });
}

function refuseConfirming(
  { corrections }: Standing,
  step: Extract<StepTaken, { act: "confirmed" }>,
  actor: string,
): void {
  const correction = corrections.find(({ id }) => id === step.correction);
  if (correction === undefined || correction.confirmedAt !== undefined) throw changed();
  if (correction.by === actor) throw new PlacardError("not_allowed", say("own_work"), { next: say("ask_another") });
}

function refuseHeld({ holds: [hold] }: Standing): void {
  if (hold !== undefined) throw new PlacardError("conflict", HOLDS[hold.hold].why, { next: say("release_first") });
}

const early = (told: Told): PlacardError => new PlacardError("conflict", told);
const changed = (): PlacardError =>
  new PlacardError("conflict", say("changed_meanwhile"), { next: say("look_then_say") });

function took(standing: Standing, step: StepTaken, id: string): boolean {
  switch (step.act) {
    case "cleared":
      return standing.cleared === id;
    case "reasoned":
      return standing.note?.id === id;
    case "held":
      return standing.holds.some((hold) => hold.id === id);
    case "released":
      return !standing.holds.some((hold) => hold.id === step.held);
    case "approved":
      return standing.agreed?.approval === id;
    case "published":
      return publicOf(standing)?.approval === step.approval;
    case "corrected":
      return standing.corrections.some((correction) => correction.id === id);
    case "confirmed":
      return standing.corrections.some((one) => one.id === step.correction && one.confirmedAt !== undefined);
    case "withdrawn":
      return standing.withdrawn !== undefined;
  }
}
