/**
 * How far an exhibit is on its way to the public: a fold over the acts about it, and nothing else. An act that breaks a rule moves nothing,
 * whoever sealed it, so no order of acts by one person alone makes anything public.
 *
 * **What is taken away from the public takes one person; what is added takes two.**
 */
import type { GateAct, Unmasked } from "./acts.ts";
import type { HoldKind, WithdrawalKind } from "./rules.ts";

type Act<K extends GateAct["act"]> = Extract<GateAct, { act: K }>;

/** Each has all that is before it. */
export const STEPS = ["draft", "redaction-checked", "note-written", "approved", "published"] as const;
export type Step = (typeof STEPS)[number];

export interface Hold {
  readonly id: string;
  readonly hold: HoldKind;
  readonly why: string;
  readonly at: string;
  readonly until?: string;
}

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly masked: readonly string[];
  readonly unmasked: readonly Unmasked[];
}

/** What was agreed to: exactly this is shown, whatever was said of the exhibit afterwards. */
export interface Agreed {
  /** The act of the redaction that stands in it, and its place in the ledger. */
  readonly redaction: { readonly id: string; readonly position: number };
  readonly note: Note;
  readonly approval: string;
  /** RFC 3339. */
  readonly approvedAt: string;
}

export interface Publication extends Agreed {
  /** RFC 3339: of the last time it was published, and of the first. */
  readonly at: string;
  readonly firstAt: string;
}

export interface Standing {
  readonly step: Step;
  readonly redaction?: { readonly id: string; readonly position: number };
  readonly cleared?: string;
  readonly note?: Note;
  /** Those in force. */
  readonly holds: readonly Hold[];
  /** Who made it what it is now, and so may not be the one who approves it. */
  readonly preparers: readonly string[];
  /** Whether each of them is known: what nobody signed may be anybody's. */
  readonly isSigned: boolean;
  /** Where exactly one person assessed it: nor may that one. */
  readonly onlyCoder?: string;
  /** Stands where it may be published, or printed for the public, as it is. */
  readonly agreed?: Agreed;
  /** What the public is shown; also while it is withdrawn or held, when it is shown that. */
  readonly publication?: Publication;
  /** It was published, and is kept from the public since: by a hold, until it is agreed to anew. */
  readonly suspendedAt?: string;
  readonly withdrawn?: { readonly at: string; readonly because: WithdrawalKind };
  readonly corrections: readonly Correction[];
}

export interface Correction {
  readonly id: string;
  readonly at: string;
  readonly what: string;
  readonly why: string;
  readonly by: string | null;
  /** When a second person agreed to it, and it became public. */
  readonly confirmedAt?: string;
}

interface State {
  redaction?: Act<"redacted">;
  cleared?: Act<"cleared">;
  note?: Act<"reasoned">;
  holds: Act<"held">[];
  /** Who let go of a hold since it was last agreed to. */
  releasers: (string | null)[];
  approval?: Act<"approved">;
  publication?: Publication;
  suspendedAt?: string;
  withdrawn?: Standing["withdrawn"];
  corrections: Correction[];
}

/** `acts` in the ledger's order; `coders`: who assessed the exhibit, as far as somebody did. `now`: milliseconds since 1970. */
export function standingOf(acts: readonly GateAct[], now: number, coders: readonly string[] = []): Standing {
  const state: State = { holds: [], releasers: [], corrections: [] };
  for (const act of acts) apply(state, act, coders);
  return told(state, now, coders);
}

function apply(state: State, act: GateAct, coders: readonly string[]): void {
  switch (act.act) {
    case "redacted":
      state.redaction = act;
      delete state.cleared;
      delete state.approval;
      return;
    case "cleared":
      if (act.redaction !== state.redaction?.id) return;
      state.cleared = act;
      delete state.approval;
      return;
    case "reasoned":
      state.note = act;
      delete state.approval;
      return;
    case "held":
      state.holds.push(act);
      delete state.approval;
      if (state.publication !== undefined) state.suspendedAt = act.at;
      return;
    case "released": {
      const left = state.holds.filter(({ id }) => id !== act.held);
      if (left.length === state.holds.length) return;
      state.holds = left;
      state.releasers.push(act.actor);
      delete state.approval;
      return;
    }
    case "approved":
      if (mayApprove(state, act, coders)) state.approval = act;
      return;
    case "published":
      publish(state, act);
      return;
    case "corrected":
      if (state.publication !== undefined) state.corrections.push(correctionIn(act));
      return;
    case "confirmed":
      state.corrections = state.corrections.map((one) =>
        mayConfirm(one, act) ? { ...one, confirmedAt: act.at } : one,
      );
      return;
    case "withdrawn":
      if (state.publication === undefined) return;
      state.withdrawn = { at: act.at, because: act.because };
      delete state.approval;
  }
}

function mayApprove(state: State, act: Act<"approved">, coders: readonly string[]): boolean {
  return (
    act.actor !== null &&
    stepOf(state) === "note-written" &&
    act.cleared === state.cleared?.id &&
    act.note === state.note?.id &&
    inForce(state, Date.parse(act.at)).length === 0 &&
    !isHand(state, act.actor) &&
    onlyOf(coders) !== act.actor
  );
}

const correctionIn = ({ id, at, what, why, actor }: Act<"corrected">): Correction => ({ id, at, what, why, by: actor });

function mayConfirm({ id, by, confirmedAt }: Correction, act: Act<"confirmed">): boolean {
  return id === act.correction && confirmedAt === undefined && by !== null && act.actor !== null && act.actor !== by;
}

function publish(state: State, act: Act<"published">): void {
  const agreed = agreedIn(state);
  const isOpen = inForce(state, Date.parse(act.at)).length === 0;
  if (agreed === undefined || act.actor === null || act.approval !== agreed.approval || !isOpen) return;
  state.publication = { ...agreed, at: act.at, firstAt: state.publication?.firstAt ?? act.at };
  state.releasers = [];
  delete state.withdrawn;
  delete state.suspendedAt;
}

function agreedIn({ redaction, note, approval }: State): Agreed | undefined {
  if (redaction === undefined || note === undefined || approval === undefined) return undefined;
  return {
    redaction: { id: redaction.id, position: redaction.position },
    note: noteIn(note),
    approval: approval.id,
    approvedAt: approval.at,
  };
}

const noteIn = ({ id, note, masked, unmasked }: Act<"reasoned">): Note => ({ id, text: note, masked, unmasked });

/** Whose hand is in it. What nobody signed is anybody's, and so everybody's. */
function isHand(state: State, actor: string): boolean {
  return handsIn(state).some((hand) => hand === null || hand === actor);
}

function handsIn({ redaction, cleared, note, releasers }: State): readonly (string | null)[] {
  return [...[redaction, cleared, note].flatMap((act) => (act === undefined ? [] : [act.actor])), ...releasers];
}

function onlyOf(coders: readonly string[]): string | undefined {
  const all = new Set(coders);
  return all.size === 1 ? [...all][0] : undefined;
}

function inForce({ holds }: State, at: number): readonly Act<"held">[] {
  return holds.filter(({ until }) => until === undefined || Date.parse(until) > at);
}

function stepOf({ cleared, note, approval, publication }: State): Step {
  if (cleared === undefined) return "draft";
  if (note === undefined) return "redaction-checked";
  if (approval === undefined) return "note-written";
  return publication?.approval === approval.id ? "published" : "approved";
}

function told(state: State, now: number, coders: readonly string[]): Standing {
  const { redaction, cleared, note, publication, suspendedAt, withdrawn, corrections } = state;
  const agreed = agreedIn(state);
  const onlyCoder = onlyOf(coders);
  return {
    step: stepOf(state),
    ...(redaction === undefined ? {} : { redaction: { id: redaction.id, position: redaction.position } }),
    ...(cleared === undefined ? {} : { cleared: cleared.id }),
    ...(note === undefined ? {} : { note: noteIn(note) }),
    holds: inForce(state, now).map(({ id, hold, why, at, until }) => ({
      id,
      hold,
      why,
      at,
      ...(until === undefined ? {} : { until }),
    })),
    preparers: [...new Set(handsIn(state).filter((hand) => hand !== null))],
    isSigned: !handsIn(state).includes(null),
    ...(onlyCoder === undefined ? {} : { onlyCoder }),
    ...(agreed === undefined ? {} : { agreed }),
    ...(publication === undefined ? {} : { publication }),
    ...(suspendedAt === undefined ? {} : { suspendedAt }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
    corrections,
  };
}

/** What the public may see of it now: undefined where it was never published, is withdrawn, or held. */
export function publicOf({ publication, withdrawn, suspendedAt }: Standing): Publication | undefined {
  return withdrawn === undefined && suspendedAt === undefined ? publication : undefined;
}

/** What two people agreed to for the public, be it public yet or not: it may be printed. */
export function passedIn(standing: Standing): Agreed | undefined {
  return publicOf(standing) ?? (standing.holds.length === 0 ? standing.agreed : undefined);
}
