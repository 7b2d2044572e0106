/** The first start: the group, its first member, and their second factor. */
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { answer, api } from "../api.ts";
import { signInByPassword, useFirstArrival } from "../enter/arrive.ts";
import { Enrolment } from "../enter/enrolment.tsx";
import { PersonFields } from "../enter/fields.tsx";
import { Restore } from "../enter/restore.tsx";
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
  return <Founding token={token} onDone={setPassword} onRestore={() => setRestores(true)} />;
}

async function found(token: string, filled: Filled): Promise<string> {
  const [email, password] = [filled("email"), filled("password")];
  const json = { group: filled("group"), name: filled("name"), email, password };
  await answer(api.house.$post({ header: { "placard-setup": token }, json }));
  await signInByPassword(email, password);
  return password;
}

interface FoundingParts {
  readonly token: string;
  readonly onDone: (password: string) => void;
  readonly onRestore: () => void;
}

function Founding({ token, onDone, onRestore }: FoundingParts) {
  const { start } = useWords().enter;
  // A start that was cut short may have made the record already.
  const { data: begun } = useQuery({
    queryKey: ["house", "begun", token],
    queryFn: () => answer(api.house.$get({}, { headers: { "Placard-Setup": token } })),
  });
  const founding = useMutation({ mutationFn: (filled: Filled) => found(token, filled), onSuccess: onDone });
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
        <Trouble error={founding.error} />
        <Button type="submit" disabled={founding.isPending}>
          {start.begin}
        </Button>
        <p role="status">{founding.isPending ? start.making : ""}</p>
      </form>
      {begun !== undefined && begun.name === undefined ? (
        <Button variant="default" onClick={onRestore} disabled={founding.isPending}>
          {start.orBackUp}
        </Button>
      ) : null}
    </Page>
  );
}
