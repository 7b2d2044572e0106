/** Erasing for good: asked twice, with a reason that stays. */
import { Button, Modal, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../api.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { meQuery } from "../queries.ts";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/Paper.css";
import "../style/fields.css";

const MAY_ERASE: readonly string[] = ["owner", "organiser"];

export function Erase({ id }: { readonly id: string }) {
  const { look } = useWords();
  const { data: me } = useQuery(meQuery);
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const erasing = useMutation({
    mutationFn: (reason: string) => answer(api.exhibits[":id"].$delete({ param: { id }, json: { reason } })),
    onSuccess: async () => {
      setOpen(false);
      await queries.invalidateQueries();
    },
  });
  if (me === undefined || !MAY_ERASE.includes(me.role)) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {look.erase}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={look.eraseTitle}
        closeButtonProps={{ "aria-label": look.keep }}
      >
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            erasing.mutate(String(new FormData(event.currentTarget).get("reason")));
          }}
        >
          <p>{look.eraseWhat}</p>
          <Textarea name="reason" required maxLength={2000} autosize minRows={2} label={look.reason} />
          <Trouble error={erasing.error} />
          <div className="row">
            <Button type="submit" disabled={erasing.isPending}>
              {look.eraseYes}
            </Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              {look.keep}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}
