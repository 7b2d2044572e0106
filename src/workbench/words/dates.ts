/** Days and times in the words of a language, in the reader's own time zone. */
import type { Language } from "./words.ts";

/** British days in English: the day before the month. */
const TAGS: Readonly<Record<Language, string>> = { en: "en-GB", he: "he-IL" };

export function dayOf(language: Language, at: string): string {
  return new Intl.DateTimeFormat(TAGS[language], { dateStyle: "long" }).format(new Date(at));
}

export function momentOf(language: Language, at: string): string {
  return new Intl.DateTimeFormat(TAGS[language], { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
}

export function timeOf(language: Language, at: number): string {
  return new Intl.DateTimeFormat(TAGS[language], { timeStyle: "medium" }).format(at);
}
