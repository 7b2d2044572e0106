/** Which of the words that a machine read in a picture tell of somebody: names and handles that are known, and what has the form of one. */
import type { PlaceBox } from "../../capture/page/private-places.ts";
import type { ReadWord } from "../../capture/private/read-words.ts";

export interface Known {
  readonly author?: string | undefined;
  readonly handle?: string | undefined;
  /** Whatever else must be read nowhere. */
  readonly words: readonly string[];
}

export type WordKind = "name" | "handle" | "word" | "contact";

export interface PrivateWord {
  readonly kind: WordKind;
  readonly box: PlaceBox;
}

/** Of a name that is not whole, and of a handle within a word: fewer letters are a part of many words. */
const SHORTEST = 3;
const HANDLE = /^@[\p{L}\p{N}_][\p{L}\p{N}_.-]+/u;
const MAIL = /[^\s@]+@[^\s@]+\.\p{L}{2,}/u;
const NUMBER = /^[+(]?\d[\d().\-/]*$/;
/** Digits of a telephone number, as it is dialled. */
const DIALLED = /^(?:\+|\(?0)(?:\D*\d){8,15}\D*$/;

export function privateWords(read: readonly ReadWord[], { author, handle, words }: Known): readonly PrivateWord[] {
  const lines = [...Map.groupBy(read, ({ line }) => line).values()];
  const name = author === undefined ? [] : [author];
  return lines.flatMap((line) => [
    ...name.flatMap((one) => runsOf(line, one, "name")),
    ...name.flatMap((one) => partsOf(line, one)),
    ...words.flatMap((one) => runsOf(line, one, "word")),
    ...line.flatMap((word) => kindOf(word, bare(handle ?? ""))),
    ...numbersIn(line),
  ]);
}

/** Letters and digits as they are compared: signs around and within a word are read one time and not the next. */
const fold = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
const tokensOf = (text: string): readonly string[] => text.split(/\s+/u).map(fold).filter(Boolean);
const bare = (handle: string): string => fold(handle.replace(/^@+/, "").split("@", 1)[0] ?? "");

/** Where all of its words stand one after another. */
function runsOf(line: readonly ReadWord[], said: string, kind: WordKind): readonly PrivateWord[] {
  const wanted = tokensOf(said);
  if (wanted.length === 0) return [];
  return line.flatMap((_, at) => {
    const run = line.slice(at, at + wanted.length);
    const isIt = run.length === wanted.length && run.every(({ text }, i) => fold(text) === wanted[i]);
    return isIt ? [{ kind, box: around(run) }] : [];
  });
}

function partsOf(line: readonly ReadWord[], name: string): readonly PrivateWord[] {
  const parts = tokensOf(name).filter(({ length }) => length >= SHORTEST);
  return line.filter(({ text }) => parts.includes(fold(text))).map(({ box }) => ({ kind: "name", box }));
}

function kindOf({ text, box }: ReadWord, handle: string): readonly PrivateWord[] {
  if (MAIL.test(text) && !text.startsWith("@")) return [{ kind: "contact", box }];
  const isHandle = handle.length >= SHORTEST && fold(text).includes(handle);
  return isHandle || HANDLE.test(text) ? [{ kind: "handle", box }] : [];
}

/** Numbers that stand one after another are one. */
function numbersIn(line: readonly ReadWord[]): readonly PrivateWord[] {
  const runs: ReadWord[][] = [[]];
  for (const word of line) {
    if (NUMBER.test(word.text)) runs.at(-1)?.push(word);
    else runs.push([]);
  }
  return runs
    .filter((run) => DIALLED.test(run.map(({ text }) => text).join(" ")))
    .map((run) => ({ kind: "contact", box: around(run) }));
}

function around(words: readonly ReadWord[]): PlaceBox {
  const boxes = words.map(({ box }) => box);
  const [x, y] = [Math.min(...boxes.map(([left]) => left)), Math.min(...boxes.map(([, top]) => top))];
  const right = Math.max(...boxes.map(([left, , width]) => left + width));
  return [x, y, right - x, Math.max(...boxes.map(([, top, , height]) => top + height)) - y];
}
