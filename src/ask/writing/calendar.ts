/** An entry for a calendar (RFC 5545): a forum, or the day by which a reply is asked for. Times are in UTC, which every calendar turns into its own. */
import { momentIn } from "../days.ts";

export interface CalendarEntry {
  /** The same for the same thing, so that a later one takes its place. */
  readonly uid: string;
  readonly title: string;
  readonly place?: string;
  readonly notes?: string;
  /** A whole day, or a time of it for so many minutes. */
  readonly on: string;
  readonly at?: { readonly clock: string; readonly timeZone: string; readonly minutes: number };
}

export function calendarFile(entry: CalendarEntry, now: number): string {
  const { uid, title, place, notes, on, at } = entry;
  const starts = at === undefined ? undefined : momentIn(at.timeZone, on, at.clock);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Placard//Questions//EN",
    "BEGIN:VEVENT",
    `UID:${text(uid)}`,
    `DTSTAMP:${utc(now)}`,
    ...(starts === undefined || at === undefined
      ? [`DTSTART;VALUE=DATE:${on.replaceAll("-", "")}`, "TRANSP:TRANSPARENT"]
      : [`DTSTART:${utc(starts)}`, `DTEND:${utc(starts + at.minutes * 60_000)}`]),
    `SUMMARY:${text(title)}`,
    ...(place === undefined ? [] : [`LOCATION:${text(place)}`]),
    ...(notes === undefined ? [] : [`DESCRIPTION:${text(notes)}`]),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

const text = (value: string): string => value.replace(/[\\;,]/g, "\\$&").replace(/\r\n?|\n/g, "\\n");

/** At most 75 octets a line, and no character cut in two. */
function fold(line: string): string {
  const parts = [""];
  let octets = 0;
  for (const character of line) {
    const more = Buffer.byteLength(character);
    if (octets + more > 75) {
      parts.push("");
      octets = 1;
    }
    parts.push((parts.pop() ?? "") + character);
    octets += more;
  }
  return parts.join("\r\n ");
}
