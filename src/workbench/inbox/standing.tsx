/** How one link or picture stands. */
import { Chip, type Tone } from "../frame/chip.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { useLanguage } from "../language.tsx";
import { saidIn } from "../words/said.ts";
import { fill } from "../words/words.ts";
import type { Part } from "./queries.ts";

const TONES: Readonly<Record<Part["standing"], Tone>> = {
  waiting: "plain",
  saving: "working",
  saved: "holds",
  failed: "fails",
  gone: "plain",
};

export function Standing({ part: { standing, exhibit, why, told } }: { readonly part: Part }) {
  const reader = useLanguage();
  const { inbox } = reader.words;
  return (
    <div className="row">
      <Chip tone={TONES[standing]}>
        {why === undefined ? inbox.standings[standing] : fill(inbox.failed, { reason: saidIn(reader, why, told).text })}
      </Chip>
      {exhibit === undefined ? null : (
        <LinkButton to="/look/$id" params={{ id: exhibit }} variant="subtle" size="sm">
          {inbox.look}
        </LinkButton>
      )}
    </div>
  );
}
