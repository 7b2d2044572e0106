/** One thing that was looked at: what it means for people first, the machine's own words one click deeper. */
import { Chip, type Tone } from "../frame/chip.tsx";
import { useWords } from "../language.tsx";
import type { Check } from "./look.ts";

const TONES: Readonly<Record<Check["state"], Tone>> = { holds: "holds", limited: "working", fails: "fails" };

/** What a check is called, and what its state means; a check the catalogues do not know is given in its own words. */
interface Said {
  readonly name: string;
  readonly holds?: string;
  readonly limited?: string;
  readonly fails?: string;
}

export function CheckLine({ check }: { readonly check: Check }) {
  const { health } = useWords();
  const known: Readonly<Record<string, Said>> = health.checks;
  const said = known[check.name];
  const meaning = said?.[check.state];
  return (
    <li className="check">
      <h3>
        <Chip tone={TONES[check.state]}>{said?.name ?? check.name}</Chip>
      </h3>
      {meaning === undefined ? <Own check={check} /> : <p>{meaning}</p>}
      {meaning === undefined ? null : (
        <details className="detail">
          <summary>{health.detail}</summary>
          <Own check={check} />
        </details>
      )}
    </li>
  );
}

/** The server speaks English. */
function Own({ check: { words, next } }: { readonly check: Check }) {
  const { todo } = useWords().health;
  return (
    <>
      <p lang="en" dir="ltr" className="small own-words">
        {words}
      </p>
      {next === undefined ? null : (
        <>
          <p className="small quiet">{todo}</p>
          <p lang="en" dir="ltr" className="small own-words">
            {next}
          </p>
        </>
      )}
    </>
  );
}
