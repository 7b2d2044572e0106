import { PlacardError } from "../lib/error.ts";

/**
 * An ASCII decimal without leading zeros, as C2SP writes sizes, indexes and times. Throws `malformed`, or `too_large`
 * past 2^53 − 1, beyond which a JavaScript number is no longer exact.
 */
export function parseDecimal(text: string, what: string): number {
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(text)) {
    throw new PlacardError("malformed", `The ${what} is not a whole number without leading zeros.`);
  }
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new PlacardError("too_large", `The ${what} is past 2^53 − 1.`);
  return number;
}
