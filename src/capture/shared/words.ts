/** Whether a short name is a word of its own where it is found, or part of another one. */

/** Of a name that must stand alone: the scripts at its two ends; `undefined` where nothing can go on from there. */
export interface Ends {
  readonly first: Script | undefined;
  readonly last: Script | undefined;
}

/** "any": a mark that goes with every script. Digits count as Latin: handles are made of both. */
type Script = "any" | "other" | (typeof SCRIPTS)[number][0];

/** Bytes before a name that are looked at: an escape, or what Hebrew and Arabic write on to a name, with its points. */
export const LOOK_BEHIND = 48;
/** Bytes after it: one character, or a keycap (a digit, U+FE0F, U+20E3). */
const LOOK_AHEAD = 7;
const KEYCAP = /^.\ufe0f?\u20e3/u;

const SCRIPTS = [
  ["Latin", /[\p{Script=Latin}\p{Nd}]/u],
  ["Greek", /\p{Script=Greek}/u],
  ["Cyrillic", /\p{Script=Cyrillic}/u],
  ["Hebrew", /\p{Script=Hebrew}/u],
  ["Arabic", /\p{Script=Arabic}/u],
  ["any", /\p{Script=Inherited}/u],
] as const;
const IN_WORD = /[\p{L}\p{M}\p{Nd}]/u;
/** Letters by their class that are signs (U+02BC for an apostrophe), and marks that make an emoji or a keycap. */
const NO_LETTER = /[[\p{Script=Common}&&\p{L}]\p{Variation_Selector}\p{Me}]/v;
/** No space parts their words, or more is written on to a name (Korean): what stands beside one tells nothing. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Bopo}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}\p{sc=Yiii}\p{sc=Java}\p{sc=Bali}\p{sc=Talu}\p{sc=Tale}\p{sc=Lana}\p{sc=Tavt}]/u;

/** "and", "the", "in", "to", "from", "that" …: written on to a name, several at once, with or without points. */
const WRITTEN_ON: Partial<Record<Script, RegExp>> = {
  Hebrew: /(?<![\p{L}&&\p{Script=Hebrew}]\p{M}*)(?:[והבלמשכ]\p{M}*){1,5}$/v,
  Arabic: /(?<![\p{L}&&\p{Script=Arabic}]\p{M}*)(?:[وفبلكسأ]\p{M}*){0,4}(?:ا\p{M}*ل\p{M}*)?$/v,
};
/** An escape before a word ("%20", "\n", "\u0020") ends in a letter or digit, and is none. */
const ESCAPE = /(?:%(?:25){0,2}[0-9a-f]{2}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\[bfnrtv0])$/i;
const LONGEST_ESCAPE = 7;

/** How a short name must stand to be found; `undefined`: in any way. */
export function endsOf(name: string): Ends | undefined {
  const ends = { first: scriptOf(firstOf(name)), last: scriptOf(lastOf(name)) };
  return ends.first === undefined && ends.last === undefined ? undefined : ends;
}

/** Whether no word goes on across either end of what stands from `from` to `to`. What is no UTF-8 there is no letter. */
export function standsAlone(ends: Ends, bytes: Uint8Array, from: number, to: number): boolean {
  return !goesOn(ends.last, bytes, to) && !beganBefore(ends.first, bytes, from);
}

function goesOn(last: Script | undefined, bytes: Uint8Array, to: number): boolean {
  const next = bytes[to];
  if (last === undefined || isPlainSign(next)) return false;
  if (last === "Latin" && isPlainLetter(next)) return true;
  const after = textOf(bytes, to, to + LOOK_AHEAD);
  return isOneWord(last, firstOf(after)) && !KEYCAP.test(after);
}

function beganBefore(first: Script | undefined, bytes: Uint8Array, from: number): boolean {
  if (first === undefined || isPlainSign(bytes[from - 1])) return false;
  const before = textOf(bytes, Math.max(0, from - LOOK_BEHIND), from);
  if (!isOneWord(first, lastOf(before)) || ESCAPE.test(before.slice(-LONGEST_ESCAPE))) return false;
  return WRITTEN_ON[first]?.test(before) !== true;
}

/** Most neighbours are of one byte, and need no closer look. */
function isPlainSign(byte: number | undefined): boolean {
  return byte === undefined || (byte < 0x80 && !isPlainLetter(byte) && !(byte >= 48 && byte <= 57));
}

function isPlainLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90));
}

/** Two scripts beside each other are two words ("לAnna", "Anna는"). */
function isOneWord(end: Script | undefined, beside: string | undefined): boolean {
  const script = scriptOf(beside);
  if (end === undefined || script === undefined) return false;
  return end === script || end === "any" || script === "any";
}

function scriptOf(character: string | undefined): Script | undefined {
  if (character === undefined || !IN_WORD.test(character)) return undefined;
  if (NO_LETTER.test(character) || UNSPACED.test(character)) return undefined;
  return SCRIPTS.find(([, letters]) => letters.test(character))?.[0] ?? "other";
}

const firstOf = (text: string): string | undefined => /^./su.exec(text)?.[0];
const lastOf = (text: string): string | undefined => /.$/su.exec(text.slice(-2))?.[0];

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString("utf8");
}
