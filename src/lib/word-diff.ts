/** What of a text went and what came, word by word: one way for screens and the command line. */
import { diffArrays } from "diff";

/** A piece of two texts: in both, or `gone` from the first, or `new` in the second. */
export interface DiffPiece {
  readonly text: string;
  readonly is: "same" | "gone" | "new";
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

/** The space that stands before both, and behind both: it did not change. */
function spacesAround(gone: string, come: string): readonly [before: string, after: string] {
  const shared = (around: RegExp): string => {
    const [there = ""] = around.exec(gone) ?? [];
    return there === (around.exec(come) ?? [""])[0] ? there : "";
  };
  const isSpace = gone.trim() === "" || come.trim() === "";
  return isSpace ? ["", ""] : [shared(/^\s+/), shared(/\s+$/)];
}

/** Words beside one another that changed are told as one phrase, with the spaces between them. */
function inPhrases(pieces: readonly DiffPiece[]): readonly DiffPiece[] {
  const told: DiffPiece[] = [];
  let [gone, come] = ["", ""];
  const tell = (piece: DiffPiece): void => {
    const last = told.at(-1);
    if (last?.is === "same" && piece.is === "same") told[told.length - 1] = { ...last, text: last.text + piece.text };
    else if (piece.text !== "") told.push(piece);
  };
  const end = (): void => {
    const [before, after] = spacesAround(gone, come);
    const within = (text: string): string => text.slice(before.length, text.length - after.length);
    tell({ text: before, is: "same" });
    for (const piece of whole(within(gone), within(come))) tell(piece);
    tell({ text: after, is: "same" });
    [gone, come] = ["", ""];
  };
  for (const [place, { text, is }] of pieces.entries()) {
    const isBetween = is === "same" && text.trim() === "" && `${gone}${come}` !== "" && place < pieces.length - 1;
    if (is === "same" && !isBetween) {
      end();
      tell({ text, is });
    }
    if (is === "gone" || isBetween) gone += text;
    if (is === "new" || isBetween) come += text;
  }
  end();
  return told;
}
