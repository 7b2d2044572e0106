import { type Json, parseJson } from "../../lib/json.ts";

const LIMITS = { length: 300_000, depth: 24 };

/** One value, or none: a page's broken metadata says nothing, and its bytes are in the archive. */
export function parsedOrNothing(script: string): readonly Json[] {
  try {
    return [parseJson(script, "metadata", LIMITS)];
  } catch {
    return [];
  }
}
