import { wordlist } from "@scure/bip39/wordlists/english.js";

const BITS = 11;

/** `count` words of the English BIP-39 list for the bits of `bytes` from bit `from` on, most significant first, 11 a word. */
export function wordsOf(bytes: Uint8Array, from: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => wordlist[readBits(bytes, from + i * BITS)] as string);
}

function readBits(bytes: Uint8Array, from: number): number {
  let value = 0;
  for (let bit = from; bit < from + BITS; bit++) value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  return value;
}
