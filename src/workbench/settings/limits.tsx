/** What one capture may take, and how many there are at once. */
import { Button, TextInput } from "@mantine/core";
import { onFilled } from "../form.ts";
import { useWords } from "../language.tsx";
import { fill } from "../words/words.ts";
import { type Settings, useChange } from "./queries.ts";
import { Keeping, Section } from "./section.tsx";

type Limits = Settings["capture"];
const NAMES = ["seconds", "memoryMiB", "diskMiB", "atOnce", "perHost", "gapSeconds", "retries"] as const;

export function LimitsOf({ now }: { readonly now: Settings }) {
  const { limits } = useWords().settings;
  const changing = useChange();
  return (
    <Section id="limits" title={limits.title} lead={limits.lead}>
      <form
        // Anew where they were put back, or changed by somebody else.
        key={JSON.stringify(now.capture)}
        className="stack settings-form"
        onSubmit={onFilled((filled) =>
          changing.mutate({
            capture: Object.fromEntries(NAMES.map((name) => [name, Number(filled(name))])) as Limits,
          }),
        )}
      >
        {NAMES.map((name) => {
          const bound = now.usual[name];
          if (bound === undefined) return null;
          const why = [limits[`${name}Why`], fill(limits.range, bound)].join(" ");
          return (
            <TextInput
              key={name}
              name={name}
              type="number"
              required
              dir="ltr"
              min={bound.least}
              max={bound.most}
              step={1}
              label={limits[name]}
              description={why}
              defaultValue={now.capture[name]}
            />
          );
        })}
        <Keeping
          changing={changing}
          more={
            <Button variant="default" onClick={() => changing.mutate({ capture: null })}>
              {limits.usual}
            </Button>
          }
        />
      </form>
    </Section>
  );
}
