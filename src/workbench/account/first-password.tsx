/** A first password, for who signs in by passkey alone; the passkey is asked for once more. */
import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../api.ts";
import { CANCELLED, hasPasskeys, signInByPasskey } from "../enter/passkey.ts";
import { onFilled } from "../form.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";

interface FirstPasswordParts {
  readonly onSet: () => void;
}

export function FirstPassword({ onSet }: FirstPasswordParts) {
  const { password } = useWords().account;
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="sheet stack" aria-labelledby="password">
      <h2 id="password">{password.title}</h2>
      <p>{password.none}</p>
      <p>{password.wayBack}</p>
      {isOpen ? (
        <Setting onSet={onSet} />
      ) : hasPasskeys() ? (
        <div>
          <Button variant="default" onClick={() => setOpen(true)}>
            {password.set}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

async function setPassword(password: string): Promise<void> {
  await signInByPasskey();
  await answer(api.me.password.$post({ json: { password } }));
}

function Setting({ onSet }: FirstPasswordParts) {
  const { account, enter } = useWords();
  const { password } = account;
  const queries = useQueryClient();
  const setting = useMutation({
    mutationFn: setPassword,
    onSuccess: () => {
      onSet();
      return Promise.all(["me", "sign-ins"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    },
  });
  return (
    <form className="stack account-form" onSubmit={onFilled((filled) => setting.mutate(filled("next")))}>
      <p>{password.setWhat}</p>
      <PasswordInput
        name="next"
        autoComplete="new-password"
        required
        autoFocus
        minLength={12}
        maxLength={128}
        label={password.title}
        description={enter.passwordWhy}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ "aria-label": enter.showPassword }}
      />
      <Trouble error={setting.error} words={{ [CANCELLED]: password.notShown }} />
      <div>
        <Button type="submit" disabled={setting.isPending}>
          {password.set}
        </Button>
      </div>
    </form>
  );
}
