/** By what the same words are known again: in whatever case, spacing or form of Unicode they come. */
import { toHex, utf8 } from "../lib/bytes.ts";
import { sha256 } from "../lib/sha256.ts";

/** Undefined words have none. */
export function textDigest(text: string): string | null {
  const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  return plain === "" ? null : toHex(sha256(utf8(plain.toWellFormed())));
}
