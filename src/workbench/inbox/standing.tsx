/** How one link or picture stands. */
import { Chip, type Tone } from "../frame/chip.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { useWords } from "../language.tsx";
import { fill } from "../words/words.ts";
import type { Part } from "./queries.ts";

const TONES: Readonly<Record<Part["standing"], Tone>> = {
  waiting: "plain",
  saving: "working",
  saved: "holds",
  failed: "fails",
  gone: "plain",
};

export function Standing({ part: { standing, exhibit, why } }: { readonly part: Part }) {
  const { inbox } = useWords();
  return (
    <div className="row">
      <Chip tone={TONES[standing]}>
        {why === undefined ? inbox.standings[standing] : fill(inbox.failed, { reason: why })}
      </Chip>
      {exhibit === undefined ? null : (
        <LinkButton to="/look/$id" params={{ id: exhibit }} variant="subtle" size="sm">
          {inbox.look}
        </LinkButton>
      )}
    </div>
  );
}
