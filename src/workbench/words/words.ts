/** Languages, and how a sentence gets its numbers and names. */
import { fillIn } from "../../lib/told.ts";
import type { en } from "./en.ts";

export type Wide<T> = T extends string ? string : { readonly [K in keyof T]: Wide<T[K]> };
/** Every catalogue has this shape. */
export type Words = Wide<typeof en>;

export const LANGUAGES = {
  en: { own: "English", direction: "ltr" },
  he: { own: "עברית", direction: "rtl" },
} as const;
export type Language = keyof typeof LANGUAGES;

export function isLanguage(text: unknown): text is Language {
  return typeof text === "string" && Object.hasOwn(LANGUAGES, text);
}

/** Puts values where `{name}` stands. Names and numbers are set apart, so that they turn no sentence round. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return fillIn(text, values, (value) => `\u2068${value}\u2069`);
}

/** A sentence for each form of the number that a language knows. */
export interface Counted {
  readonly one: string;
  readonly two: string;
  readonly other: string;
}

/** The sentence for `count`, with `{count}` in the language's own digits. */
export function counted(language: Language, forms: Counted, count: number): string {
  const form = new Intl.PluralRules(language).select(count);
  const text = form === "one" ? forms.one : form === "two" ? forms.two : forms.other;
  return fill(text, { count: new Intl.NumberFormat(language).format(count) });
}
