/** Values of a playlist's tags (RFC 8216 §4.2, §4.3.2.2). */
import { PlacardError } from "../../lib/error.ts";
import type { Span } from "./pieces.ts";

const MOST_ATTRIBUTES = 50;

/** Values without their quotation marks. Throws `malformed`. */
export function attributesOf(list: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const attribute = /([A-Z0-9-]{1,100})=(?:"([^"]*)"|([^",]*))(?:, *|$)/y;
  while (attribute.lastIndex < list.length) {
    const match = attribute.exec(list);
    if (match === null || found.has(match[1] ?? "") || found.size >= MOST_ATTRIBUTES) {
      throw new PlacardError("malformed", "The list of its parts cannot be read: it has attributes that are none.");
    }
    found.set(match[1] ?? "", match[2] ?? match[3] ?? "");
  }
  return found;
}

/** "n@o", or "n" where `behind` says where it begins. Throws `malformed`. */
export function spanOf(value: string, behind: number | undefined): Span {
  const match = /^(\d{1,15})(?:@(\d{1,15}))?$/.exec(value);
  const from = match?.[2] === undefined ? behind : Number(match[2]);
  const length = Number(match?.[1] ?? 0);
  if (match === null || from === undefined || length === 0 || !Number.isSafeInteger(from + length)) {
    throw new PlacardError("malformed", "The list of its parts cannot be read: it has a range that is none.");
  }
  return { from, to: from + length };
}
