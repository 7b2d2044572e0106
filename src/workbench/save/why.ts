/** Why a link was not captured, in the reader's language where there are words for it. */
import { type Reader, type Said, saidIn } from "../words/said.ts";
import type { SavedLink } from "./queries.ts";

export function whyNot({ reason = "", told }: SavedLink, reader: Reader): Said {
  return saidIn(reader, reason, told);
}
