/** The sentences on a placard that are put together from what is known of a post. */
import { dayIn, zonedTime } from "../verify/wording.ts";
import type { PlacardContent } from "./content.ts";
import { type Fillable, html, type Markup } from "./markup.ts";
import { fill, type Speech } from "./words.ts";

/** What stands under a quotation, on paper and on a site. */
export type Posted = Pick<
  PlacardContent,
  "postedBy" | "platform" | "postedAt" | "zoneless" | "recordedAt" | "witnessed" | "masked"
>;

/** An RFC 3339 time as people write it, day and clock each on one line; anything else as it stands. */
export function writtenTime(text: string, speech: Speech): Markup {
  const time = zonedTime(text);
  if (time === undefined) return html`<bdi>${text}</bdi>`;
  return html`<bdi>${unbroken(dayIn(speech.tag, text) ?? time.day)}, ${clockOf(time)}</bdi>`;
}

/** Its zone's name is Latin in every language, and turns nothing round. */
function clockOf({ clock }: { readonly clock: string }): Markup {
  return html`<bdi dir="ltr">${unbroken(clock)}</bdi>`;
}

function unbroken(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}

/** The same, shorter where it is on the day of `other`. */
function timeBeside(text: string, other: string, speech: Speech): Fillable {
  const time = zonedTime(text);
  if (time === undefined || time.day !== zonedTime(other)?.day) return writtenTime(text, speech);
  return fill(speech.words.time.thatDay, { clock: clockOf(time) });
}

/**
 * A time before which something was seen. Seconds are not printed, and are rounded up: cut off, the print would say more
 * than the witness did.
 */
function boundBeside(text: string, other: string, speech: Speech): Fillable {
  const time = zonedTime(text) === undefined ? Number.NaN : Date.parse(text);
  const bound = Number.isNaN(time) ? text : new Date(Math.ceil(time / 60_000) * 60_000).toISOString();
  return timeBeside(bound, other, speech);
}

export function postedTime({ postedAt = "", zoneless }: Posted, speech: Speech): Fillable {
  if (zoneless !== true) return writtenTime(postedAt, speech);
  // As the page gave it: written out it would look like one that has a zone.
  return html`<bdi>${fill(speech.words.time.noZone, { time: postedAt })}</bdi>`;
}

export function legend(bars: number, whole: "whole" | "preview" | "shortened", { words }: Speech): Fillable {
  const { frame } = words;
  if (bars === 0) return frame[whole];
  return fill(bars === 1 ? frame.bar : frame.bars, { said: frame[whole] });
}

/** What stands under the quotation after "Posted by … on …, …", each part on one line where it fits. */
export function sincePosted(content: Posted, speech: Speech): readonly Fillable[] {
  const { postedAt, zoneless, recordedAt, witnessed } = content;
  const { since } = speech.words;
  const beside = zoneless === true ? "" : (postedAt ?? "");
  const recorded = fill(since.recorded, { time: timeBeside(recordedAt, beside, speech) });
  if (witnessed === undefined) return [recorded];
  return [recorded, fill(since.witnessed, { time: boundBeside(witnessed.before, recordedAt, speech) })];
}

export function recordedSentence({ recordedAt }: Pick<PlacardContent, "recordedAt">, speech: Speech): Fillable {
  return fill(speech.words.recorded.said, { time: writtenTime(recordedAt, speech) });
}

export function witnessedSentence({ witnessed, recordedAt }: Posted, speech: Speech): Fillable {
  const { words } = speech;
  if (witnessed === undefined || witnessed.names.length === 0) return words.witnessed.nobody;
  const { names, before } = witnessed;
  const who = names.length > 2 ? fill(words.witnessed.others, { count: names.length }) : listed(names, speech);
  return fill(words.witnessed.by, { who, time: boundBeside(before, recordedAt, speech) });
}

function listed(names: readonly string[], { tag }: Speech): Fillable {
  // A list leaves out who has no name.
  const named = names.map((name) => name || "\u2014");
  return new Intl.ListFormat(tag).formatToParts(named).map(({ type, value }) =>
    // The hyphen after a Hebrew "and" is one of the Latin script's: a maqaf stands there.
    type === "element" ? html`<bdi>${value}</bdi>` : value.replace("-", "\u05be"),
  );
}
