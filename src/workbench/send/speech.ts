/** In which language the form speaks: that of the device, or the one chosen on it. */
import { isLanguage, LANGUAGES, type Language } from "../words/words.ts";
import type { SendWords } from "./words-en.ts";

export interface Speech {
  readonly language: Language;
  readonly words: SendWords;
}

/** The same as the workbench remembers it by. */
const REMEMBERED = "placard-language";

export function firstLanguage(): Language {
  const asked = [localStorage.getItem(REMEMBERED), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return asked.find(isLanguage) ?? "en";
}

export async function speak(language: Language): Promise<Speech> {
  const words = language === "he" ? (await import("./words-he.ts")).he : (await import("./words-en.ts")).en;
  document.documentElement.lang = language;
  document.documentElement.dir = LANGUAGES[language].direction;
  return { language, words };
}

export async function speakOther({ language }: Speech): Promise<Speech> {
  const other = language === "en" ? "he" : "en";
  localStorage.setItem(REMEMBERED, other);
  return speak(other);
}
