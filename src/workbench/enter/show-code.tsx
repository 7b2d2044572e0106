/** The second half of signing in: a code of the app, or one of those written down. */
import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { auth } from "../api.ts";
import { type Filled, onFilled } from "../form.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { CodeField } from "./fields.tsx";
import "./enrolment.css";

export function ShowCode({ onDone, onBack }: { readonly onDone: () => void; readonly onBack: () => void }) {
  const { signIn } = useWords().enter;
  const [isRecovery, setRecovery] = useState(false);
  const proving = useMutation({
    mutationFn: (filled: Filled) =>
      isRecovery
        ? auth("/two-factor/verify-backup-code", { code: filled("recovery").trim() })
        : auth("/two-factor/verify-totp", { code: filled("code").replace(/\s/g, "") }),
    onSuccess: onDone,
  });
  const change = (): void => {
    proving.reset();
    setRecovery(!isRecovery);
  };
  const [title, lead] = isRecovery ? [signIn.recoveryTitle, signIn.recoveryLead] : [signIn.codeTitle, signIn.codeLead];
  return (
    <Page key={title} title={title} lead={lead} width="narrow">
      <form className="stack" onSubmit={onFilled(proving.mutate)}>
        {isRecovery ? (
          <TextInput
            name="recovery"
            label={signIn.recovery}
            required
            dir="ltr"
            autoComplete="off"
            classNames={{ input: "mono" }}
          />
        ) : (
          <CodeField />
        )}
        <Trouble error={proving.error} />
        <Button type="submit" disabled={proving.isPending}>
          {signIn.goOn}
        </Button>
      </form>
      <div className="row">
        <Button variant="default" onClick={change}>
          {isRecovery ? signIn.appInstead : signIn.recoveryInstead}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {signIn.another}
        </Button>
      </div>
    </Page>
  );
}
