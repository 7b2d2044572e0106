/** A link that is shown once, to be handed on. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../language.tsx";

export function NewLink({ link, label }: { readonly link: string; readonly label: string }) {
  const { invite } = useWords().people;
  const [told, setTold] = useState("");
  const copy = (): void => {
    // Without TLS a browser gives no clipboard; then the link is marked, to be copied by hand.
    const copying = navigator.clipboard?.writeText(link) ?? Promise.reject(new Error("no clipboard"));
    copying.then(
      () => setTold(invite.copied),
      () => setTold(invite.byHand),
    );
  };
  return (
    <div className="stack">
      <div className="row invite">
        <TextInput
          className="grow"
          classNames={{ input: "mono" }}
          label={label}
          description={invite.once}
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button type="button" variant="default" onClick={copy}>
          {invite.copy}
        </Button>
      </div>
      <p role="status">{told}</p>
    </div>
  );
}
