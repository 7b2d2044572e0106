/** Whether two sources say the same. What differs only in how it is written is no conflict; anything else is. */
import { isSamePage } from "../page/same-page.ts";
import { decodeEntities } from "./plain-text.ts";
import type { Fact, FactName } from "./post-facts.ts";

/** Previews cut a text at about this length, some without an ellipsis. */
const SHORTENED = 100;

type Comparison = (a: string, b: string) => boolean;

/**
 * Facts that are not in this table are not compared: a page's title is made differently for each purpose, and each
 * source names some of the media.
 */
const COMPARISONS: Readonly<Partial<Record<FactName, Comparison>>> = {
  author: sameWords,
  handle: sameHandle,
  postText: sameWords,
  postedAt: sameMoment,
  editedAt: sameMoment,
  replyTo: isSamePage,
  platform: sameWords,
};
const COUNTS: ReadonlySet<FactName> = new Set(["likes", "reposts", "replies", "views", "edited"]);

export interface Stated {
  readonly value: Fact;
  /** Whether the source shortens texts without saying so. */
  readonly shortens: boolean;
}

export function agree(name: FactName, a: Stated, b: Stated): boolean {
  if (COUNTS.has(name)) return a.value === b.value;
  const compare = COMPARISONS[name];
  if (compare === undefined || typeof a.value !== "string" || typeof b.value !== "string") return true;
  if (compare(a.value, b.value)) return true;
  return compare === sameWords && (isBeginning(a, b.value) || isBeginning(b, a.value));
}

/** Whether a time says in which zone it is: without one it may be off by a day. */
export function statesZone(time: string): boolean {
  return partsOf(time)?.zone !== undefined;
}

/** What a clock without a zone, or a day without a clock, may be off by: zones span 26 hours. */
const UNTOLD = 51 * 3_600_000;

/** Whether a moment surely is after another, whatever is not said of their zones. */
export function isLater(a: string, b: string): boolean {
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left === undefined || right === undefined) return false;
  const isExact = left.zone !== undefined && right.zone !== undefined;
  return momentOf(left) - momentOf(right) > (isExact ? 0 : UNTOLD);
}

/** Milliseconds since 1970; UTC where no zone is said. NaN where there is no such time. */
function momentOf({ day, clock, zone = "Z" }: TimeParts): number {
  return Date.parse(`${day}T${clock || "00:00"}${withMinutes(zone)}`);
}

function plain(text: string): string {
  return decodeEntities(text).normalize("NFC").replace(/\s+/g, " ").trim();
}

function sameWords(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function isBeginning({ value, shortens }: Stated, whole: string): boolean {
  const text = plain(String(value));
  const start = text.replace(/(?:…|\.\.\.)$/, "").trimEnd();
  const isCut = start !== text || (shortens && start.length >= SHORTENED);
  return isCut && start !== "" && plain(whole).startsWith(start);
}

/** With or without `@`; where only one names the server, that one may name any. */
function sameHandle(a: string, b: string): boolean {
  const [left = "", right = ""] = [a, b].map((handle) => plain(handle).toLowerCase().replace(/^@/, ""));
  const [shorter, longer] = left.length < right.length ? [left, right] : [right, left];
  return left === right || (shorter !== "" && !shorter.includes("@") && longer.startsWith(`${shorter}@`));
}

interface TimeParts {
  readonly day: string;
  /** `21:07`, `21:07:00`, or nothing. */
  readonly clock: string;
  /** As written; undefined where there is none. */
  readonly zone: string | undefined;
}

/** ISO 8601 in its extended form, as RFC 3339 and HTML write it. */
function partsOf(time: string): TimeParts | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d{1,9})?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/.exec(
    time.trim(),
  );
  if (match === null) return undefined;
  const [, day = "", clock = "", zone] = match;
  return { day, clock, zone };
}

/** To the minute or day where one of the two says no more. A time without a zone is compared by what the clock shows. */
function sameMoment(a: string, b: string): boolean {
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left === undefined || right === undefined) return plain(a) === plain(b);
  const digits = Math.min(left.clock.length, right.clock.length);
  const shown = (parts: TimeParts): string => `${parts.day} ${parts.clock.slice(0, digits)}`;
  if (shown(left) === shown(right) && (left.zone === undefined || right.zone === undefined)) return true;
  if (digits === 0) return [left, right].some((parts) => utc(parts, 0) === shown(parts === left ? right : left));
  const [first, second] = [utc(left, digits), utc(right, digits)];
  return first !== undefined && first === second;
}

/** The moment in UTC, written to `digits` of its clock; undefined without a zone. */
function utc({ day, clock, zone }: TimeParts, digits: number): string | undefined {
  if (zone === undefined) return undefined;
  const moment = new Date(`${day}T${clock}${withMinutes(zone)}`);
  if (Number.isNaN(moment.getTime())) return undefined;
  const [date = "", time = ""] = moment.toISOString().split("T");
  return `${date} ${time.slice(0, digits)}`;
}

/** A zone as RFC 3339 writes it. */
function withMinutes(zone: string): string {
  return /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2").toUpperCase();
}
