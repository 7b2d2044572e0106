/** What a handed-out case says of itself is in the group's language: whoever is handed one knows the group. */
import { fillIn } from "../../lib/told.ts";
import type { Settings } from "../settings.ts";
import { type CaseWords, en } from "./case-words-en.ts";
import { he } from "./case-words-he.ts";

type CaseLanguage = Settings["language"];

const WORDS: Readonly<Record<CaseLanguage, CaseWords>> = { en, he };
/** British days in English: the day before the month. */
const TAGS: Readonly<Record<CaseLanguage, string>> = { en: "en-GB", he: "he" };

export interface CaseSpeech {
  readonly words: CaseWords;
  /** `12 exhibits` */
  exhibits(count: number): string;
  /** Of an RFC 3339 time in UTC. */
  day(at: string): string;
}

export function caseSpeech(language: CaseLanguage): CaseSpeech {
  const words = WORDS[language];
  const tag = TAGS[language];
  return {
    words,
    exhibits: (count) =>
      fillIn(count === 1 ? words.exhibits.one : words.exhibits.other, {
        count: new Intl.NumberFormat(tag).format(count),
      }),
    day: (at) => new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "UTC" }).format(new Date(at)),
  };
}
