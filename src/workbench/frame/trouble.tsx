/** What went wrong, where it went wrong: it stays until it is dealt with. */
import { OFFLINE, Problem } from "../api.ts";
import { useWords } from "../language.tsx";
import type { Words } from "../words/words.ts";
import "./trouble.css";

/** `error` in words: what happened, and what to do next. */
export function inWords(error: unknown, words: Words): { readonly message: string; readonly next: string | undefined } {
  const { wrong } = words.shell;
  if (!(error instanceof Problem)) return { message: wrong.fault, next: undefined };
  if (error.code === OFFLINE) return { message: wrong.offline, next: wrong.offlineNext };
  if (error.code === "too_many") return { message: wrong.tooMany, next: undefined };
  return { message: error.message === "" ? wrong.fault : error.message, next: error.next };
}

export function Trouble({ error }: { readonly error: unknown }) {
  const words = useWords();
  if (error === null || error === undefined) return null;
  const { message, next } = inWords(error, words);
  return (
    <div role="alert" className="trouble">
      <p>
        <strong>{message}</strong>
      </p>
      {next === undefined ? null : <p>{next}</p>}
    </div>
  );
}
