/** Everything as one file under a passphrase; where to keep it, and how it is put back. */
import { Button, PasswordInput } from "@mantine/core";
import { useRef, useState } from "react";
import { type Filled, onFilled } from "../form.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { useDownload } from "./use-download.ts";

/** As the server asks it (src/app/keeping/passphrase.ts). */
const SHORTEST = 12;
const LONGEST = 1024;

export function BackUp({ isOwner }: { readonly isOwner: boolean }) {
  const { backUp } = useWords().keep;
  return (
    <section className="sheet main stack" aria-labelledby="back-up">
      <div>
        <h2 id="back-up">{backUp.title}</h2>
        <p>{backUp.what}</p>
      </div>
      {isOwner ? <Making /> : <p className="quiet">{backUp.ownerOnly}</p>}
      <Where />
      <Restoring />
    </section>
  );
}

function Making() {
  const { backUp } = useWords().keep;
  const form = useRef<HTMLFormElement>(null);
  const [differs, setDiffers] = useState(false);
  const making = useDownload(backUp.done, () => form.current?.reset());
  const make = (filled: Filled): void => {
    const passphrase = filled("passphrase");
    const same = passphrase === filled("again");
    setDiffers(!same);
    if (!same) return;
    const headers = { "Content-Type": "application/json" };
    making.start({ path: "/api/back-up", init: { method: "POST", headers, body: JSON.stringify({ passphrase }) } });
  };
  const shown = {
    required: true,
    minLength: SHORTEST,
    maxLength: LONGEST,
    autoComplete: "new-password",
    visibilityToggleFocusable: true,
    visibilityToggleButtonProps: { "aria-label": backUp.show },
  } as const;
  return (
    <form ref={form} className="stack keep-form" onSubmit={onFilled(make)}>
      <PasswordInput {...shown} name="passphrase" label={backUp.passphrase} description={backUp.passphraseWhy} />
      <PasswordInput {...shown} name="again" label={backUp.again} error={differs ? backUp.different : null} />
      <p>{backUp.lost}</p>
      <Trouble error={making.error} words={making.words} />
      <div>
        <Button type="submit" disabled={making.isPending}>
          {backUp.make}
        </Button>
      </div>
      <p role="status">{making.said}</p>
      {making.isDone ? <p>{backUp.donePlace}</p> : null}
    </form>
  );
}

function Where() {
  const { backUp } = useWords().keep;
  return (
    <div>
      <h3 id="where">{backUp.where}</h3>
      <ul className="keep-where" aria-labelledby="where">
        {Object.values(backUp.whereWhat).map((place) => (
          <li key={place}>{place}</li>
        ))}
      </ul>
    </div>
  );
}

/** Typed as they stand, in every language. */
const RESTORE = "placard restore FILE DIR";
const OPEN = "placard serve --record DIR";
const BACK_UP = "placard backup -o FILE --record DIR";

function Restoring() {
  const { backUp } = useWords().keep;
  return (
    <div>
      <h3>{backUp.restore}</h3>
      <p>{backUp.restoreFirst}</p>
      <Command line={RESTORE} />
      <p>{backUp.restoreWhat}</p>
      <p>{backUp.restoreThen}</p>
      <Command line={OPEN} />
      <p className="quiet keep-large">{backUp.large}</p>
      <Command line={BACK_UP} />
    </div>
  );
}

function Command({ line }: { readonly line: string }) {
  return (
    <p>
      <code className="mono keep-command">{line}</code>
    </p>
  );
}
