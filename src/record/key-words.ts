import { utf8 } from "../lib/bytes.ts";
import { sha256 } from "../lib/sha256.ts";
import { wordsOf } from "./words.ts";

/**
 * Twelve words are 132 bits. Six (66 bits) would do for an exhibit, whose hash is already fixed; but a key is trusted by
 * these words alone, and an attacker may make keys until one has the words of another. At 66 bits that is a matter of
 * money, at 132 it is out of reach, even against many records at once.
 */
const KEY_WORDS = 12;

/**
 * The words for a record's verifier key (signed-note text `name+id+key`), for people to compare on first use: the first
 * 132 bits of SHA-256 of the text's UTF-8, as BIP-39 English words. They bind name and key, and carry no checksum.
 */
export function keyWords(vkey: string): string[] {
  return [...wordsOf(sha256(utf8(vkey)), 0, KEY_WORDS)];
}
