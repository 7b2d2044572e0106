/** What the server says of an exhibit, in the reader's language where its code is known. */
import { listIn } from "../../lib/told.ts";
import { momentAsSealed } from "../words/dates.ts";
import type { Reader, Said } from "../words/said.ts";
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

export function sourcesSaid(
  { sources, by, claimed }: Pick<Fact, "sources" | "by" | "claimed">,
  reader: Reader,
): string {
  const { language, words } = reader;
  if (language === "en") return sources;
  return claimed === true ? words.told.claimed : tellersSaid(by, reader);
}

/** Most are names of standards, which are the same in every language. */
function tellersSaid(by: readonly string[], { language, words }: Reader): string {
  const { page, text, fetched, markup } = words.told.sources;
  const own: Readonly<Record<string, string>> = { page, "page text": text };
  const names = by.map((name) => {
    const [, form] = /^(.+) \(fetched\)$/.exec(name) ?? [];
    const [, site] = /^markup \((.+)\)$/.exec(name) ?? [];
    if (form !== undefined) return fill(fetched, { name: form });
    return site === undefined ? (own[name] ?? name) : fill(markup, { name: site });
  });
  return listIn(language, names);
}

export function conflictSaid({ text, name, sayings }: View["conflicts"][number], reader: Reader): string {
  if (reader.language === "en") return text;
  const { facts, says } = reader.words.told;
  const labels: Readonly<Record<string, string>> = facts;
  const said = sayings.map(({ by, value }) => fill(says, { by: tellersSaid(by, reader), value }));
  return `${labels[name] ?? name}: ${said.join("; ")}.`;
}
