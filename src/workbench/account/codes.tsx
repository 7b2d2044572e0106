/** The app that shows codes, and the recovery codes: new ones, or another app. */
import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { auth } from "../api.ts";
import { RecoveryCodes } from "../enter/codes.tsx";
import { onFilled } from "../form.ts";
import { LinkButton } from "../frame/link-button.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import "../enter/enrolment.css";

interface Made {
  readonly backupCodes: readonly string[];
}

export function Codes({ has, hasPassword }: { readonly has: boolean; readonly hasPassword: boolean }) {
  const { app } = useWords().account;
  return (
    <section className="sheet stack" aria-labelledby="codes">
      <h2 id="codes">{app.title}</h2>
      <p>{has ? app.has : hasPassword ? app.hasNot : app.needsPassword}</p>
      {has ? (
        <>
          <NewCodes />
          <OtherApp />
        </>
      ) : hasPassword ? (
        <div>
          <LinkButton to="/second-factor" variant="default">
            {app.setUp}
          </LinkButton>
        </div>
      ) : null}
    </section>
  );
}

function NewCodes() {
  const { app } = useWords().account;
  const making = useMutation({
    mutationFn: (password: string): Promise<Made> => auth("/two-factor/generate-backup-codes", { password }),
  });
  if (making.data !== undefined) return <RecoveryCodes codes={making.data.backupCodes} onWritten={making.reset} />;
  return <Asking label={app.codes} what={app.codesWhat} working={making} />;
}

function OtherApp() {
  const { app } = useWords().account;
  const leaving = useMutation({
    mutationFn: (password: string) => auth("/two-factor/disable", { password }),
    // A fresh page: until the new one is set up, this session may do nothing else.
    onSuccess: () => globalThis.location.assign("/second-factor"),
  });
  return <Asking label={app.change} what={app.changeWhat} working={leaving} />;
}

interface AskingParts {
  readonly label: string;
  readonly what: string;
  readonly working: { mutate(password: string): void; readonly error: unknown; readonly isPending: boolean };
}

/** The password once more, so that nobody who finds a screen open can do this. */
function Asking({ label, what, working }: AskingParts) {
  const { account, enter } = useWords();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <div>
        <Button variant="default" onClick={() => setOpen(true)}>
          {label}
        </Button>
      </div>
    );
  }
  return (
    <form className="stack account-form" onSubmit={onFilled((filled) => working.mutate(filled("password")))}>
      <p>{what}</p>
      <PasswordInput
        name="password"
        autoComplete="current-password"
        required
        autoFocus
        label={account.app.password}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ "aria-label": enter.showPassword }}
      />
      <Trouble error={working.error} />
      <div>
        <Button type="submit" disabled={working.isPending}>
          {label}
        </Button>
      </div>
    </form>
  );
}
