/** Signing in by password. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { auth } from "../api.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import "../style/fields.css";

const route = getRouteApi("/strangers/sign-in");

export function SignIn() {
  const { signIn } = useWords();
  const { to } = route.useSearch();
  const entering = useMutation({
    mutationFn: (form: FormData) =>
      auth("/sign-in/email", { email: form.get("email"), password: form.get("password") }),
    onSuccess: () => globalThis.location.assign(to),
  });
  return (
    <Page title={signIn.title} width="narrow">
      <form className="stack" action={(form) => entering.mutate(form)}>
        <TextInput name="email" type="email" autoComplete="username" required label={signIn.email} />
        <PasswordInput name="password" autoComplete="current-password" required label={signIn.password} />
        <Trouble error={entering.error} />
        <Button type="submit" disabled={entering.isPending}>
          {signIn.enter}
        </Button>
      </form>
    </Page>
  );
}
