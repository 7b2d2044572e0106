/** No such page, and a page that could not be shown. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";

export function Lost() {
  const { lost } = useWords().shell;
  return (
    <Page title={lost.title} lead={lost.text}>
      <div>
        <Button component={Link} to="/">
          {lost.back}
        </Button>
      </div>
    </Page>
  );
}

export function Wrong({ error }: { readonly error: unknown }) {
  const { wrong } = useWords().shell;
  return (
    <Page title={wrong.title}>
      <Trouble error={error} />
      <div>
        <Button onClick={() => globalThis.location.reload()}>{wrong.again}</Button>
      </div>
    </Page>
  );
}
