/** Deciding what of an exhibit is for the public, as the workbench and the command line do it. Heavy parts load when first used. */
import type { RecordContext } from "../context.ts";
import type { redactedProofOf } from "./hand-out.ts";
import type { ProposedInPart } from "./proposals.ts";
import type { Masks, Redacted } from "./redaction.ts";
import type { PreviewedField, RedactionView } from "./redaction-view.ts";

export interface Redacting {
  /** What stands, what the page itself proposes, and what there is to decide. Throws `usage`, `not_found`, `erased`. */
  view(id: string): Promise<RedactionView>;
  /** What a machine proposes of one part of the picture; some seconds. Throws `not_found`, `erased`, `malformed`, `busy`. */
  propose(id: string, part: number, words?: readonly string[]): Promise<ProposedInPart>;
  /** What masks would leave of its fields; nothing is sealed. Throws as `seal` does. */
  preview(id: string, masks: Omit<Masks, "boxes">): Promise<readonly PreviewedField[]>;
  /** A part of the page's picture as PNG, these tiles covered. Throws `not_found`, `erased`, `malformed`, `busy`. */
  picture(id: string, part: number, covered: ReadonlySet<number>): Promise<Uint8Array>;
  /** Seals what is withheld in public; it takes the place of what was said before. Throws `usage`, `not_found`, `erased`, `storage`. */
  seal(id: string, masks: Masks, actor?: string): Promise<Redacted>;
  /** The file for anyone of what may be shown, as a stream. Throws `usage` (nobody has redacted it yet), `not_found`, `erased`. */
  proof(id: string): ReturnType<typeof redactedProofOf>;
}

export function redactingIn(context: RecordContext): Redacting {
  return {
    view: async (id) => (await import("./redaction-view.ts")).viewRedaction(context, id),
    propose: async (id, part, words) => (await import("./proposals.ts")).proposedInPart(context, id, part, words),
    preview: async (id, masks) => (await import("./redaction-view.ts")).previewFields(context, id, masks),
    picture: async (id, part, covered) => (await import("./part-picture.ts")).partPicture(context, id, part, covered),
    seal: async (id, masks, actor) => (await import("./redaction.ts")).redactExhibit(context, id, masks, actor),
    proof: async (id) => (await import("./hand-out.ts")).redactedProofOf(context, id),
  };
}
