/** Why a page was not captured, by the cause that is kept with it: of what was kept before sentences had codes, that is all there is. */
import type { Within } from "../lib/told.ts";
import { SAID } from "./said.ts";

/** The sentence as it was kept, and the code of what its cause means. Undefined for a cause that is none of ours. */
export function causeSaid(cause: string, reason: string): Within | undefined {
  const code = `cause_${cause}`;
  return Object.hasOwn(SAID, code) ? { text: reason, code } : undefined;
}
