/** Accepting an invitation: who one is, and a second factor. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { answer, api } from "../api.ts";
import { signInByPassword, useFirstArrival } from "../enter/arrive.ts";
import { Enrolment } from "../enter/enrolment.tsx";
import { PersonFields } from "../enter/fields.tsx";
import { type Filled, onFilled } from "../form.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { fill } from "../words/words.ts";

export function Join() {
  const { join } = useWords().enter;
  const [password, setPassword] = useState<string>();
  const arrive = useFirstArrival();
  const token = useLocation({ select: ({ hash }) => hash });
  if (token === "") return <Page title={join.title} lead={join.noToken} width="narrow" />;
  if (password !== undefined) return <Enrolment password={password} onDone={arrive} />;
  return <Invited token={token} onDone={setPassword} />;
}

async function accept(token: string, filled: Filled): Promise<string> {
  const [email, password] = [filled("email"), filled("password")];
  const person = { name: filled("name"), email, password };
  await answer(api.invitation.$post({ header: { "placard-invitation": token }, json: person }));
  await signInByPassword(email, password);
  return password;
}

function Invited({ token, onDone }: { readonly token: string; readonly onDone: (password: string) => void }) {
  const { enter, people } = useWords();
  const { join } = enter;
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => answer(api.invitation.$get({ header: { "placard-invitation": token } })),
    // It is used up by accepting it, and is not to be asked for again then.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const joining = useMutation({ mutationFn: (filled: Filled) => accept(token, filled), onSuccess: onDone });
  if (invitation.data === undefined) {
    return (
      <Page title={join.title} width="narrow">
        {invitation.isPending ? <p role="status">{join.lookingUp}</p> : <Trouble error={invitation.error} />}
      </Page>
    );
  }
  const { group, role } = invitation.data;
  const lead = fill(join.lead, { role: people.roles[role], what: people.whatOf[role] });
  return (
    <Page title={join.title} over={<bdi>{group}</bdi>} lead={lead} width="narrow">
      <form className="stack" onSubmit={onFilled(joining.mutate)}>
        <PersonFields />
        <Trouble error={joining.error} />
        <Button type="submit" disabled={joining.isPending}>
          {join.button}
        </Button>
        <p role="status">{joining.isPending ? join.making : ""}</p>
      </form>
    </Page>
  );
}
