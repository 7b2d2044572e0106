/** What went wrong, where it went wrong: it stays until it is dealt with. */
import { OFFLINE, Problem } from "../api.ts";
import { useLanguage } from "../language.tsx";
import { type Reader, type Said, saidIn } from "../words/said.ts";
import "./trouble.css";

interface Told {
  readonly message: Said;
  readonly next?: Said;
  /** What the server says of it, where the reader's own language says less. */
  readonly exactly?: string;
}

/** `error` in the reader's language where there are words for it, else as the server says it. */
export function inWords(error: unknown, reader: Reader): Told {
  const { shell, told } = reader.words;
  const { wrong } = shell;
  const say = (text: string): Told => ({ message: { text } });
  if (!(error instanceof Problem)) return say(wrong.fault);
  if (error.code === OFFLINE) return { message: { text: wrong.offline }, next: { text: wrong.offlineNext } };
  const known: Readonly<Record<string, string>> = wrong.codes;
  const own = known[error.code];
  if (own !== undefined) return say(own);
  const kinds: Readonly<Record<string, string>> = told.kinds;
  const kind = kinds[error.code] ?? wrong.fault;
  if (error.message === "") return say(kind);
  const message = saidIn(reader, error.message, error.told);
  const next = error.next === undefined ? {} : { next: saidIn(reader, error.next, error.toldNext) };
  if (message.lang === undefined) return { message, ...next };
  return { message: { text: kind }, exactly: `${error.message} ${error.next ?? ""}`.trim() };
}

interface Troubled {
  readonly error: unknown;
  /** What this screen says itself, by the problem's code. */
  readonly words?: Readonly<Record<string, string>>;
}

export function Trouble({ error, words: own }: Troubled) {
  const reader = useLanguage();
  if (error === null || error === undefined) return null;
  const said = error instanceof Problem ? own?.[error.code] : undefined;
  const { message, next, exactly } = said === undefined ? inWords(error, reader) : { message: { text: said } };
  return (
    <div role="alert" className="trouble">
      <p lang={message.lang} dir="auto">
        <strong>{message.text}</strong>
      </p>
      {next === undefined ? null : (
        <p lang={next.lang} dir="auto">
          {next.text}
        </p>
      )}
      {exactly === undefined ? null : (
        <p className="small">
          {reader.words.told.english}{" "}
          <bdi lang="en" dir="ltr">
            {exactly}
          </bdi>
        </p>
      )}
    </div>
  );
}
