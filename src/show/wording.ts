/** The sentences on a placard, in one place so that they can be translated. */
import type { PlacardContent } from "./content.ts";

const MONTHS = "January February March April May June July August September October November December".split(" ");

interface PlainTime {
  readonly day: string;
  readonly clock: string;
}

/** An RFC 3339 time as people write it, in its own zone, which is named. Undefined for anything else. */
function plainTime(text: string): PlainTime | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, zone = ""] = match;
  const name = MONTHS[Number(month) - 1];
  if (name === undefined) return undefined;
  const utc = /^(?:[Zz]|[+-]00:00)$/.test(zone);
  return {
    day: `${Number(day)} ${name} ${year}`,
    clock: `${hour}:${minute} ${utc ? "UTC" : `(UTC${zone.replace("-", "\u2212")})`}`,
  };
}

export function writtenTime(text: string): string {
  const time = plainTime(text);
  return time === undefined ? text : `${time.day}, ${time.clock}`;
}

/** The same, shorter where it is on the day of `other`. */
function timeBeside(text: string, other: string): string {
  const time = plainTime(text);
  return time !== undefined && time.day === plainTime(other)?.day ? `${time.clock} that day` : writtenTime(text);
}

/**
 * A time before which something was seen. Seconds are not printed, and are rounded up: cut off, the print would say more
 * than the witness did.
 */
function boundBeside(text: string, other: string): string {
  const time = plainTime(text) === undefined ? Number.NaN : Date.parse(text);
  return timeBeside(Number.isNaN(time) ? text : new Date(Math.ceil(time / 60_000) * 60_000).toISOString(), other);
}

export function legend(bars: number, shortened: boolean): string {
  const said = shortened ? "Posted in public, shortened here" : "Posted in public, word for word";
  if (bars === 0) return said;
  return `${said}; the ${bars === 1 ? "bar is" : "bars are"} ours`;
}

/** What stands under the quotation after "Posted by … on …, …". */
export function sincePosted(content: PlacardContent): string {
  const { postedAt, recordedAt, witnessed } = content;
  const recorded = `recorded ${postedAt === undefined ? writtenTime(recordedAt) : timeBeside(recordedAt, postedAt)}`;
  if (witnessed === undefined) return recorded;
  return `${recorded}\u00a0· witnessed before ${boundBeside(witnessed.before, recordedAt)}`;
}

export function recordedSentence(content: PlacardContent): string {
  return `${writtenTime(content.recordedAt)}, and sealed.`;
}

export function witnessedSentence(content: PlacardContent): string {
  const { witnessed, recordedAt } = content;
  if (witnessed === undefined || witnessed.names.length === 0) return "not yet; the seal is this group\u2019s own.";
  const { names, before } = witnessed;
  const who = names.length > 2 ? `${names.length} others` : names.join(" and ");
  return `by ${who} before ${boundBeside(before, recordedAt)}.`;
}

export const WORDS = {
  posted: "Posted",
  by: "by",
  on: "on",
  recorded: "Recorded",
  witnessed: "Witnessed",
  assessed: "Assessed",
  masked: "masked",
  scan: "Scan it, or read these six words out to us:",
  page: "The page, as recorded",
  topOfPage: "The top of the page, as recorded",
  code: "QR code: where this can be checked",
  number: (n: number, of: number): string => `Placard ${n} of ${of}`,
} as const;
