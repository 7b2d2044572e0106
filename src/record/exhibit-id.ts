/** The short names of an exhibit. Id and check words are 146 successive bits of its ledger leaf hash. */
import { PlacardError } from "../lib/error.ts";
import { say } from "./said.ts";
import { wordsOf } from "./words.ts";

const PREFIX = "PLC";
/** Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O, U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ID_BYTES = 10;
const DIGITS = 16;
const CHECK_WORDS = 6;
const LONGEST_GIVEN = 64;

/** `PLC-XXXX-XXXX-XXXX-XXXX`: the first 80 bits of a leaf hash (32 bytes). */
export function exhibitId(leafHash: Uint8Array): string {
  let bits = 0n;
  for (const byte of leafHash.subarray(0, ID_BYTES)) bits = bits * 256n + BigInt(byte);
  const digits = Array.from(
    { length: DIGITS },
    (_, i) => ALPHABET[Number((bits >> BigInt(5 * (DIGITS - 1 - i))) & 31n)],
  );
  return inGroups(digits.join(""));
}

/** The next 66 bits of the leaf hash as six words (BIP-39 English), to be read out over a telephone. */
export function checkWords(leafHash: Uint8Array): string[] {
  return [...wordsOf(leafHash, 8 * ID_BYTES, CHECK_WORDS)];
}

/**
 * An id as people type it, in its one written form: upper or lower case, with hyphens, spaces or neither, I and L for
 * 1, O for 0, with or without `PLC`. Throws `usage`.
 */
export function parseExhibitId(text: string): string {
  const given = text.length > LONGEST_GIVEN ? "" : text.toUpperCase().replace(/[\s-]/g, "");
  const digits = (given.length > DIGITS && given.startsWith(PREFIX) ? given.slice(PREFIX.length) : given)
    .replace(/[IL]/g, "1")
    .replaceAll("O", "0");
  if (digits.length !== DIGITS || [...digits].some((digit) => !ALPHABET.includes(digit))) {
    const shown = JSON.stringify(text.slice(0, LONGEST_GIVEN));
    throw new PlacardError("usage", say("not_an_id", { text: shown }), { next: say("id_looks_like") });
  }
  return inGroups(digits);
}

function inGroups(digits: string): string {
  return [PREFIX, ...(digits.match(/.{4}/g) ?? [])].join("-");
}
