/**
 * "origin": of what is no capture, or may be none, that it is so. A reader must never take a file somebody sent, or an act of
 * another kind that has a capture's fields, for a capture.
 */
import { type Fields, saysNothingSeen } from "./blob-checks.ts";
import { absent } from "./check.ts";
import type { Check } from "./verdict.ts";
import { shown } from "./wording.ts";

const SEEN: readonly unknown[] = ["unchanged", "edited", "page-changed"];
const NOTHING_SEEN =
  "No capture: the record says what it was shown in the place of a post it had captured before. Others may have been shown another thing.";

/** Nothing of a capture: what that is, the other checks say. */
export function checkOrigin(fields: Fields): readonly Check[] {
  const { act, receivedFrom } = fields;
  if (act === "captured") return [];
  if (act === "recaptured") return ofRecapture(fields);
  if (act === undefined) {
    const why =
      "The file does not show what kind of act this is: it need not be a capture; it may be what somebody sent in.";
    return [absent("origin", why)];
  }
  if (act !== "received") {
    const what = typeof act === "string" ? shown(act) : "of no name";
    return [absent("origin", `No capture, but an act “${what}”, of which this program knows no more than its fields.`)];
  }
  const who = typeof receivedFrom === "string" ? `from ${shown(receivedFrom)}` : "from somebody it does not name";
  const why = `No capture: the record received this file ${who}. What is in it is the word of whoever made it.`;
  return [absent("origin", why)];
}

function ofRecapture(fields: Fields): readonly Check[] {
  if (saysNothingSeen(fields)) return [absent("origin", NOTHING_SEEN)];
  if (SEEN.includes(fields["result"])) return [];
  return [absent("origin", "The file does not show what this recapture came to: it need not be a capture.")];
}
