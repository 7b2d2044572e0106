/**
 * Slurs and obscene words in what is quoted, masked to their first letter. The list is "List of Dirty, Naughty, Obscene, and Otherwise Bad Words"
 * in the npm package `naughty-words` (CC BY 4.0); a group adds its own, and shows one in full only on purpose and with a reason.
 */
import lists from "naughty-words";

/** Words as each script parts them: running Chinese and Japanese too. */
const SEGMENTER = new Intl.Segmenter("und", { granularity: "word" });

/** In its place; as many whatever the word's length, so that it cannot be counted out. */
const REST = "···";

export interface Masking {
  /** Words that are masked besides those of the list. */
  readonly masked: readonly string[];
  /** Words of the list that are shown. */
  readonly unmasked: readonly { readonly word: string }[];
}

/** What the text says with these words masked, and which of its words were. */
export function maskWords(
  text: string,
  { masked, unmasked }: Masking,
): { readonly text: string; readonly words: readonly string[] } {
  const shown = new Set(unmasked.map(({ word }) => fold(word)));
  const found = new Set<string>();
  const spans = [...spansOf(text, LISTED), ...spansOf(text, wordsBy(masked))]
    .filter(({ from, to }) => !shown.has(fold(text.slice(from, to))))
    .toSorted((a, b) => a.from - b.from || b.to - a.to);
  let said = "";
  let at = 0;
  for (const { from, to } of spans) {
    if (from < at) continue;
    const word = text.slice(from, to);
    found.add(word);
    said += `${text.slice(at, from)}${firstOf(word)}${REST}`;
    at = to;
  }
  return { text: said + text.slice(at), words: [...found] };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Words by how many they are, so that a text is gone through once for each length of phrase there is. */
type Words = ReadonlyMap<number, ReadonlySet<string>>;

/** Shorter words of one language are harmless ones of another, where both are written in one script. */
const SURELY_ONE = 6;
const LISTED: Words = wordsBy([
  ...lists.en,
  ...Object.values(lists)
    .flat()
    .filter((word) => !/\p{Script=Latin}/u.test(word) || word.length >= SURELY_ONE),
]);

function wordsBy(words: readonly string[]): Words {
  const by = new Map<number, Set<string>>();
  for (const word of words) {
    const parts = partsOf(word);
    if (parts.length === 0) continue;
    const key = parts.map(({ folded }) => folded).join(" ");
    const same = by.get(parts.length) ?? new Set();
    by.set(parts.length, same.add(key));
  }
  return by;
}

function* spansOf(text: string, words: Words): Generator<Span> {
  const parts = partsOf(text);
  for (const [length, known] of words) {
    for (let i = 0; i + length <= parts.length; i++) {
      const run = parts.slice(i, i + length);
      if (known.has(run.map(({ folded }) => folded).join(" ")))
        yield { from: (run[0] as Part).from, to: (run.at(-1) as Part).to };
    }
  }
}

interface Part extends Span {
  readonly folded: string;
}

function partsOf(text: string): readonly Part[] {
  return [...SEGMENTER.segment(text)].flatMap(({ segment, index, isWordLike }) =>
    isWordLike === true ? [{ from: index, to: index + segment.length, folded: fold(segment) }] : [],
  );
}

function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .toLowerCase();
}

const firstOf = (word: string): string => Array.from(word)[0] ?? "";
