/** A file of links, one a line. */
import { fromUtf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";

export const LONGEST_LIST = 1 << 23;
export const MOST_LINKS = 10_000;
const LONGEST_LINE = 8192;

/**
 * The links of `bytes`, in order; empty lines, and lines that begin with `#`, say nothing. `check` throws for what is no
 * link; the error names the line. Throws `usage`, `too_large`, `malformed` (no UTF-8).
 */
export function parseLinks(bytes: Uint8Array, name: string, check: (link: string) => void): readonly string[] {
  if (bytes.length > LONGEST_LIST) throw new PlacardError("too_large", `${name} is larger than ${LONGEST_LIST} bytes.`);
  const links: string[] = [];
  const lines = fromUtf8(bytes, name)
    .replace(/^\ufeff/, "")
    .split(/\r\n|\n|\r/);
  for (const [i, line] of lines.entries()) {
    const link = line.trim();
    if (link === "" || link.startsWith("#")) continue;
    const where = `Line ${i + 1} of ${name}`;
    if (link.length > LONGEST_LINE)
      throw new PlacardError("usage", `${where} is longer than ${LONGEST_LINE} characters.`);
    try {
      check(link);
    } catch (error) {
      throw new PlacardError("usage", `${where} cannot be captured: ${(error as Error).message}`, {
        cause: error,
        next: "Mend or remove that line, then run the same command again. Nothing was captured yet.",
      });
    }
    if (links.push(link) > MOST_LINKS)
      throw new PlacardError("too_large", `${name} has more than ${MOST_LINKS} links.`);
  }
  if (links.length === 0) throw new PlacardError("usage", `${name} holds no links.`);
  return links;
}
