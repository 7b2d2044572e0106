/** Giving oneself a second factor: a passkey, or an app with codes. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { auth } from "../api.ts";
import { onFilled } from "../form.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { RecoveryCodes } from "./codes.tsx";
import { CodeField, PasswordField } from "./fields.tsx";
import { CANCELLED, hasPasskeys, makePasskey } from "./passkey.ts";
import { Qr } from "./qr.tsx";
import "./enrolment.css";

interface App {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}
type Step =
  | { readonly at: "choice" }
  | { readonly at: "password" }
  | { readonly at: "scan"; readonly app: App }
  | { readonly at: "codes"; readonly app: App };

interface Enrolling {
  /** Where it was typed a moment ago; else it is asked for. */
  readonly password: string | undefined;
  readonly onDone: () => void;
}

export function Enrolment({ password, onDone }: Enrolling) {
  const [step, setStep] = useState<Step>({ at: "choice" });
  const enabling = useMutation({
    mutationFn: (known: string) => auth<App>("/two-factor/enable", { password: known }),
    onSuccess: (app) => setStep({ at: "scan", app }),
  });
  if (step.at === "scan") return <Scan app={step.app} onDone={() => setStep({ at: "codes", app: step.app })} />;
  if (step.at === "codes") return <Codes app={step.app} onDone={onDone} />;
  if (step.at === "password") return <Password enabling={enabling} />;
  return (
    <Choice
      onDone={onDone}
      isBusy={enabling.isPending}
      error={enabling.error}
      onApp={() => (password === undefined ? setStep({ at: "password" }) : enabling.mutate(password))}
    />
  );
}

interface Choosing {
  readonly onDone: () => void;
  readonly onApp: () => void;
  readonly isBusy: boolean;
  readonly error: unknown;
}

function Choice({ onDone, onApp, isBusy, error }: Choosing) {
  const { second } = useWords().enter;
  const making = useMutation({ mutationFn: () => makePasskey(), onSuccess: onDone });
  return (
    <Page title={second.title} lead={second.lead} width="narrow">
      {hasPasskeys() ? (
        <section className="sheet main stack">
          <div>
            <h2>{second.passkey}</h2>
            <p>{second.passkeyWhy}</p>
          </div>
          <Button onClick={() => making.mutate()} disabled={making.isPending}>
            {second.usePasskey}
          </Button>
          <Trouble error={making.error} words={{ [CANCELLED]: second.cancelled }} />
        </section>
      ) : null}
      <section className="sheet stack">
        <div>
          <h2>{second.app}</h2>
          <p>{second.appWhy}</p>
        </div>
        <Button variant={hasPasskeys() ? "default" : "filled"} onClick={onApp} disabled={isBusy}>
          {second.useApp}
        </Button>
        <Trouble error={error} />
      </section>
    </Page>
  );
}

function Password({
  enabling,
}: {
  readonly enabling: { mutate(known: string): void; error: unknown; isPending: boolean };
}) {
  const { second, signIn } = useWords().enter;
  return (
    <Page key="password" title={second.passwordTitle} lead={second.passwordLead} width="narrow">
      <form className="stack" onSubmit={onFilled((filled) => enabling.mutate(filled("password")))}>
        <PasswordField />
        <Trouble error={enabling.error} />
        <Button type="submit" disabled={enabling.isPending}>
          {signIn.goOn}
        </Button>
      </form>
    </Page>
  );
}

function Scan({ app, onDone }: { readonly app: App; readonly onDone: () => void }) {
  const { second, signIn } = useWords().enter;
  const proving = useMutation({
    mutationFn: (code: string) => auth("/two-factor/verify-totp", { code: code.replace(/\s/g, "") }),
    onSuccess: onDone,
  });
  const secret = new URL(app.totpURI).searchParams.get("secret") ?? "";
  return (
    <Page key="scan" title={second.scanTitle} lead={second.scanLead} width="narrow">
      <Qr text={app.totpURI} label={second.qr} />
      <div>
        <p className="quiet small">{second.byHand}</p>
        <p className="mono secret">{secret.match(/.{1,4}/g)?.join(" ")}</p>
      </div>
      <form className="stack" onSubmit={onFilled((filled) => proving.mutate(filled("code")))}>
        <CodeField />
        <Trouble error={proving.error} />
        <Button type="submit" disabled={proving.isPending}>
          {signIn.goOn}
        </Button>
      </form>
    </Page>
  );
}

function Codes({ app, onDone }: { readonly app: App; readonly onDone: () => void }) {
  const { second } = useWords().enter;
  return (
    <Page key="codes" title={second.codesTitle} lead={second.codesLead} width="narrow">
      <RecoveryCodes codes={app.backupCodes} onWritten={onDone} />
    </Page>
  );
}
