/** What the server says, in the reader's language: by its code, which comes with its English. */
import { listIn } from "../../lib/told.ts";
import { calendarDay, momentAsSealed } from "./dates.ts";
import { fill, type Language, type Words } from "./words.ts";

export interface Coded {
  readonly code: string;
  /** Names that end in `At` are times as they were sealed (RFC 3339), those that end in `On` days of the calendar. */
  readonly values?: Readonly<Record<string, Value>> | undefined;
}

/** A name, a number, a time; or another such sentence. */
type One = string | number | (Coded & { readonly text: string });
/** Several are told as a list. */
type Value = One | readonly One[];

/** What is to be read, and `lang` where that is English on a screen that is not. */
export interface Said {
  readonly text: string;
  readonly lang?: "en";
}

/** The server's sentence: in English as it stands, else by its code; English, and marked so, where it has none that is known. */
export function saidIn(reader: Reader, english: string, told: Coded | undefined): Said {
  const { language, said } = reader;
  if (language === "en") return { text: english };
  const sentence = told === undefined ? undefined : said[told.code];
  if (sentence === undefined) return { text: english, lang: "en" };
  return { text: fill(sentence, inItsWords(reader, told?.values ?? {})) };
}

export type Sentences = Readonly<Record<string, string>>;

/** Who reads: in which language, and the words of it. */
export interface Reader {
  readonly language: Language;
  readonly words: Words;
  /** Of the server's sentences, by their codes. */
  readonly said: Sentences;
}

function inItsWords(reader: Reader, values: NonNullable<Coded["values"]>) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueIn(reader, name, value)]));
}

function valueIn(reader: Reader, name: string, value: Value): string | number {
  if (isList(value)) {
    const items = value.map((one) => String(valueIn(reader, name, one)));
    return listIn(reader.language, items);
  }
  if (typeof value === "object") return saidIn(reader, value.text, value).text;
  if (name.endsWith("On")) return calendarDay(reader.language, String(value));
  return name.endsWith("At") ? momentAsSealed(reader.language, String(value)) : value;
}

function isList(value: Value): value is readonly One[] {
  return Array.isArray(value);
}
