/** The languages a dossier speaks. What others wrote stays in theirs. */
import { type PlacardLanguage, type Speech, speechOf } from "../words.ts";
import { type DossierWords, en } from "./words-en.ts";
import { he } from "./words-he.ts";

export interface DossierSpeech extends Speech {
  readonly dossier: DossierWords;
  number(count: number): string;
}

const WORDS: Readonly<Record<PlacardLanguage, DossierWords>> = { en, he };

export function dossierSpeech(language: PlacardLanguage): DossierSpeech {
  const speech = speechOf(language);
  const numbers = new Intl.NumberFormat(speech.tag);
  return { ...speech, dossier: WORDS[language], number: (count) => numbers.format(count) };
}
