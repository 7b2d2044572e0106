/** What is done with many exhibits at once. */
import { PlacardError } from "../lib/error.ts";
import { say } from "./said.ts";

/** Exhibits at once; who has more sends them in parts, and sees how far it is. */
export const MOST_AT_ONCE = 200;

/** Throws `usage`. */
export function refuseTooMany(ids: readonly string[]): void {
  if (ids.length > MOST_AT_ONCE) throw new PlacardError("usage", say("too_many_filed", { count: MOST_AT_ONCE }));
}
