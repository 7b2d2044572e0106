/** A way back for a member who has lost password and second factor: asked twice, shown once. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../api.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { fill } from "../words/words.ts";
import { NewLink } from "./new-link.tsx";

export function WayBack({ id, name }: { readonly id: string; readonly name: string }) {
  const { wayBack } = useWords().account;
  const [isAsking, setAsking] = useState(false);
  const making = useMutation({
    mutationFn: () => answer(api.members[":id"].recovery.$post({ param: { id } })),
    onSuccess: () => setAsking(false),
  });
  if (making.data !== undefined) return <NewLink link={making.data.link} label={fill(wayBack.link, { name })} />;
  if (!isAsking) {
    return (
      <Button variant="subtle" aria-label={fill(wayBack.buttonOf, { name })} onClick={() => setAsking(true)}>
        {wayBack.button}
      </Button>
    );
  }
  return (
    <div className="stack" role="group" aria-label={fill(wayBack.buttonOf, { name })}>
      <p>{fill(wayBack.what, { name })}</p>
      <Trouble error={making.error} />
      <div className="row">
        <Button autoFocus onClick={() => setAsking(false)}>
          {wayBack.keep}
        </Button>
        <Button variant="default" disabled={making.isPending} onClick={() => making.mutate()}>
          {wayBack.make}
        </Button>
      </div>
    </div>
  );
}
