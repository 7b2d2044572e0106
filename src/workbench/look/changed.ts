/** What a recapture found changed, read from its act, and told word by word. */
import { diffArrays } from "diff";

/** A piece of two texts: in both, or `gone` from the first, or `new` in the second. */
export interface DiffPiece {
  readonly text: string;
  readonly is: "same" | "gone" | "new";
}

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

/** Where more than this differs, the one text is told and then the other. */
const MOST_EDITS = 1_000;

/** Words as each script parts them: in Hebrew and Arabic, too, a word is never told letter by letter. */
export function wordDiff(before: string, after: string): readonly DiffPiece[] {
  const found = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: MOST_EDITS });
  if (found === undefined) return whole(before, after);
  const pieces = found.map(({ value, added, removed }) => ({
    text: value.join(""),
    is: added ? ("new" as const) : removed ? ("gone" as const) : ("same" as const),
  }));
  return inPhrases(pieces);
}

function wordsOf(text: string): string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity: "word" }).segment(text), ({ segment }) => segment);
}

const whole = (before: string, after: string): readonly DiffPiece[] =>
  [{ text: before, is: "gone" } as const, { text: after, is: "new" } as const].filter(({ text }) => text !== "");

/** Words beside one another that changed are told as one phrase, with the spaces between them. */
function inPhrases(pieces: readonly DiffPiece[]): readonly DiffPiece[] {
  const told: DiffPiece[] = [];
  let [gone, come] = ["", ""];
  const end = (): void => {
    told.push(...whole(gone, come));
    [gone, come] = ["", ""];
  };
  for (const [place, { text, is }] of pieces.entries()) {
    const isBetween = is === "same" && text.trim() === "" && `${gone}${come}` !== "" && place < pieces.length - 1;
    if (is === "same" && !isBetween) {
      end();
      told.push({ text, is });
    }
    if (is === "gone" || isBetween) gone += text;
    if (is === "new" || isBetween) come += text;
  }
  end();
  return told;
}
