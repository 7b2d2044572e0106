/** What a back-up is locked with. */
import { randomInt } from "node:crypto";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";

const SHORTEST = 12;
const LONGEST = 1024;
const WORDS = 8;

/** Eight words of 2,048: 88 bits, which nobody tries out against a second of work each. */
export function suggestPassphrase(): string {
  return Array.from({ length: WORDS }, () => wordlist[randomInt(wordlist.length)] as string).join("-");
}

/** The same letters typed on another system may come as other bytes. Throws `usage`. */
export function readPassphrase(given: string): string {
  const passphrase = given.normalize("NFC");
  if (passphrase.length >= SHORTEST && passphrase.length <= LONGEST) return passphrase;
  throw new PlacardError("usage", say("passphrase_length", { least: SHORTEST, most: LONGEST }), {
    next: say("several_words"),
  });
}
