/** A field that suggests what is there already: tags, or cases. */
import { TextInput } from "@mantine/core";
import { useId } from "react";
import type { OneDraft } from "../offline/use-draft.ts";

interface SuggestedParts {
  readonly name: string;
  readonly label: string;
  readonly among: readonly string[];
  readonly maxLength: number;
  readonly draft: OneDraft;
}

export function Suggested({ name, label, among, maxLength, draft }: SuggestedParts) {
  const id = useId();
  return (
    <>
      <TextInput
        name={name}
        label={label}
        list={id}
        required
        defaultValue={draft.typed}
        onChange={(event) => draft.keep(event.currentTarget.value)}
        maxLength={maxLength}
        autoComplete="off"
        dir="auto"
        className="grow"
      />
      <datalist id={id}>
        {among.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}
