/** What the faces ask of an exhibit's way to the public, and do on it. */
import { passedIn, publicOf, type Standing } from "../../show/fold.ts";
import { maskWords } from "../../show/mask-words.ts";
import { GATES, HOLDS, WITHDRAWALS } from "../../show/rules.ts";
import { findExhibit } from "../acts.ts";
import type { RecordContext } from "../context.ts";
import { shareableFacts } from "../held-back.ts";
import { shownUnder } from "../redact/hand-out.ts";
import { redactionAt } from "../redact/redaction.ts";
import { standingIn } from "./standing.ts";
import { type StepTaken, takeStep } from "./steps.ts";

export type { StepTaken };

/** What must be so, what keeps it back, and why it may be taken back: src/show/rules.ts. */
export const RULES = { gates: GATES, holds: HOLDS, withdrawals: WITHDRAWALS };

export interface PublicationView {
  readonly id: string;
  readonly standing: Standing;
  /** Whether the public may see it now. */
  readonly isPublic: boolean;
  /** Whether what stands is agreed to, so that a placard of it is no draft. */
  readonly isAgreed: boolean;
  /** The post's words as they would be shown, where they are not withheld. */
  readonly quotation: string | null;
  /** Which of its words are masked in that. */
  readonly masked: readonly string[];
}

export interface Publications {
  /** Throws `usage`, `not_found`. */
  of(id: string): Promise<PublicationView>;
  /** Seals a step by the member of this pseudonym. Throws as `takeStep`. */
  take(id: string, step: StepTaken, actor: string): Promise<PublicationView>;
}

export function publicationsIn(context: RecordContext): Publications {
  const of = async (given: string): Promise<PublicationView> => {
    const { summary, fields } = await findExhibit(context, given);
    const standing = await standingIn(context, summary.id);
    const redaction =
      standing.redaction === undefined ? undefined : await redactionAt(context, standing.redaction.position);
    const shown = redaction === undefined ? {} : shareableFacts(shownUnder(fields, redaction));
    const words = typeof shown["postText"] === "string" ? shown["postText"] : undefined;
    const { text, words: masked } = maskWords(words ?? "", standing.note ?? { masked: [], unmasked: [] });
    return {
      id: summary.id,
      standing,
      isPublic: publicOf(standing) !== undefined,
      isAgreed: passedIn(standing) !== undefined,
      quotation: words === undefined ? null : text,
      masked,
    };
  };
  return {
    of,
    take: async (given, step, actor) => of((await takeStep(context, given, step, actor)).id),
  };
}
