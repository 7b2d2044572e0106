/** What the server says of an exhibit, in the reader's language where its code is known. */
import { momentAsSealed } from "../words/dates.ts";
import { fill, type Language, type Words } from "../words/words.ts";
import type { View } from "./queries.ts";

export interface Said {
  readonly text: string;
  /** Where it is the server's own words, which are English. */
  readonly lang?: "en";
}

type Known = Readonly<Record<string, string>>;

const asTold = (text: string, language: Language): Said => (language === "en" ? { text } : { text, lang: "en" });

/** In English the server's own words, which are more exact; else by `code`. */
function byCode(known: Known, code: string | undefined, text: string, language: Language): Said {
  const words = code === undefined || language === "en" ? undefined : known[code];
  return words === undefined ? asTold(text, language) : { text: words };
}

export function stepSaid({ what, code }: View["steps"][number], { told }: Words, language: Language): Said {
  return byCode(told.steps, code, what, language);
}

export function provenanceSaid(
  { text, code, values = {} }: View["provenance"][number],
  { told }: Words,
  language: Language,
): Said {
  const said = byCode(told.provenance, code, text, language);
  if (said.text === text) return said;
  const times = Object.entries(values).map(([name, value]) => [
    name,
    name.endsWith("At") ? momentAsSealed(language, value) : value,
  ]);
  return { text: fill(said.text, Object.fromEntries(times)) };
}

type Fact = View["facts"][number];

export function labelSaid({ name, label }: Fact, { told }: Words, language: Language): Said {
  return byCode(told.facts, name, label, language);
}

export function valueSaid({ value, at, zoneless }: Fact, { told }: Words, language: Language): string {
  if (at === undefined || language === "en") return value;
  const time = momentAsSealed(language, at);
  return zoneless === true ? fill(told.zoneless, { time }) : time;
}

export function sourcesSaid({ sources, claimed }: Fact, { told }: Words, language: Language): Said {
  return claimed === true && language !== "en" ? { text: told.claimed } : asTold(sources, language);
}
