/** Calendar days as they are where somebody lives. Days are compared and never hours, so that no change of the clocks matters. */
import { PlacardError } from "../lib/error.ts";
import { say } from "./said.ts";

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const DAY_MS = 86_400_000;

/** Whether it is a day of the calendar, as `2026-05-15`. */
export function isDay(text: string): boolean {
  return DAY.test(text) && startOf(text) !== undefined && isoOf(startOf(text) as number) === text;
}

function startOf(day: string): number | undefined {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

const isoOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Whether it names a zone of the IANA's, as `Europe/London`. An offset is none: it knows no summer. */
export function isTimeZone(zone: string): boolean {
  return /^[A-Za-z][\w+/-]{0,63}$/.test(zone) && formatFor(zone) !== undefined;
}

/** To make one takes longer than all else here; there are no more than there are zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  try {
    const format = new Intl.DateTimeFormat("en", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    formats.set(zone, format);
    return format;
  } catch {
    return undefined;
  }
}

/** Which day it is in a time zone at a moment (milliseconds since 1970). Throws `usage` where there is no such zone. */
export function dayIn(zone: string, at: number): string {
  const parts = isTimeZone(zone) ? formatFor(zone)?.formatToParts(at) : undefined;
  if (parts === undefined) throw new PlacardError("usage", say("no_such_zone", { zone }));
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

/** How many days after `from` the day `to` is. */
export function daysFrom(from: string, to: string): number {
  return Math.round(((startOf(to) ?? Number.NaN) - (startOf(from) ?? Number.NaN)) / DAY_MS);
}

/** The day that is so many days later. */
export function dayAfter(day: string, days: number): string {
  return isoOf((startOf(day) ?? Number.NaN) + days * DAY_MS);
}

/** `15 May 2026`; in letters with its weekday, so that a slip in either is seen. */
export function dayInWords(day: string, options: { readonly tag?: string; readonly weekday?: boolean } = {}): string {
  const { tag = "en-GB", weekday = false } = options;
  const date = new Date(`${day}T00:00:00Z`);
  const words = new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "UTC" }).format(date);
  if (!weekday) return words;
  return `${new Intl.DateTimeFormat(tag, { weekday: "long", timeZone: "UTC" }).format(date)}${tag.startsWith("he") ? "," : ""} ${words}`;
}

/**
 * When a clock there shows `19:30` on a day, in milliseconds since 1970. Of a time that comes twice when clocks go back, the first; one that is left
 * out when they go forward is as much later.
 */
export function momentIn(zone: string, day: string, clock: string): number {
  const asIfUtc = Date.parse(`${day}T${clock}:00Z`);
  // Offsets go from -12 to +14 hours; the day before and after have whatever holds there then.
  const offsets = [asIfUtc - DAY_MS, asIfUtc + DAY_MS].map((at) => offsetAt(zone, at));
  const [before = 0, after = 0] = offsets;
  const first = asIfUtc - before;
  return offsetAt(zone, first) === before ? first : offsetAt(zone, asIfUtc - after) === after ? asIfUtc - after : first;
}

function offsetAt(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local - Math.floor(at / 1000) * 1000;
}

/** `British Summer Time`: what the clocks there are called on a day. */
export function zoneInWords(zone: string, day: string, tag: string): string {
  const noon = momentIn(zone, day, "12:00");
  const parts = new Intl.DateTimeFormat(tag, { timeZone: zone, timeZoneName: "long" }).formatToParts(noon);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? zone;
}
