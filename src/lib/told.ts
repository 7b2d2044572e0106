/**
 * What is said to people in more than one language. Whoever says something says it in English, for the command line, and as
 * a code of a closed set with what stands in it (a name, a number, a time, another such sentence), for whoever says it in another language.
 */
type Plain = string | number;
/** Several are told as a list, each in its own words. */
export type Value = Plain | Within | readonly (Plain | Within)[];

/** A sentence that stands within another. */
export interface Within {
  readonly text: string;
  readonly code: string;
  readonly values?: Readonly<Record<string, Plain>>;
}

export interface Coded {
  readonly code: string;
  /** Names that end in `At` are times (RFC 3339), those that end in `On` days of the calendar (`2026-05-15`). */
  readonly values?: Readonly<Record<string, Value>>;
}

export interface Told extends Coded {
  readonly text: string;
}

type NamesIn<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type Given<S extends string, Values> = [NamesIn<S>] extends [never]
  ? []
  : [values: Values, inEnglish?: Readonly<Partial<Record<NamesIn<S>, string>>>];

/**
 * Says one of these sentences by its code, with values where `{name}` stands in it. `inEnglish`: what English puts there
 * instead, such as a time in its own words.
 */
export type Say<English extends Readonly<Record<string, string>>> = <
  Code extends keyof English & string,
  Values extends Readonly<Record<NamesIn<English[Code]>, Value>>,
>(
  code: Code,
  ...given: Given<English[Code], Values>
) => { readonly text: string; readonly code: Code; readonly values?: Values };

export function sayings<const English extends Readonly<Record<string, string>>>(english: English): Say<English> {
  return <Code extends keyof English & string, Values extends Readonly<Record<NamesIn<English[Code]>, Value>>>(
    code: Code,
    ...given: Given<English[Code], Values>
  ): { readonly text: string; readonly code: Code; readonly values?: Values } => {
    const [values, inEnglish = {}] = given as [Values?, Readonly<Record<string, Value>>?];
    const template = english[code] ?? "";
    if (values === undefined) return { text: template, code };
    const shown: Readonly<Record<string, Value>> = { ...values, ...inEnglish };
    return { text: template.replace(/\{(\w+)\}/g, (_, name: string) => wordsOf(shown[name])), code, values };
  };
}

/** Puts values where `{name}` stands, each as `set` has it; a name of which there is no value stays as it is. */
export function fillIn<Each extends string | number>(
  text: string,
  values: Readonly<Record<string, Each>>,
  set: (value: Each) => string = String,
): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : set(value);
  });
}

function wordsOf(value: Value | undefined): string {
  if (isList(value)) return listInWords(value.map(wordsOf));
  return typeof value === "object" ? value.text : String(value);
}

export function isList(value: Value | undefined): value is readonly (Plain | Within)[] {
  return Array.isArray(value);
}

/** `a`, `a and b`, `a, b and c`. */
export function listInWords(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/**
 * The same in another language (BCP 47), each set apart so that it turns no sentence round. A Hebrew "and" is joined to a Hebrew
 * word as it is, and to any other by a maqaf, where the list's own hyphen is one of the Latin script's.
 */
export function listIn(tag: string, items: readonly string[]): string {
  const bare = items.map((item) => item.replace(/^[\u2066-\u2068]+/, "") || "\u2014");
  const parts = new Intl.ListFormat(tag).formatToParts(bare);
  const between = parts.filter(({ type }) => type === "literal").map(({ value }) => value.replace("-", "\u05be"));
  return items.map((item, i) => `\u2068${item}\u2069${between[i] ?? ""}`).join("");
}

export function textOf(said: string | Told): string {
  return typeof said === "string" ? said : said.text;
}

/** What goes beside a sentence's English. */
export function toldBeside(said: string | Told | undefined): { readonly told?: Coded } {
  const told = codedOf(said);
  return told === undefined ? {} : { told };
}

/** Without its English; undefined where that is all there is. */
export function codedOf(said: string | Told | undefined): Coded | undefined {
  if (typeof said !== "object") return undefined;
  const { code, values } = said;
  return values === undefined ? { code } : { code, values };
}
