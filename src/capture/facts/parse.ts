import { type Json, parseJson } from "../../lib/json.ts";

const LONGEST = 300_000;
const DEEPEST = 24;

/** One value, or none: a page's broken metadata says nothing, and its bytes are in the archive. */
export function parsedOrNothing(script: string, length = LONGEST): readonly Json[] {
  try {
    return [parseJson(script, "metadata", { length, depth: DEEPEST })];
  } catch {
    return [];
  }
}
