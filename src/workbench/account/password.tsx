/** Another password; whoever else is signed in is signed out. */
import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { auth } from "../api.ts";
import { type Filled, onFilled } from "../form.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";

/** `isNew`: set a moment ago, where there was none. */
export function Password({ isNew }: { readonly isNew: boolean }) {
  const { account, enter } = useWords();
  const { password } = account;
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const changing = useMutation({
    mutationFn: (filled: Filled) =>
      auth("/change-password", { currentPassword: filled("now"), newPassword: filled("next") }),
    onSuccess: () => {
      form.current?.reset();
      return queries.invalidateQueries({ queryKey: ["me"] });
    },
  });
  const shown = {
    required: true,
    visibilityToggleFocusable: true,
    visibilityToggleButtonProps: { "aria-label": enter.showPassword },
  } as const;
  return (
    <section className="sheet stack" aria-labelledby="password">
      <h2 id="password">{password.title}</h2>
      <form ref={form} className="stack account-form" onSubmit={onFilled(changing.mutate)}>
        <PasswordInput {...shown} name="now" autoComplete="current-password" label={password.now} />
        <PasswordInput
          {...shown}
          name="next"
          autoComplete="new-password"
          minLength={12}
          maxLength={128}
          label={password.next}
          description={enter.passwordWhy}
        />
        <Trouble error={changing.error} />
        <div>
          <Button type="submit" disabled={changing.isPending}>
            {password.change}
          </Button>
        </div>
        <p role="status">{changing.isSuccess ? password.changed : isNew ? password.isSet : ""}</p>
      </form>
    </section>
  );
}
