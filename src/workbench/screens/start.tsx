/** The first start: the group, its first member, and their second factor. */
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { answer, api } from "../api.ts";
import { useFirstArrival } from "../enter/arrive.ts";
import { become } from "../enter/become.ts";
import { Enrolment } from "../enter/enrolment.tsx";
import { PersonFields } from "../enter/fields.tsx";
import { CANCELLED } from "../enter/passkey.ts";
import { Restore } from "../enter/restore.tsx";
import { firstWayIn, WayIn } from "../enter/way-in.tsx";
import { type Filled, onFilled } from "../form.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";

export function Start() {
  const { start } = useWords().enter;
  const [password, setPassword] = useState<string>();
  const [restores, setRestores] = useState(false);
  const arrive = useFirstArrival();
  const token = useLocation({ select: ({ hash }) => hash });
  if (token === "") return <Page title={start.noKeyTitle} lead={start.noKey} width="narrow" />;
  if (password !== undefined) return <Enrolment password={password} onDone={arrive} />;
  if (restores) return <Restore token={token} onInstead={() => setRestores(false)} />;
  return <Founding token={token} onDone={arrive} onPassword={setPassword} onRestore={() => setRestores(true)} />;
}

function doorOf(token: string, group: string) {
  const header = { "placard-setup": token };
  // Not asked for where there is a record already.
  const named = group === "" ? {} : { group };
  return {
    ask: (who: { name: string; email: string }) =>
      answer(api.house.passkey.$post({ header, json: { ...who, ...named } })),
    enter: (person: { name: string; email: string }) =>
      answer(api.house.$post({ header, json: { ...person, ...named } })),
  };
}

interface FoundingParts {
  readonly token: string;
  readonly onDone: () => void;
  /** With a second factor still to come. */
  readonly onPassword: (password: string) => void;
  readonly onRestore: () => void;
}

function Founding({ token, onDone, onPassword, onRestore }: FoundingParts) {
  const { start, wayIn } = useWords().enter;
  const [by, setBy] = useState(firstWayIn);
  // A start that was cut short may have made the record already.
  const { data: begun } = useQuery({
    queryKey: ["house", "begun", token],
    queryFn: () => answer(api.house.$get({}, { headers: { "Placard-Setup": token } })),
  });
  const founding = useMutation({
    mutationFn: (filled: Filled) => become(doorOf(token, filled("group")), by, filled),
    onSuccess: (password) => (password === undefined ? onDone() : onPassword(password)),
  });
  const choose = (way: typeof by): void => {
    founding.reset();
    setBy(way);
  };
  return (
    <Page title={start.title} lead={start.lead} width="narrow">
      <form className="stack" onSubmit={onFilled(founding.mutate)}>
        {begun?.name === undefined ? (
          <TextInput name="group" required maxLength={100} label={start.group} description={start.groupWhy} />
        ) : (
          <p className="poster">
            <bdi>{begun.name}</bdi>
          </p>
        )}
        <PersonFields />
        <WayIn by={by} onChange={choose} />
        <Trouble error={founding.error} words={{ [CANCELLED]: wayIn.cancelled }} />
        <Button type="submit" disabled={founding.isPending}>
          {start.begin}
        </Button>
        <p role="status">{founding.isPending ? (by === "passkey" ? wayIn.asking : start.making) : ""}</p>
      </form>
      {begun !== undefined && begun.name === undefined ? (
        <Button variant="default" onClick={onRestore} disabled={founding.isPending}>
          {start.orBackUp}
        </Button>
      ) : null}
    </Page>
  );
}
