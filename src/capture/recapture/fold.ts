/** What follows from an exhibit's recaptures: whether it still stands there, since when not, and when it was last seen. */
import { type Result, wasSeen } from "./acts.ts";

export interface Look {
  readonly result: Result;
  /** When it was sealed; RFC 3339. */
  readonly at: string;
}

export interface Standing {
  /** How many recaptures there are. */
  readonly recaptures: number;
  /**
   * What the last recapture found that found anything; `not-reachable` where none did, null where there is none. It is about
   * what this record was shown, compared with the first capture.
   */
  readonly standing: Result | null;
  /** When that was found first without anything else found since. */
  readonly standingSince: string | null;
  /** When the page was last captured: the first capture, or a later one. */
  readonly lastSeenAt: string | null;
  /** When it was last looked for, in vain too. */
  readonly checkedAt: string | null;
}

export const NO_STANDING: Standing = {
  recaptures: 0,
  standing: null,
  standingSince: null,
  lastSeenAt: null,
  checkedAt: null,
};

/** `looks` in the order of the ledger. */
export function standingOf(capturedAt: string, looks: readonly Look[]): Standing {
  if (looks.length === 0) return NO_STANDING;
  const told = looks.filter(({ result }) => result !== "not-reachable");
  const last = told.at(-1) ?? looks.at(-1);
  const others = told.findLastIndex(({ result }) => result !== last?.result);
  const since = told.length === 0 ? looks[0] : told[others + 1];
  return {
    recaptures: looks.length,
    standing: last?.result ?? null,
    standingSince: since?.at ?? null,
    lastSeenAt: looks.findLast(({ result }) => wasSeen(result))?.at ?? capturedAt,
    checkedAt: looks.at(-1)?.at ?? null,
  };
}
