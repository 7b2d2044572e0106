/**
 * What certificates and timestamps need of DER (X.690) beyond asn1js' parser, which is made to be forgiving: a value
 * that reaches out of the one around it, lengths in more bytes than they need and unknown ends all pass there, and
 * another reader would see other bytes or none.
 */
import { fromBER, GeneralizedTime, Integer, Sequence, UTCTime } from "asn1js";
import { copyOf } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";

const DEEPEST = 32;
const UNIVERSAL = 1;
const CONSTRUCTED = 0x20;
const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const NULL = 0x05;
/** Universal types that consist of others: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET. Strings are in one piece. */
const COMPOSITE = new Set([0x28, 0x2b, 0x30, 0x31]);

/** The SEQUENCE that is all of `der`. Throws `malformed` for what is not DER, `too_large` where it is nested too deep. */
export function wholeSequence(der: Uint8Array, what: string): Sequence {
  if (readValue(der, 0, der.length, 1) !== der.length) throw notDer(what);
  const { offset, result } = fromBER(copyOf(der).buffer);
  if (offset !== der.length || !(result instanceof Sequence)) throw notDer(what);
  return result;
}

/** Where the value at `at` ends; -1 where it is not DER or reaches past `end`. */
function readValue(der: Uint8Array, at: number, end: number, depth: number): number {
  if (depth > DEEPEST) throw new PlacardError("too_large", `It is nested deeper than ${DEEPEST} levels.`);
  const tag = der[at] ?? 0;
  const [start, length] = readLength(der, at + 1);
  const after = start + length;
  // Tags of more than one byte are in none of the formats read here.
  if (length < 0 || after > end || (tag & 0x1f) === 0x1f) return -1;
  if (tag < CONSTRUCTED && COMPOSITE.has(tag | CONSTRUCTED)) return -1;
  if ((tag & CONSTRUCTED) === 0) return isPlain(tag, der.subarray(start, after)) ? after : -1;
  if (tag < 0x40 && !COMPOSITE.has(tag)) return -1;
  let next = start;
  while (next >= 0 && next < after) next = readValue(der, next, after, depth + 1);
  return next === after ? after : -1;
}

/** Where the contents start, and their length; -1 unless it is definite and in as few bytes as can be (X.690 §10.1). */
function readLength(der: Uint8Array, at: number): readonly [start: number, length: number] {
  const first = der[at] ?? 0x80;
  if (first < 0x80) return [at + 1, first];
  const bytes = der.subarray(at + 1, at + 1 + (first & 0x7f));
  if (bytes.length !== (first & 0x7f) || bytes.length === 0 || bytes.length > 4 || bytes[0] === 0) return [at, -1];
  const length = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return length < 0x80 ? [at, -1] : [at + 1 + bytes.length, length];
}

/** Types of which one value can be written in several ways (X.690 §8.2, 8.3, 8.6, 8.8, 11.1, 11.2.1). */
function isPlain(tag: number, contents: Uint8Array): boolean {
  const [first = 0, second = 0] = contents;
  if (tag === NULL) return contents.length === 0;
  if (tag === BOOLEAN) return contents.length === 1 && (first === 0 || first === 0xff);
  if (tag === BIT_STRING) {
    const unused = contents.length > 1 ? 7 : 0;
    return contents.length > 0 && first <= unused && ((contents.at(-1) ?? 0) & (2 ** first - 1)) === 0;
  }
  if (tag !== INTEGER || contents.length < 2) return tag !== INTEGER || contents.length === 1;
  return !(first === 0 && second < 0x80) && !(first === 0xff && second >= 0x80);
}

/**
 * Milliseconds since 1970 of a UTCTime or GeneralizedTime; parts of a millisecond are rounded up. Throws `malformed`
 * unless it is in UTC and to the second, as RFC 5280 §4.1.2.5 and RFC 3161 §2.4.2 ask: parsers take a time without
 * "Z" as local, which is another moment on another reader's computer.
 */
export function readTime(value: unknown): number {
  const isLong = value instanceof GeneralizedTime;
  if (!isLong && !(value instanceof UTCTime)) throw malformed();
  const text = String.fromCharCode(...value.valueBlock.valueHexView);
  const found = /^(\d{12}|\d{14})(\.\d{0,8}[1-9])?Z$/.exec(text);
  const [, digits = "", fraction] = found ?? [];
  if (digits.length !== (isLong ? 14 : 12) || (fraction !== undefined && !isLong)) throw malformed();
  // Two digits are a year from 1950 to 2049.
  const full = isLong ? digits : (digits < "50" ? "20" : "19") + digits;
  const iso = full.replace(/^(....)(..)(..)(..)(..)(..)$/, "$1-$2-$3T$4:$5:$6.000Z");
  const time = Date.parse(iso);
  // Some readers let the 30th of February pass as a day in March.
  if (Number.isNaN(time) || new Date(time).toISOString() !== iso) throw malformed();
  return time + Math.ceil(Number(fraction ?? 0) * 1000);
}

/** Whether a value is an INTEGER: the parser makes one of ENUMERATED too. */
export function isInteger(value: unknown): value is Integer {
  return value instanceof Integer && value.idBlock.tagClass === UNIVERSAL && value.idBlock.tagNumber === INTEGER;
}

function notDer(what: string): PlacardError {
  return new PlacardError("malformed", `The ${what} is not whole, or not in DER.`);
}

function malformed(): PlacardError {
  return new PlacardError("malformed", "A time in it is not one that means the same everywhere.");
}
