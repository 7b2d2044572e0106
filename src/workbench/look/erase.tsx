/** Erasing for good: asked twice, with a reason that stays. */
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { answer, api } from "../api.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { draftOf, keepDraft } from "../offline/drafts.ts";
import { meQuery } from "../queries.ts";
import "../style/fields.css";
import "./erase.css";

export function Erase({ id }: { readonly id: string }) {
  const { look } = useWords();
  const may = useMay();
  const { data: me } = useQuery(meQuery);
  const queries = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const draft = `erase ${id}`;
  const erasing = useMutation({
    mutationFn: (reason: string) => answer(api.exhibits[":id"].$delete({ param: { id }, json: { reason } })),
    onSuccess: async () => {
      dialog.current?.close();
      if (me !== undefined) keepDraft(me.actor, draft, {});
      await queries.invalidateQueries();
    },
  });
  if (me === undefined || !may("DELETE /api/exhibits/:id")) return null;
  return (
    <>
      <Button variant="default" onClick={() => dialog.current?.showModal()}>
        {look.erase}
      </Button>
      <dialog ref={dialog} className="sheet main ask" aria-labelledby="erase">
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            erasing.mutate(String(new FormData(event.currentTarget).get("reason")));
          }}
        >
          <h2 id="erase">{look.eraseTitle}</h2>
          <p>{look.eraseWhat}</p>
          <Textarea
            name="reason"
            defaultValue={draftOf(me.actor, draft)["reason"]}
            required
            maxLength={2000}
            autosize
            minRows={2}
            label={look.reason}
            onChange={(event) => keepDraft(me.actor, draft, { reason: event.currentTarget.value })}
          />
          <Trouble error={erasing.error} />
          <div className="row">
            <Button type="submit" disabled={erasing.isPending}>
              {look.eraseYes}
            </Button>
            <Button variant="default" onClick={() => dialog.current?.close()}>
              {look.keep}
            </Button>
          </div>
        </form>
      </dialog>
    </>
  );
}
