/** Signing in: by a passkey, or by password and code. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { signInByPassword, useArrival } from "../enter/arrive.ts";
import { EmailField, PasswordField } from "../enter/fields.tsx";
import { CANCELLED, hasPasskeys, signInByPasskey } from "../enter/passkey.ts";
import { ShowCode } from "../enter/show-code.tsx";
import { type Filled, onFilled } from "../form.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";

const route = getRouteApi("/strangers/sign-in");

export function SignIn() {
  const { to } = route.useSearch();
  const arrive = useArrival(to);
  const [isCodeToCome, setCodeToCome] = useState(false);
  if (isCodeToCome) return <ShowCode onDone={arrive} onBack={() => setCodeToCome(false)} />;
  return <ByPassword onCode={() => setCodeToCome(true)} onDone={arrive} />;
}

function ByPassword({ onCode, onDone }: { readonly onCode: () => void; readonly onDone: () => void }) {
  const { signIn } = useWords().enter;
  const entering = useMutation({
    mutationFn: (filled: Filled) => signInByPassword(filled("email"), filled("password")),
    onSuccess: ({ codeToCome }) => (codeToCome ? onCode() : onDone()),
  });
  const showing = useMutation({ mutationFn: signInByPasskey, onSuccess: onDone });
  return (
    <Page title={signIn.title} width="narrow">
      <form className="stack" onSubmit={onFilled(entering.mutate)}>
        <EmailField />
        <PasswordField />
        <Trouble error={entering.error} />
        <Button type="submit" disabled={entering.isPending}>
          {signIn.enter}
        </Button>
      </form>
      {hasPasskeys() ? (
        <div className="stack">
          <p className="rule quiet">{signIn.or}</p>
          <Button variant="default" onClick={() => showing.mutate()} disabled={showing.isPending}>
            {signIn.passkey}
          </Button>
          <Trouble error={showing.error} words={{ [CANCELLED]: signIn.passkeyCancelled }} />
        </div>
      ) : null}
    </Page>
  );
}
