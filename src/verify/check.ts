/** One check, and what looking for it found. An error of ours becomes a check that fails, with its reason. */
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { type Told, textOf, toldBeside, type Within } from "../lib/told.ts";
import { say } from "./said.ts";
import type { Check } from "./verdict.ts";
import { shown } from "./wording.ts";

/** What a look found: always a check, and where it did not fail, a value to go on with. */
export interface Looked<T> {
  readonly check: Check;
  readonly value?: T;
}

type Sentence = string | Told;

export const holds = (name: string, why: Sentence): Check => saidOf(name, "holds", why);
export const absent = (name: string, why: Sentence): Check => saidOf(name, "absent", why);
export const withheld = (name: string, why: Sentence): Check => saidOf(name, "withheld", why);

function saidOf(name: string, state: Check["state"], why: Sentence): Check {
  return { name, state, why: textOf(why), ...toldBeside(why) };
}

/** A check that could not be made because one before it failed. */
export const notLooked = (name: string, because: string | Within): Check =>
  absent(name, say("not_looked", { because }));

/** Reasons from parsers may quote what they read, so they are made safe to show. */
export function fails(name: string, error: PlacardError): Check {
  return { name, state: "fails", why: shown(error.message, 400), code: error.code, ...toldBeside(error.told) };
}

/**
 * Runs `work`: what it returns is the check that holds (or another state), what it throws the one that fails. That the
 * file cannot be read at all (`storage`), and that somebody stopped it (`cancelled`), is nothing the file is to blame
 * for, and is thrown on.
 */
export async function look<T>(name: string, work: () => Looked<T> | Promise<Looked<T>>): Promise<Looked<T>> {
  try {
    return await work();
  } catch (error) {
    if (!isPlacardError(error) || error.code === "storage" || error.code === "cancelled") throw error;
    return { check: fails(name, error) };
  }
}

export function mismatch(why: Sentence): PlacardError {
  return new PlacardError("mismatch", why);
}

export function malformed(why: string): PlacardError {
  return new PlacardError("malformed", why);
}
