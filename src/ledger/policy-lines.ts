/** A tlog-policy file as lines of items. */
import { fromUtf8, utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";

const LONGEST_POLICY = 1 << 20;
const [TAB, NEWLINE, SPACE, DELETE] = [0x09, 0x0a, 0x20, 0x7f];

export interface PolicyLine {
  /** From 1. */
  readonly number: number;
  /** The first item; `#placard` for our own comment lines. */
  readonly keyword: string;
  readonly items: readonly string[];
  malformed(why: string): PlacardError;
}

/**
 * The lines that mean something; comments and empty lines are left out. A last line without its newline is taken.
 * Throws `malformed` for an octet that no policy may hold (a carriage return is one), or `too_large`.
 */
export function policyLines(file: Uint8Array | string): readonly PolicyLine[] {
  if (file.length > LONGEST_POLICY) {
    throw new PlacardError("too_large", `The policy is longer than ${LONGEST_POLICY} bytes.`);
  }
  const octets = typeof file === "string" ? utf8(file) : file;
  const lines: PolicyLine[] = [];
  let start = 0;
  for (let number = 1; start < octets.length; number++) {
    const newline = octets.indexOf(NEWLINE, start);
    const end = newline < 0 ? octets.length : newline;
    const [keyword, ...items] = itemsOf(octets.subarray(start, end), number);
    if (keyword !== undefined && (keyword === "#placard" || !keyword.startsWith("#"))) {
      lines.push({ number, keyword, items, malformed: (why) => malformed(number, why) });
    }
    start = end + 1;
  }
  return lines;
}

/** Throws `malformed` unless there are `least` to `most` items after the keyword. */
export function requireCount(items: readonly string[], least: number, most: number, line: PolicyLine): void {
  if (items.length < least) throw line.malformed(`something is missing after "${line.keyword}"`);
  if (items.length > most) throw line.malformed(`there is too much after "${line.keyword}"`);
}

function itemsOf(line: Uint8Array, number: number): readonly string[] {
  const items: string[] = [];
  let start = 0;
  for (let at = 0; at <= line.length; at++) {
    const octet = line[at] ?? SPACE;
    if (octet === DELETE || (octet < SPACE && octet !== TAB)) {
      throw malformed(
        number,
        `octet ${octet} is not allowed${octet === 0x0d ? " (save the file with Unix line endings)" : ""}`,
      );
    }
    if (octet !== SPACE && octet !== TAB) continue;
    if (at > start) items.push(decode(line.subarray(start, at)));
    start = at + 1;
  }
  return items;
}

/**
 * Octets past ASCII are opaque. Where they are UTF-8 they become its characters; otherwise each becomes a lone
 * surrogate, which no UTF-8 does, so that two names are equal only where their octets are.
 */
function decode(item: Uint8Array): string {
  try {
    return fromUtf8(item);
  } catch {
    return Array.from(item, (octet) => String.fromCharCode(octet < 0x80 ? octet : 0xdc00 + octet)).join("");
  }
}

function malformed(number: number, why: string): PlacardError {
  return new PlacardError("malformed", `Line ${number} of the policy is not as it should be: ${why}.`);
}
