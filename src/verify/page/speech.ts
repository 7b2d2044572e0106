/** In which language the page speaks: the first of the reader's that there is, or the other where they ask for it. */
import { type Coded, fillIn, isList, listIn, type Value } from "../../lib/told.ts";
import { dayIn } from "../wording.ts";
import { en, type PageWords } from "./words-en.ts";
import { he } from "./words-he.ts";

/** Put in by the build: what `verify` says in Hebrew, by its codes. In English it says it itself. */
declare const HEBREW_SENTENCES: Readonly<Record<string, string>>;

const SPEECHES = {
  en: { lang: "en-GB", dir: "ltr", words: en as PageWords },
  he: { lang: "he", dir: "rtl", words: he },
} as const;
type Language = keyof typeof SPEECHES;

let language: Language = "en";

export function words(): PageWords {
  return SPEECHES[language].words;
}

export function isEnglish(): boolean {
  return language === "en";
}

export function speakFirst(): void {
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => Object.hasOwn(SPEECHES, tag));
  speak(known === "he" ? "he" : "en");
}

export function speakOther(): void {
  speak(language === "en" ? "he" : "en");
}

function speak(wanted: Language): void {
  language = wanted;
  const { lang, dir } = SPEECHES[language];
  Object.assign(document.documentElement, { lang, dir });
  document.title = words().still.title;
  sayStill(document);
}

/** What stands in index.html, by the names it has there. */
export function sayStill(within: ParentNode): void {
  const still: Readonly<Record<string, string>> = words().still;
  for (const element of within.querySelectorAll<HTMLElement>("[data-says]")) {
    element.textContent = still[element.dataset["says"] ?? ""] ?? "";
  }
  for (const element of within.querySelectorAll<HTMLElement>("[data-called]")) {
    element.ariaLabel = still[element.dataset["called"] ?? ""] ?? "";
  }
}

/** What is to be read, and `lang` where that is English on a page that is not. */
export interface Saying {
  readonly text: string;
  readonly lang?: "en";
}

/** A sentence of `verify`'s: by its code, or in English where it has none that is known. */
export function sentence(english: string, told: Partial<Coded> | undefined): Saying {
  if (language === "en") return { text: english };
  const { code = "", values = {} } = told ?? {};
  if (!Object.hasOwn(HEBREW_SENTENCES, code)) return { text: english, lang: "en" };
  const said = Object.entries(values).map(([name, value]) => [name, valueSaid(name, value)]);
  return { text: fill(HEBREW_SENTENCES[code] ?? "", Object.fromEntries(said)) };
}

function valueSaid(name: string, value: Value): string | number {
  if (isList(value)) {
    const items = value.map((one) => String(valueSaid(name, one)));
    return listIn(SPEECHES[language].lang, items);
  }
  if (typeof value === "object") return sentence(value.text, value).text;
  return name.endsWith("At") ? momentSaid(String(value)) : value;
}

const MOMENT = /^\d{4}-\d\d-\d\d[Tt ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d)?$/;

/** A time as it was sealed, in the zone it was given in; anything else as it stands. */
export function momentSaid(at: string): string {
  const [, clock, zone = ""] = MOMENT.exec(at) ?? [];
  const day = dayIn(SPEECHES[language].lang, at);
  if (clock === undefined || day === undefined) return at;
  const where = zone === "" ? "" : /^[Zz]$/.test(zone) ? " UTC" : ` UTC${zone}`;
  return `${day}, \u2066${clock}${where}\u2069`;
}

/** Names and numbers are set apart, so that they turn no Hebrew sentence round. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return fillIn(text, values, (value) => (language === "en" ? String(value) : `\u2068${value}\u2069`));
}
