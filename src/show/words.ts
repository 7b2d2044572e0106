/** The languages a placard speaks. What others wrote stays in theirs. */
import type { Fillable } from "./markup.ts";
import { en, type PlacardWords } from "./words-en.ts";
import { he } from "./words-he.ts";

export interface Speech {
  /** BCP 47; of the page, and of its days. */
  readonly tag: string;
  readonly direction: "ltr" | "rtl";
  readonly words: PlacardWords;
}

export type PlacardLanguage = "en" | "he";

const SPEECHES: Readonly<Record<PlacardLanguage, Speech>> = {
  // British days: the day before the month.
  en: { tag: "en-GB", direction: "ltr", words: en },
  he: { tag: "he", direction: "rtl", words: he },
};

/** English where nothing is said: placards that were made before there was another say nothing. */
export function speechOf(language: PlacardLanguage = "en"): Speech {
  return SPEECHES[language];
}

/** All that is said in it, for the choice of typefaces. */
export function allSaid({ words }: Speech): string {
  return JSON.stringify(words);
}

/** A sentence in its pieces, with values where `{name}` stands in it. */
export function fill(sentence: string, values: Readonly<Record<string, Fillable>>): readonly Fillable[] {
  return sentence.split(/\{(\w+)\}/).map((piece, i) => (i % 2 === 0 ? piece : (values[piece] ?? "")));
}
