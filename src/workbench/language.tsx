/** In which language the workbench speaks: remembered on this device, and changed without a reload. */
import { DirectionProvider, useDirection } from "@mantine/core";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { Sentences } from "./words/said.ts";
import { isLanguage, LANGUAGES, type Language, type Words } from "./words/words.ts";

interface Spoken {
  readonly language: Language;
  readonly words: Words;
}
interface Speaking extends Spoken {
  /** What the server says, by its codes. */
  readonly said: Sentences;
  speak(language: Language): Promise<void>;
}

const REMEMBERED = "placard-language";
const Speech = createContext<Speaking | undefined>(undefined);

/** Each catalogue is a file of its own, fetched when it is first spoken. */
async function wordsOf(language: Language): Promise<Words> {
  return language === "he" ? (await import("./words/he.ts")).he : (await import("./words/en.ts")).en;
}

const NONE: Sentences = {};

/** The server speaks English itself; its sentences in other languages come after the first screen, which has none of them. */
function useSentences(language: Language): Sentences {
  const [fetched, setFetched] = useState<{ readonly of: Language; readonly said: Sentences }>();
  useEffect(() => {
    if (language === "he") void import("./words/he/said.ts").then(({ said }) => setFetched({ of: "he", said }));
  }, [language]);
  return fetched?.of === language ? fetched.said : NONE;
}

/** What was chosen on this device, else the first of the browser's languages that there is. */
export async function firstSpoken(): Promise<Spoken> {
  const asked = [localStorage.getItem(REMEMBERED), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  const language = asked.find(isLanguage) ?? "en";
  markPage(language);
  return { language, words: await wordsOf(language) };
}

function markPage(language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = LANGUAGES[language].direction;
}

export function LanguageProvider({ first, children }: { readonly first: Spoken; readonly children: ReactNode }) {
  return (
    <DirectionProvider initialDirection={LANGUAGES[first.language].direction} detectDirection={false}>
      <Speaker first={first}>{children}</Speaker>
    </DirectionProvider>
  );
}

function Speaker({ first, children }: { readonly first: Spoken; readonly children: ReactNode }) {
  const [spoken, setSpoken] = useState(first);
  const { setDirection } = useDirection();
  const said = useSentences(spoken.language);
  const speaking = useMemo(
    () => ({
      ...spoken,
      said,
      speak: async (language: Language) => {
        const words = await wordsOf(language);
        localStorage.setItem(REMEMBERED, language);
        markPage(language);
        setDirection(LANGUAGES[language].direction);
        setSpoken({ language, words });
      },
    }),
    [spoken, said, setDirection],
  );
  return <Speech value={speaking}>{children}</Speech>;
}

/** The language in use and how to change it. */
export function useLanguage(): Speaking {
  const speaking = useContext(Speech);
  if (speaking === undefined) throw new Error("There is no language outside the workbench.");
  return speaking;
}

export function useWords(): Words {
  return useLanguage().words;
}
