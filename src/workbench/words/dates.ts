/** Days and times in the words of a language, in the reader's own time zone. */
import type { Language } from "./words.ts";

/** British days in English: the day before the month. */
const TAGS: Readonly<Record<Language, string>> = { en: "en-GB", he: "he-IL" };

/** Whether it is a time at all. Pages say what they like of when they were posted, and it is sealed as they say it. */
export function isMoment(at: string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(at) && !Number.isNaN(Date.parse(at));
}

export function dayOf(language: Language, at: string): string {
  return new Intl.DateTimeFormat(TAGS[language], { dateStyle: "long" }).format(new Date(at));
}

/** What is no time stands as it is: Intl throws for it, and a screen would be gone with it. */
export function momentOf(language: Language, at: string): string {
  if (!isMoment(at)) return at;
  return new Intl.DateTimeFormat(TAGS[language], { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
}

export function timeOf(language: Language, at: number): string {
  return new Intl.DateTimeFormat(TAGS[language], { timeStyle: "medium" }).format(at);
}

const SEALED = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d)?$/;

/** A time as it was sealed (RFC 3339), in the zone it was given in, which is named; anything else as it stands. */
export function momentAsSealed(language: Language, at: string): string {
  const [whole, year, month, day, clock, zone = ""] = SEALED.exec(at) ?? [];
  if (whole === undefined) return at;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const named = new Intl.DateTimeFormat(TAGS[language], { dateStyle: "long", timeZone: "UTC" }).format(date);
  const where = /^[Zz]$/.test(zone) ? "UTC" : zone === "" ? "" : `UTC${zone}`;
  return `${named}, \u2066${`${clock} ${where}`.trim()}\u2069`;
}

/** A day of the calendar (`2026-05-15`), which is no moment and the same in every zone; anything else as it stands. */
export function calendarDay(language: Language, day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) return day;
  return new Intl.DateTimeFormat(TAGS[language], { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
}
