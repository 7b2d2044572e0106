/** What the server says of an exhibit, in the reader's language where its code is known. */
import { momentAsSealed } from "../words/dates.ts";
import type { Said } from "../words/said.ts";
import { fill, type Language, type Words } from "../words/words.ts";
import type { View } from "./queries.ts";

type Known = Readonly<Record<string, string>>;

const asTold = (text: string, language: Language): Said => (language === "en" ? { text } : { text, lang: "en" });

/** In English the server's own words, which are more exact; else by `code`. */
function byCode(known: Known, code: string | undefined, text: string, language: Language): Said {
  const words = code === undefined || language === "en" ? undefined : known[code];
  return words === undefined ? asTold(text, language) : { text: words };
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
