/** The fields by which somebody says who they are. */
import { PasswordInput, TextInput } from "@mantine/core";
import { useWords } from "../language.tsx";

const SHORTEST_PASSWORD = 12;

export function EmailField({ explained = false }: { readonly explained?: boolean }) {
  const { enter } = useWords();
  return (
    <TextInput
      name="email"
      type="email"
      autoComplete="username"
      required
      dir="ltr"
      label={enter.email}
      description={explained ? enter.emailWhy : undefined}
    />
  );
}

/** `chosen` is a password that is only now thought of. */
export function PasswordField({ chosen = false }: { readonly chosen?: boolean }) {
  const { enter } = useWords();
  return (
    <PasswordInput
      name="password"
      autoComplete={chosen ? "new-password" : "current-password"}
      required
      minLength={chosen ? SHORTEST_PASSWORD : undefined}
      label={enter.password}
      description={chosen ? enter.passwordWhy : undefined}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ "aria-label": enter.showPassword }}
    />
  );
}

export function PersonFields() {
  const { enter } = useWords();
  return (
    <>
      <TextInput
        name="name"
        autoComplete="name"
        required
        maxLength={100}
        label={enter.you}
        description={enter.youWhy}
      />
      <EmailField explained />
    </>
  );
}

/** Six digits of an app, kept from left to right. */
export function CodeField() {
  const { signIn } = useWords().enter;
  return (
    <TextInput
      name="code"
      className="code-field"
      label={signIn.code}
      required
      dir="ltr"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="\s*\d{3}\s?\d{3}\s*"
      maxLength={9}
      size="xl"
    />
  );
}
