/** How a capture tells where its facts come from, in words. */
import { isJsonObject } from "../lib/json.ts";
import { listInWords } from "../lib/told.ts";
import { shown } from "./wording.ts";

type Fields = Readonly<Record<string, unknown>>;
const LONGEST_SAYING = 300;

/** Who says the fact, the one that was believed first. Nobody where the act does not tell. */
export function tellersOf({ factSources }: Fields, name: string): readonly string[] {
  const sources = isJsonObject(factSources) ? factSources[name] : undefined;
  return Array.isArray(sources) ? sources.map((source) => shown(String(source))) : [];
}

/** The same in words: "JSON-LD and OpenGraph". */
export function sourcesOf(fields: Fields, name: string): string {
  return listInWords(tellersOf(fields, name));
}

/** One fact of which the page's sources say different things. */
export interface Conflict {
  readonly name: string;
  readonly sayings: readonly { readonly by: readonly string[]; readonly value: string }[];
}

export function conflictsOf(fields: Fields): readonly Conflict[] {
  const { factConflicts } = fields;
  if (!isJsonObject(factConflicts)) return [];
  return Object.entries(factConflicts).map(([name, others]) => {
    const said = (Array.isArray(others) ? (others as readonly unknown[]) : [])
      .filter(isJsonObject)
      .map(({ source, value }) => ({ by: [shown(String(source))], value: valueOf(value) }));
    const chosen = fields[name] === undefined ? [] : [{ by: tellersOf(fields, name), value: valueOf(fields[name]) }];
    return { name: shown(name), sayings: [...chosen, ...said] };
  });
}

export function conflictInWords({ name, sayings }: Conflict): string {
  const said = sayings.map(({ by, value }) => `${listInWords(by)} ${by.length > 1 ? "say" : "says"} “${value}”`);
  return `${name}: ${said.join("; ")}.`;
}

/** One sentence for each such fact. */
export function conflictSentences(fields: Fields): readonly string[] {
  return conflictsOf(fields).map(conflictInWords);
}

function valueOf(value: unknown): string {
  return shown(typeof value === "string" ? value : (JSON.stringify(value) ?? ""), LONGEST_SAYING);
}
