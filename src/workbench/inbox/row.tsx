/** One that was sent in: when, how much, how it stands; the rest when it is asked for. */
import { Button } from "@mantine/core";
import { Chip, type Tone } from "../frame/chip.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { useLanguage } from "../language.tsx";
import { momentOf } from "../words/dates.ts";
import { counted, fill } from "../words/words.ts";
import { Opened } from "./opened.tsx";
import type { SentRow } from "./queries.ts";

const TONES: Readonly<Record<string, Tone>> = { new: "working", taken: "holds", declined: "fails" };

interface RowParts {
  readonly row: SentRow;
  /** Whether all of it is shown. */
  readonly isOpen: boolean;
  readonly turn: () => void;
}

export function Row({ row, isOpen, turn }: RowParts) {
  const { language, words } = useLanguage();
  const { inbox } = words;
  const state = row.state === "waiting" ? (row.looked ? "looked" : "new") : row.state;
  const counts = (["links", "pictures", "messages"] as const).flatMap((what) =>
    row[what] === 0 ? [] : [counted(language, inbox[what], row[what])],
  );
  const isGone = state === "erased" || state === "withdrawn";
  return (
    <article className="sheet stack" aria-label={fill(inbox.receipt, { ref: row.ref })}>
      <div className="row sent-head">
        <div>
          <h3 className="mono">{row.ref}</h3>
          <p className="quiet small">
            {fill(inbox.row, { date: momentOf(language, row.at) })}
            {counts.length === 0 ? null : ` · ${counts.join(" · ")}`}
          </p>
        </div>
        <Chip tone={row.unread ? "working" : (TONES[state] ?? "plain")}>
          {row.unread ? inbox.unread : inbox.states[state]}
        </Chip>
        {isGone ? null : (
          <Button
            variant={state === "new" || row.unread ? "filled" : "default"}
            size="sm"
            aria-expanded={isOpen}
            aria-label={isOpen ? undefined : fill(inbox.openOf, { ref: row.ref })}
            onClick={turn}
          >
            {isOpen ? inbox.close : inbox.open}
          </Button>
        )}
      </div>
      {row.toErase.length === 0 ? null : <ToErase ids={row.toErase} />}
      {isOpen && !isGone ? <Opened sentRef={row.ref} /> : null}
    </article>
  );
}

/** What the sender asks for, which only members can do, exhibit by exhibit. */
function ToErase({ ids }: { readonly ids: readonly string[] }) {
  const { inbox } = useLanguage().words;
  return (
    <div className="stack to-erase">
      <p>{inbox.toErase}</p>
      <div className="row">
        {ids.map((id) => (
          <LinkButton key={id} to="/look/$id" params={{ id }} variant="default" size="sm">
            {fill(inbox.toEraseOne, { id })}
          </LinkButton>
        ))}
      </div>
    </div>
  );
}
