/** The text that a captured page showed, for the search: read as it is projected, since acts only point at it. */
import { isJsonObject, type Json } from "../lib/json.ts";
import { fedOnce } from "./tokens.ts";

interface Act {
  readonly fields: Readonly<Record<string, Json>>;
  /** What its page showed. */
  readonly pageText?: string;
}

/** Of a longer one only the beginning is searched. */
export const LONGEST_PAGE_TEXT = 20_000;
/** Bytes that so many characters have at the most. */
export const LONGEST_PAGE_BYTES = 3 * LONGEST_PAGE_TEXT;

/** The text of a blob; undefined where it is missing. */
export type ReadText = (sha256: string, mostBytes: number) => Promise<string | undefined>;

/**
 * The act with the text of its page. Where that has a form made for sharing, this is searched, by the group too: nobody finds
 * an exhibit by what is to be told to nobody. One whose file is missing is projected without.
 */
export async function withPageText<One extends Act>(act: One, readText: ReadText): Promise<One> {
  const sha256 = pageTextOf(act.fields);
  const text = sha256 === undefined ? undefined : await readText(sha256, LONGEST_PAGE_BYTES);
  return text === undefined ? act : { ...act, pageText: text.slice(0, LONGEST_PAGE_TEXT) };
}

/** Of recaptures none: they are found by what they are of. */
function pageTextOf(fields: Act["fields"]): string | undefined {
  if (fields["act"] !== "captured") return undefined;
  const text = fields["sharedText"] ?? fields["visibleText"];
  return isJsonObject(text) && typeof text["sha256"] === "string" ? text["sha256"] : undefined;
}

/**
 * The words a page is found by, each once, without those of `said`, by which it is found already. Nor those that say who wrote
 * the post: what was said is looked for, and not whom it was said by (docs/decisions/0042).
 */
export function pageWordsOf({ fields, pageText }: Act, said: readonly (string | null)[]): string | null {
  if (pageText === undefined) return null;
  const left = [...said, fields["author"], fields["handle"]];
  return fedOnce(
    pageText,
    left.filter((text) => typeof text === "string"),
  );
}
