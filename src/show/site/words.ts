/** The languages a site speaks. What others wrote stays in theirs. */
import { dayIn, zonedTime } from "../../verify/wording.ts";
import { type Speech, speechOf } from "../words.ts";
import type { SiteLanguage } from "./content.ts";
import { en, type SiteWords } from "./words-en.ts";
import { he } from "./words-he.ts";

export interface SiteSpeech extends Speech {
  readonly language: SiteLanguage;
  /** Where its pages lie, with a slash at the end; the first language has no folder. */
  readonly folder: "" | "he/";
  readonly site: SiteWords;
}

/** The first has the short addresses. */
export const SITE_SPEECHES: readonly SiteSpeech[] = [
  { ...speechOf("en"), language: "en", folder: "", site: en },
  { ...speechOf("he"), language: "he", folder: "he/", site: he },
];

/** A time where no markup may stand: in titles, feeds and data. */
export function plainTime(text: string, { tag }: Speech): string {
  const time = zonedTime(text);
  return time === undefined ? text : `${dayIn(tag, text) ?? time.day}, ${time.clock}`;
}

/** `fill` where no markup may stand. */
export function fillPlainly(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
