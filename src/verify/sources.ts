/** How a capture tells where its facts come from, in words. */
import { isJsonObject } from "../lib/json.ts";
import { listInWords, shown } from "./wording.ts";

type Fields = Readonly<Record<string, unknown>>;
const LONGEST_SAYING = 300;

/** Who says the fact, the one that was believed first: "JSON-LD and OpenGraph". Nothing where the act does not tell. */
export function sourcesOf({ factSources }: Fields, name: string): string {
  const sources = isJsonObject(factSources) ? factSources[name] : undefined;
  return Array.isArray(sources) ? listInWords(sources.map((source) => shown(String(source)))) : "";
}

/** One sentence for each fact of which the page's sources say different things. */
export function conflictSentences(fields: Fields): readonly string[] {
  const { factConflicts } = fields;
  if (!isJsonObject(factConflicts)) return [];
  return Object.entries(factConflicts).map(([name, others]) => {
    const said = (Array.isArray(others) ? (others as readonly unknown[]) : [])
      .filter(isJsonObject)
      .map(({ source, value }) => saying(String(source), value));
    const chosen = fields[name] === undefined ? [] : [saying(sourcesOf(fields, name), fields[name])];
    return `${shown(name)}: ${[...chosen, ...said].join("; ")}.`;
  });
}

function saying(sources: string, value: unknown): string {
  const words = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return `${shown(sources)} ${/ and /.test(sources) ? "say" : "says"} “${shown(words, LONGEST_SAYING)}”`;
}
