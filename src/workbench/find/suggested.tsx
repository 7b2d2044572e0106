/** A field that suggests what is there already: tags, or cases. */
import { TextInput } from "@mantine/core";
import { useId } from "react";

interface SuggestedParts {
  readonly name: string;
  readonly label: string;
  readonly among: readonly string[];
  readonly maxLength: number;
}

export function Suggested({ name, label, among, maxLength }: SuggestedParts) {
  const id = useId();
  return (
    <>
      <TextInput
        name={name}
        label={label}
        list={id}
        required
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
