/** The way back: a new password, by a link that was made for it. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { answer, api } from "../api.ts";
import { PasswordField } from "../enter/fields.tsx";
import { onFilled } from "../form.ts";
import { LinkButton } from "../frame/link-button.tsx";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { fill } from "../words/words.ts";

export function Recover() {
  const { recover } = useWords().account;
  const token = useLocation({ select: ({ hash }) => hash });
  if (token === "") return <Page title={recover.title} lead={recover.noToken} width="narrow" />;
  return <Recovering token={token} />;
}

function Recovering({ token }: { readonly token: string }) {
  const { recover } = useWords().account;
  const header = { "placard-recovery": token };
  const found = useQuery({
    queryKey: ["recovery", token],
    queryFn: () => answer(api.recovery.$get({ header })),
    // It is used up by using it, and is not to be asked for again then.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const using = useMutation({
    mutationFn: (password: string) => answer(api.recovery.$post({ header, json: { password } })),
  });
  if (using.isSuccess) {
    return (
      <Page key="done" title={recover.title} lead={recover.done} width="narrow">
        <div>
          <LinkButton to="/sign-in">{recover.signIn}</LinkButton>
        </div>
      </Page>
    );
  }
  if (found.data === undefined) {
    return (
      <Page title={recover.title} width="narrow">
        {found.isPending ? <p role="status">{recover.lookingUp}</p> : <Trouble error={found.error} />}
      </Page>
    );
  }
  const { group, name } = found.data;
  return (
    <Page title={recover.title} over={<bdi>{group}</bdi>} lead={fill(recover.lead, { name })} width="narrow">
      <form className="stack" onSubmit={onFilled((filled) => using.mutate(filled("password")))}>
        <PasswordField chosen />
        <Trouble error={using.error} />
        <Button type="submit" disabled={using.isPending}>
          {recover.set}
        </Button>
      </form>
    </Page>
  );
}
