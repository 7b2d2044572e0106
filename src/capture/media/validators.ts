/** What answers say of the version that they are of (RFC 9110 §8.8): only a strong word says that all bytes are of one. */

/** Gives a field's value; undefined where there is none. */
export type Field = (name: "etag" | "last-modified" | "date") => string | undefined;

/** An opaque tag that is not weak. */
const STRONG_TAG = /^"[\x21\x23-\x7e\x80-\xff]*"$/;
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
/** Milliseconds by which an answer must be younger than what it gives, so that it can have changed no more in that second, whatever clocks do (§8.8.2.2). */
const LONG_SINCE = 60_000;

/** All that it says, by name: answers that say different things are of different versions. */
export function marksOf(field: Field): readonly (readonly [name: string, value: string])[] {
  return (["etag", "last-modified"] as const).flatMap((name) => {
    const value = field(name)?.trim();
    return value === undefined || value === "" ? [] : [[name, value] as const];
  });
}

/** Of that, what is strong. Who gives a weak tag says that bytes may differ, and is believed, whatever else is said. */
export function strongMarksOf(field: Field): readonly string[] {
  const tag = field("etag")?.trim();
  if (tag !== undefined && tag !== "" && !STRONG_TAG.test(tag)) return [];
  const modified = field("last-modified")?.trim();
  const told = tag === undefined || tag === "" ? [] : [`etag ${tag}`];
  return isLongSince(modified, field("date")?.trim()) ? [...told, `last-modified ${modified}`] : told;
}

function isLongSince(modified: string | undefined, date: string | undefined): boolean {
  if (!HTTP_DATE.test(modified ?? "") || !HTTP_DATE.test(date ?? "")) return false;
  return Date.parse(date ?? "") - Date.parse(modified ?? "") >= LONG_SINCE;
}
