/** Collects checks in the order in which a reader sees them; an error of ours becomes a failed check with its reason. */
import { isPlacardError } from "../lib/error.ts";
import type { Check } from "./verdict.ts";

/** Order of the checks that are always there; those of blobs follow. */
const ORDER = ["file", "act", "signature", "disclosures", "ledger", "checkpoint", "trust", "witnesses", "timestamps"];

export interface CheckList {
  hold(name: string, why: string): void;
  fail(name: string, why: string): void;
  absent(name: string, why: string): void;
  add(check: Check): void;
  /** Runs `work`; where it throws, the check fails with the reason and undefined is returned. Says nothing where it does not. */
  try<T>(name: string, work: () => T): T | undefined;
  /** As `try`, and the check holds where it does not throw. */
  look<T>(name: string, work: () => { readonly value: T; readonly why: string }): T | undefined;
  failed(): boolean;
  all(): readonly Check[];
}

export function collectChecks(): CheckList {
  const checks: Check[] = [];
  const add = (check: Check): void => void checks.push(check);
  const attempt = <T>(name: string, work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!isPlacardError(error)) throw error;
      add({ name, state: "fails", why: error.message });
      return undefined;
    }
  };
  return {
    add,
    hold: (name, why) => add({ name, state: "holds", why }),
    fail: (name, why) => add({ name, state: "fails", why }),
    absent: (name, why) => add({ name, state: "absent", why }),
    try: attempt,
    look: (name, work) => {
      const found = attempt(name, work);
      if (found === undefined) return undefined;
      add({ name, state: "holds", why: found.why });
      return found.value;
    },
    failed: () => checks.some((check) => check.state === "fails"),
    all: () => checks.toSorted((a, b) => place(a.name) - place(b.name)),
  };
}

function place(name: string): number {
  const known = ORDER.indexOf(name);
  return known < 0 ? ORDER.length : known;
}
