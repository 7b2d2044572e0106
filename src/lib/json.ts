import { PlacardError } from "./error.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export interface JsonLimits {
  /** Longest text taken, in UTF-16 code units. */
  readonly length: number;
  /** Deepest nesting of arrays and objects. */
  readonly depth: number;
}

const DEFAULT_LIMITS: JsonLimits = { length: 1 << 20, depth: 32 };

/**
 * Parses JSON from outside. Beyond `JSON.parse` it bounds length and depth (`too_large`) and refuses an object that
 * names a member twice (`malformed`): two readers could each believe another value (RFC 8259 §4).
 */
export function parseJson(text: string, what: string, limits: JsonLimits = DEFAULT_LIMITS): Json {
  if (text.length > limits.length) {
    throw new PlacardError("too_large", `The ${what} is longer than ${limits.length} characters.`);
  }
  scan(text, what, limits.depth);
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new PlacardError("malformed", `The ${what} is not valid JSON.`, { cause });
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One pass over the tokens, before `JSON.parse` builds anything: depth, and member names of each open object. */
function scan(text: string, what: string, maxDepth: number): void {
  const open: (Set<string> | undefined)[] = [];
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]]/gs;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const token = match[0];
    if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : undefined);
      if (open.length > maxDepth) {
        throw new PlacardError("too_large", `The ${what} is nested deeper than ${maxDepth} levels.`);
      }
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (isMemberName(text, tokens.lastIndex)) {
      refuseTwice(open.at(-1), token, what);
    }
  }
}

function isMemberName(text: string, after: number): boolean {
  let i = after;
  while (text[i] === " " || text[i] === "\t" || text[i] === "\n" || text[i] === "\r") i++;
  return text[i] === ":";
}

function refuseTwice(names: Set<string> | undefined, token: string, what: string): void {
  let name = token;
  try {
    name = JSON.parse(token) as string;
  } catch {
    return; // Not JSON at all; JSON.parse of the whole says so.
  }
  if (names?.has(name))
    throw new PlacardError("malformed", `The ${what} names ${token.slice(0, 80)} twice in one object.`);
  names?.add(name);
}
