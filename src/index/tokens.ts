/**
 * Texts as the words they are searched by. Folded here and not by SQLite, so that what is typed, what is stored and what
 * is marked in an answer are the same words: any case, with or without accents and vowel points; an emoji, and a sign of a
 * script that writes no spaces, is a word by itself.
 */
const WORD =
  /[\p{Extended_Pictographic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}])+/gu;
const LONGEST_WORD = 64;
/** More than anybody types; the rest of a pasted page adds nothing to what is found. */
const MOST_WORDS_ASKED = 12;

export interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

export function wordsIn(text: string): readonly Word[] {
  return Array.from(text.matchAll(WORD), (match) => ({
    folded: fold(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  })).filter(({ folded }) => folded !== "");
}

/** Case, accents, vowel points; the forms of Arabic letters that are typed one for another. */
function fold(word: string): string {
  if (/^[a-z0-9]+$/.test(word)) return word.slice(0, LONGEST_WORD);
  const bare = word
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\p{M}\p{P}\p{Z}\p{C}\u0640]+/gu, "");
  return Array.from(bare.replaceAll("\u0649", "\u064a").replaceAll("\u0629", "\u0647")).slice(0, LONGEST_WORD).join("");
}

/** For the full-text table, which parts words at spaces. */
export function fed(...texts: readonly (string | null)[]): string {
  return texts.flatMap((text) => (text === null ? [] : wordsIn(text).map(({ folded }) => folded))).join(" ");
}

export interface Asked {
  /** Each is the beginning of a word. Without any, every exhibit matches: one letter alone is only the start of typing. */
  readonly words: readonly string[];
  /** Something was typed, and nothing in it is a word of any script. */
  readonly isVain: boolean;
}

export function askedOf(typed = ""): Asked {
  const words = askedWords(typed);
  return { words: words.filter((word) => !/^[a-z0-9]$/.test(word)), isVain: words.length === 0 && typed.trim() !== "" };
}

function askedWords(typed: string): readonly string[] {
  // The beginning of what was pasted is enough.
  return [...new Set(wordsIn(typed.slice(0, 2000)).map(({ folded }) => folded))].slice(0, MOST_WORDS_ASKED);
}

/** A full-text expression (https://sqlite.org/fts5.html §3) that every word of must be in a row; no word can hold its signs. */
export function matchOf(words: readonly string[], columns?: string): string {
  const all = words.map((word) => `"${word.replaceAll('"', "")}"*`).join(" ");
  return columns === undefined ? all : `{${columns}} : (${all})`;
}

/** A piece of a text; `found` where it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly found?: true;
}

const EXCERPT = 280;
const BEFORE = 60;

/** The text in pieces, those marked that begin with one of the words. */
export function marked(text: string, asked: readonly string[]): readonly Piece[] {
  if (asked.length === 0) return text === "" ? [] : [{ text }];
  const pieces: Piece[] = [];
  let at = 0;
  for (const { folded, start, end } of wordsIn(text)) {
    if (!asked.some((word) => folded.startsWith(word))) continue;
    if (start > at) pieces.push({ text: text.slice(at, start) });
    pieces.push({ text: text.slice(start, end), found: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

/** The part of a long text around the first word found, its beginning where none is. */
export function excerpt(text: string, asked: readonly string[]): readonly Piece[] {
  if (text.length <= EXCERPT) return marked(text, asked);
  const first =
    asked.length === 0 ? undefined : wordsIn(text).find(({ folded }) => asked.some((word) => folded.startsWith(word)));
  const from = Math.max(0, (first?.start ?? 0) - BEFORE);
  const part = text.slice(from, from + EXCERPT).toWellFormed();
  return marked(`${from > 0 ? "…" : ""}${part}${from + EXCERPT < text.length ? "…" : ""}`, asked);
}
