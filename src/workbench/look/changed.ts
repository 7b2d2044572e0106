/** What a recapture found changed, read from its act, and told word by word. */
import { type DiffPiece, wordDiff } from "../../lib/word-diff.ts";

export interface Changed {
  /** Of what: `postText`, `author`, `handle`, `replyTo`; `visibleText` of the page as a whole. */
  readonly name: string;
  readonly pieces: readonly DiffPiece[];
  /** Of a page: line by line, and how many lines more are not told. */
  readonly lines?: { readonly untold: number };
  /** Only its beginning was sealed. */
  readonly isCut: boolean;
}

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** What was not stated says nothing. */
const textOf = (value: unknown): string | undefined =>
  value === null ? "" : typeof value === "string" ? value : undefined;
export const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

/** What is of no form that is known is left out: acts may have been sealed by another version. */
export function changesIn(changes: Fields): readonly Changed[] {
  return Object.entries(changes).flatMap(([name, change]) => (isFields(change) ? changeOf(name, change) : []));
}

function changeOf(name: string, { before, after, removed, added, lines, cut }: Fields): readonly Changed[] {
  const isCut = cut === true;
  const [first, now] = [textOf(before), textOf(after)];
  if (first !== undefined && now !== undefined) return [{ name, pieces: wordDiff(first, now), isCut }];
  const gone = textsIn(removed).map((text) => ({ text, is: "gone" as const }));
  const come = textsIn(added).map((text) => ({ text, is: "new" as const }));
  const pieces = [...gone, ...come];
  if (pieces.length === 0) return [];
  const all = typeof lines === "number" ? lines : pieces.length;
  return [{ name, pieces, isCut, lines: { untold: Math.max(0, all - pieces.length) } }];
}
