/**
 * "origin": of what is no capture, or may be none, that it is so. A reader must never take a file somebody sent, or an act of
 * another kind that has a capture's fields, for a capture.
 */
import { type Fields, saysNothingSeen } from "./blob-checks.ts";
import { absent } from "./check.ts";
import { say } from "./said.ts";
import type { Check } from "./verdict.ts";
import { shown } from "./wording.ts";

const SEEN: readonly unknown[] = ["unchanged", "edited", "page-changed"];
const NOTHING_SEEN = say("origin_nothing_seen");

/** Nothing of a capture: what that is, the other checks say. */
export function checkOrigin(fields: Fields): readonly Check[] {
  const { act, receivedFrom } = fields;
  if (act === "captured") return [];
  if (act === "recaptured") return ofRecapture(fields);
  if (act === undefined) {
    const why = say("origin_unknown");
    return [absent("origin", why)];
  }
  if (act !== "received") {
    const what = typeof act === "string" ? shown(act) : "of no name";
    return [absent("origin", say("origin_other", { what }))];
  }
  const why =
    typeof receivedFrom === "string"
      ? say("origin_received_from", { from: shown(receivedFrom) })
      : say("origin_received");
  return [absent("origin", why)];
}

function ofRecapture(fields: Fields): readonly Check[] {
  if (saysNothingSeen(fields)) return [absent("origin", NOTHING_SEEN)];
  if (SEEN.includes(fields["result"])) return [];
  return [absent("origin", say("origin_recapture_unknown"))];
}
