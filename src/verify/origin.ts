/** "origin": of what others made, that it is theirs. A reader must never take a file somebody sent for a capture. */
import type { Fields } from "./blob-checks.ts";
import { absent } from "./check.ts";
import type { Check } from "./verdict.ts";
import { shown } from "./wording.ts";

/** Nothing of a capture: what that is, the other checks say. */
export function checkOrigin({ act, receivedFrom }: Fields): readonly Check[] {
  if (act !== "received") return [];
  const who = typeof receivedFrom === "string" ? `from ${shown(receivedFrom)}` : "from somebody it does not name";
  const why = `No capture: the record received this file ${who}. What is in it is the word of whoever made it.`;
  return [absent("origin", why)];
}
