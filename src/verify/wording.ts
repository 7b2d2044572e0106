/** How times, lists and names stand in a sentence: the same in every program and every language setting. */

import { isJsonObject } from "../lib/json.ts";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** A clock may be this far behind before a time is said not to have come yet, in milliseconds. */
const CLOCK_LEEWAY = 300_000;
const LONGEST_NAME = 255;

/** `15 March 2026, 08:20:03 UTC`. Parts of a second are rounded up: what came before it came before that too. */
export function timeInWords(milliseconds: number): string {
  const date = new Date(Math.ceil(milliseconds / 1000) * 1000);
  if (Number.isNaN(date.getTime())) return "a time past all calendars";
  const clock = date.toISOString().slice(-13, -5);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${clock} UTC`;
}

/** A moment in UTC (RFC 3339), as the second it lies in: unlike a bound, it is not rounded up. Anything else as it stands. */
export function momentInWords(text: string): string {
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text));
  return isMoment ? timeInWords(Math.floor(Date.parse(text) / 1000) * 1000) : text;
}

/**
 * An RFC 3339 time in the zone it was given in, which is named: `14 March 2026` and `21:07 (UTC+01:00)`. Seconds are left
 * out. Undefined for anything else.
 */
export function zonedTime(text: string): { readonly day: string; readonly clock: string } | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, clock, zone = ""] = match;
  const name = MONTHS[Number(month) - 1];
  if (name === undefined) return undefined;
  const isUtc = /^(?:[Zz]|[+-]00:00)$/.test(zone);
  return {
    day: `${Number(day)} ${name} ${year}`,
    clock: `${clock} ${isUtc ? "UTC" : `(UTC${zone.replace("-", "\u2212")})`}`,
  };
}

/** The day that a time names, in whatever zone, in the words of a language (BCP 47). Undefined for one that no calendar has. */
export function dayIn(tag: string, text: string): string | undefined {
  const named = text.slice(0, "2026-03-14".length);
  const key = `${tag} ${named}`;
  const known = DAYS.get(key);
  if (known !== undefined) return known;
  const said = dayAnew(tag, named);
  if (DAYS.size >= MOST_DAYS) DAYS.clear();
  if (said !== undefined) DAYS.set(key, said);
  return said;
}

/** Long lists name the same few days over and over. */
const DAYS = new Map<string, string>();
const MOST_DAYS = 2_000;

function dayAnew(tag: string, named: string): string | undefined {
  const date = new Date(named);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(named)) return undefined;
  return dayFormat(tag).format(date);
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Made once a language: making one takes longer than all it ever formats on a page. */
function dayFormat(tag: string): Intl.DateTimeFormat {
  const known = FORMATS.get(tag) ?? new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "UTC" });
  FORMATS.set(tag, known);
  return known;
}

/** A time as a file states it, to be said: in words, and as RFC 3339 for other languages. */
export interface StatedTime {
  /** Parts of a second are rounded up, as they are in words. */
  readonly at: string;
  readonly words: string;
  /** Whether this computer's clock has not reached it. */
  readonly isAhead: boolean;
}

export function statedTime(milliseconds: number, now: number): StatedTime {
  const words = timeInWords(milliseconds);
  const date = new Date(Math.ceil(milliseconds / 1000) * 1000);
  const at = Number.isNaN(date.getTime()) ? words : date.toISOString();
  return { at, words, isAhead: milliseconds > now + CLOCK_LEEWAY };
}

/** `1 byte`, `92,858 bytes`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${String(count).replace(/\B(?=(?:\d{3})+$)/g, ",")} ${count === 1 ? one : several}`;
}

/** Text from outside, fit to stand in a sentence: nothing in it can turn the sentence round or break its line. */
export function shown(text: string, longest = LONGEST_NAME): string {
  const safe = text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\ufffd");
  return safe.length > longest ? `${safe.slice(0, longest).toWellFormed()}…` : safe;
}

/** Joiners that emoji and Persian need, the flags that tags make, soft hyphens and line ends hide nothing. */
const HIDDEN =
  /(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0020}-\u{e007f}]|(?![\n\t\u00ad\u{e0020}-\u{e007f}]|\u200c|\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Text as it was sealed, with every character that cannot be seen, or turns others round, told by its number: what a reader
 * sees is what is there. For facts and addresses; a sentence of ours has `shown`.
 */
export function laidOpen(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `\u27e8U+${number}\u27e9`;
  });
}

const PRESSED: Readonly<Record<string, string>> = {
  "refused-consent": "refused consent to cookies or tracking",
  "opened-settings": "opened the settings for cookies or tracking",
  revealed: "showed what the page held back",
  "opened-more": "opened more of the text",
};
const MOST_PRESSED = 20;

export interface Pressed {
  readonly did: string;
  /** What stood on the button, fit to stand in a sentence. */
  readonly words: string;
}

/** What was pressed before a page was read, as the `steps` of its capture tell. */
export function stepsOf(steps: unknown): readonly Pressed[] {
  if (!Array.isArray(steps)) return [];
  return steps.slice(0, MOST_PRESSED).flatMap((step: unknown) => {
    if (!isJsonObject(step) || typeof step["did"] !== "string" || typeof step["words"] !== "string") return [];
    return [{ did: step["did"], words: shown(step["words"]) }];
  });
}

/** What the `steps` of a capture say: `refused consent to cookies or tracking (“Reject all”)`. Undefined where there are none. */
export function stepsInWords(steps: unknown): string | undefined {
  const told = stepsOf(steps).map(
    ({ did, words }) => `${Object.hasOwn(PRESSED, did) ? PRESSED[did] : shown(did)} (“${words}”)`,
  );
  return told.length === 0 ? undefined : told.join(", then ");
}

type Fields = Readonly<Record<string, unknown>>;

/** What an exhibit tells: where a fact is withheld and the form made for sharing is shown, that. */
export function toldFacts(fields: Fields): Fields {
  const { shared } = fields;
  return isJsonObject(shared) ? { ...shared, ...fields } : fields;
}

/** A full date and time in words, in the zone it names; anything else as it stands, since it is what was sealed. */
export function timeAsSealed(value: string): string {
  if (value.endsWith("Z")) return momentInWords(value);
  const zoned = zonedTime(value);
  return zoned === undefined ? value : `${zoned.day}, ${zoned.clock}`;
}

/** A value without JSON's marks: `address 127.0.0.1, port 8123`. */
export function plainly(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(plainly).join("; ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${plainly(inner)}`)
    .join(", ");
}
