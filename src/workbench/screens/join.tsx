/** Accepting an invitation: who one is, and a second factor. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { answer, api } from "../api.ts";
import { useFirstArrival } from "../enter/arrive.ts";
import { become } from "../enter/become.ts";
import { Enrolment } from "../enter/enrolment.tsx";
import { PersonFields } from "../enter/fields.tsx";
import { CANCELLED } from "../enter/passkey.ts";
import { firstWayIn, WayIn } from "../enter/way-in.tsx";
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
  return <Invited token={token} onDone={arrive} onPassword={setPassword} />;
}

function doorOf(token: string) {
  const header = { "placard-invitation": token };
  return {
    ask: (who: { name: string; email: string }) => answer(api.invitation.passkey.$post({ header, json: who })),
    enter: (person: { name: string; email: string }) => answer(api.invitation.$post({ header, json: person })),
  };
}

interface InvitedParts {
  readonly token: string;
  readonly onDone: () => void;
  /** With a second factor still to come. */
  readonly onPassword: (password: string) => void;
}

function Invited({ token, onDone, onPassword }: InvitedParts) {
  const { enter, people } = useWords();
  const { join, wayIn } = enter;
  const [by, setBy] = useState(firstWayIn);
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => answer(api.invitation.$get({ header: { "placard-invitation": token } })),
    // It is used up by accepting it, and is not to be asked for again then.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const joining = useMutation({
    mutationFn: (filled: Filled) => become(doorOf(token), by, filled),
    onSuccess: (password) => (password === undefined ? onDone() : onPassword(password)),
  });
  const choose = (way: typeof by): void => {
    joining.reset();
    setBy(way);
  };
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
        <WayIn by={by} onChange={choose} />
        <Trouble error={joining.error} words={{ [CANCELLED]: wayIn.cancelled }} />
        <Button type="submit" disabled={joining.isPending}>
          {join.button}
        </Button>
        <p role="status">{joining.isPending ? (by === "passkey" ? wayIn.asking : join.making) : ""}</p>
      </form>
    </Page>
  );
}
