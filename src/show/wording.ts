/** The sentences on a placard, in one place so that they can be translated. */
import { zonedTime } from "../verify/wording.ts";
import type { PlacardContent } from "./content.ts";

/** An RFC 3339 time as people write it, day and clock each on one line; anything else as it stands. */
export function writtenTime(text: string): string {
  const time = zonedTime(text);
  return time === undefined ? text : `${unbroken(time.day)}, ${unbroken(time.clock)}`;
}

function unbroken(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}

/** The same, shorter where it is on the day of `other`. */
function timeBeside(text: string, other: string): string {
  const time = zonedTime(text);
  if (time === undefined || time.day !== zonedTime(other)?.day) return writtenTime(text);
  return `${unbroken(time.clock)} that day`;
}

/**
 * A time before which something was seen. Seconds are not printed, and are rounded up: cut off, the print would say more
 * than the witness did.
 */
function boundBeside(text: string, other: string): string {
  const time = zonedTime(text) === undefined ? Number.NaN : Date.parse(text);
  return timeBeside(Number.isNaN(time) ? text : new Date(Math.ceil(time / 60_000) * 60_000).toISOString(), other);
}

export function legend(bars: number, whole: "whole" | "preview" | "shortened"): string {
  const said = {
    whole: "Posted in public, word for word",
    preview: "Posted in public, as its preview has it",
    shortened: "Posted in public, shortened here",
  }[whole];
  if (bars === 0) return said;
  return `${said}; the ${bars === 1 ? "bar is" : "bars are"} ours`;
}

/** What stands under the quotation after "Posted by … on …, …", each part on one line where it fits. */
export function sincePosted(content: PlacardContent): readonly string[] {
  const { postedAt, recordedAt, witnessed } = content;
  const recorded = `recorded ${postedAt === undefined ? writtenTime(recordedAt) : timeBeside(recordedAt, postedAt)}`;
  if (witnessed === undefined) return [recorded];
  return [recorded, `witnessed before ${boundBeside(witnessed.before, recordedAt)}`];
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
  sample: "Sample",
  sampleLegend: "Invented: nobody posted this",
  sampleNote: "Sample, no evidence",
  scan: "Scan it, or read these six words out to us:",
  ask: "Ask us for the proof by these six words:",
  page: "The page, as recorded",
  post: "The post, as recorded",
  topOfPost: "The top of the post, as recorded",
  topOfPage: "The top of the page, as recorded",
  code: "QR code: where this can be checked",
  codeOfId: "QR code: the exhibit's id",
  number: (n: number, of: number): string => `Placard ${n} of ${of}`,
} as const;
