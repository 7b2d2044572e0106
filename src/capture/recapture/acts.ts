/**
 * The act `recaptured`: a link that was captured before is asked for once more. What came of it is sealed either way, as what
 * this record was shown: that a post is gone is sealed as "the server answered 410", never as "was deleted".
 */
import type { JsonObject } from "../../lib/json.ts";
import type { NotCaptured } from "../capture.ts";

export const RESULTS = ["unchanged", "edited", "page-changed", "gone", "not-reachable"] as const;
export type Result = (typeof RESULTS)[number];

/** The first capture of a link, to which all its recaptures refer. */
export interface FirstCapture {
  readonly id: string;
  /** RFC 6962 leaf hash of its ledger entry, lower-case hexadecimal: binds what an id's 80 bits do not. */
  readonly leaf: string;
  readonly position: number;
}

export function isResult(text: unknown): text is Result {
  return (RESULTS as readonly unknown[]).includes(text);
}

/** Whether there was a page to capture. */
export function wasSeen(result: Result): boolean {
  return result === "unchanged" || result === "edited" || result === "page-changed";
}

/** Of what was not captured: that it is said to be gone, or that we were not let see. */
export function resultOf({ cause, status }: Pick<NotCaptured, "cause" | "status">): "gone" | "not-reachable" {
  return cause === "gone" || (cause === "http_error" && (status === 404 || status === 410)) ? "gone" : "not-reachable";
}

/** What every recapture says, whatever came of it. `due`: the time it was planned for. */
export function referenceFields(first: FirstCapture, due: number | undefined): JsonObject {
  const { id, leaf, position } = first;
  return {
    recaptureOf: { id, leaf, position },
    ...(due === undefined ? {} : { dueAt: new Date(due).toISOString() }),
  };
}
