/** Why a link was not captured, in the reader's language where the cause is known. */
import type { Language, Words } from "../words/words.ts";
import type { SavedLink } from "./queries.ts";

interface Why {
  readonly text: string;
  /** The server's own words, which are English and more exact. */
  readonly exactly?: string;
}

export function whyNot({ cause = "", status, reason = "" }: SavedLink, { told }: Words, language: Language): Why {
  if (language === "en" && reason !== "") return { text: reason };
  const statuses: Readonly<Record<string, string>> = told.statuses;
  const causes: Readonly<Record<string, string>> = told.causes;
  const text = (cause === "http_error" ? statuses[String(status)] : undefined) ?? causes[cause];
  return text === undefined ? { text: reason } : { text, exactly: reason };
}
