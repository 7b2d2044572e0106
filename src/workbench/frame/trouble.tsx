/** What went wrong, where it went wrong: it stays until it is dealt with. */
import { OFFLINE, Problem } from "../api.ts";
import { useLanguage } from "../language.tsx";
import type { Language, Words } from "../words/words.ts";
import "./trouble.css";

interface Told {
  readonly message: string;
  readonly next?: string | undefined;
  /** Where it is the server's own words, which are English. */
  readonly lang?: "en";
  /** What the server says of it, where the reader's own language says less. */
  readonly exactly?: string;
}

/** `error` in the reader's language where its code is known, else as the server says it. */
export function inWords(error: unknown, { shell, told }: Words, language: Language): Told {
  const { wrong } = shell;
  if (!(error instanceof Problem)) return { message: wrong.fault };
  if (error.code === OFFLINE) return { message: wrong.offline, next: wrong.offlineNext };
  const known: Readonly<Record<string, string>> = wrong.codes;
  const message = known[error.code];
  if (message !== undefined) return { message };
  const kinds: Readonly<Record<string, string>> = told.kinds;
  const kind = kinds[error.code];
  if (error.message === "") return { message: kind ?? wrong.fault };
  if (language === "en" || kind === undefined) return { message: error.message, next: error.next, lang: "en" };
  return { message: kind, exactly: `${error.message} ${error.next ?? ""}`.trim() };
}

interface Troubled {
  readonly error: unknown;
  /** What this screen says itself, by the problem's code. */
  readonly words?: Readonly<Record<string, string>>;
}

export function Trouble({ error, words: own }: Troubled) {
  const { language, words } = useLanguage();
  if (error === null || error === undefined) return null;
  const said = error instanceof Problem ? own?.[error.code] : undefined;
  const { message, next, lang, exactly } = said === undefined ? inWords(error, words, language) : { message: said };
  return (
    <div role="alert" className="trouble">
      <p lang={lang} dir="auto">
        <strong>{message}</strong>
      </p>
      {next === undefined ? null : (
        <p lang={lang} dir="auto">
          {next}
        </p>
      )}
      {exactly === undefined ? null : (
        <p className="small">
          {words.told.english}{" "}
          <bdi lang="en" dir="ltr">
            {exactly}
          </bdi>
        </p>
      )}
    </div>
  );
}
