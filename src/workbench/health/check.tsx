/** One thing that was looked at: what it means for people first, the machine's own words one click deeper. */
import { Chip, type Tone } from "../frame/chip.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { type Said, saidIn } from "../words/said.ts";
import type { Check } from "./look.ts";

const TONES: Readonly<Record<Check["state"], Tone>> = { holds: "holds", limited: "working", fails: "fails" };

/** What a check is called, and what its state means; a check the catalogues do not know is given in its own words. */
interface Known {
  readonly name: string;
  readonly holds?: string;
  readonly limited?: string;
  readonly fails?: string;
}

export function CheckLine({ check }: { readonly check: Check }) {
  const { health } = useWords();
  const known: Readonly<Record<string, Known>> = health.checks;
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

/** What the server says of it, in the reader's language where it has words for it. */
function Own({ check: { words: why, next, told, toldNext } }: { readonly check: Check }) {
  const reader = useLanguage();
  return (
    <>
      <Line said={saidIn(reader, why, told)} />
      {next === undefined ? null : (
        <>
          <p className="small quiet">{reader.words.health.todo}</p>
          <Line said={saidIn(reader, next, toldNext)} />
        </>
      )}
    </>
  );
}

function Line({ said: { text, lang } }: { readonly said: Said }) {
  return (
    <p lang={lang} dir={lang === undefined ? undefined : "ltr"} className="small own-words">
      {text}
    </p>
  );
}
