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

/**
 * One pass over the text, before `JSON.parse` builds anything: depth, and member names of each open object. By hand: a
 * pattern for strings is tried anew at each quotation mark of one that never ends, which takes hours for a megabyte.
 */
function scan(text: string, what: string, maxDepth: number): void {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{" || character === "[") {
      open.push(character === "{" ? new Set() : undefined);
      if (open.length > maxDepth) {
        throw new PlacardError("too_large", `The ${what} is nested deeper than ${maxDepth} levels.`);
      }
    } else if (character === "}" || character === "]") {
      open.pop();
    } else if (character === '"') {
      const after = endOfString(text, at);
      if (isMemberName(text, after)) refuseTwice(open.at(-1), text.slice(at, after), what);
      at = after - 1;
    }
  }
}

/** Just past the string that begins at `from`; where it never ends, just past the text. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '"') return at + 1;
    if (text[at] === "\\") at++;
  }
  return text.length;
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
