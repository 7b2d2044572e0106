/**
 * Receipt codes: six groups of four characters that can be read out and typed, 120 bits. The first two groups name what was
 * sent among the members; the other eighty bits are the sender's alone. Only a digest of a code is kept.
 */
import { createHash, createHmac } from "node:crypto";

/** Crockford's base 32: no letter is taken for a digit. https://www.crockford.com/base32.html */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 24;
const OF_REF = 8;

const grouped = (letters: string): string => letters.replace(/(.{4})(?=.)/g, "$1-");

/**
 * The code of what is sent under this key. The same each time, so that somebody who heard no answer and sends it again is told
 * the same; without the key, which is not kept, nobody here can tell it.
 */
export function codeOf(secret: Uint8Array, key: string): string {
  const bits = createHmac("sha256", secret).update(key).digest();
  let number = BigInt(`0x${bits.toString("hex")}`);
  let letters = "";
  for (let i = 0; i < LENGTH; i++) {
    letters += LETTERS[Number(number & 31n)];
    number >>= 5n;
  }
  return grouped(letters);
}

/** As typed by hand: small or large, with or without dashes, an O for a nought. Undefined for what is no code. */
export function readCode(typed: string): string | undefined {
  const letters = typed
    .toUpperCase()
    .replace(/[\s\-\u2010-\u2015]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  const isCode = letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter));
  return isCode ? grouped(letters) : undefined;
}

export const digestOf = (code: string): string => createHash("sha256").update(`placard receipt ${code}`).digest("hex");

export const refOf = (code: string): string => code.slice(0, OF_REF + 1);

export const REF = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/;
