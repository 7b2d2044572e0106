/** What is typed into a form of one field, kept on this device until it is done. */
import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../queries.ts";
import { draftOf, keepDraft } from "./drafts.ts";

export interface OneDraft {
  /** What was typed before, for the field to begin with. */
  readonly typed: string;
  /** Forgets it where it is empty. */
  readonly keep: (typed: string) => void;
}

/** `form`: its name among the drafts of whoever is signed in. */
export function useDraft(form: string): OneDraft {
  const actor = useQuery(meQuery).data?.actor;
  return {
    typed: draftOf(actor, form)["typed"] ?? "",
    keep: (typed) => {
      if (actor !== undefined) keepDraft(actor, form, { typed });
    },
  };
}
