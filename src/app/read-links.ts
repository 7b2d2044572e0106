/** The links that a user gives as a file, or on standard input: one a line, or in the cells of a spreadsheet. */
import { open } from "node:fs/promises";
import { MOST_LINKS, parseLinks } from "../agenda/link-list.ts";
import { parseLink } from "../capture/gate/link.ts";
import { LONGEST_SPREADSHEET, linksInSpreadsheet } from "../capture/received/spreadsheet.ts";
import { concat, utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";

/** `-` is standard input. Throws `not_found`, `storage`, `usage` (naming the line), `too_large`, `malformed`, `unsupported`. */
export async function readLinks(file: string): Promise<readonly string[]> {
  const name = file === "-" ? "standard input" : file;
  const bytes = await readBounded(file, name);
  // One more than there may be, so that too many are refused and not left out.
  const inCells = await linksInSpreadsheet(new Blob([Uint8Array.from(bytes)]), MOST_LINKS + 1);
  return parseLinks(inCells === undefined ? bytes : utf8(inCells), name, parseLink);
}

async function readBounded(file: string, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const stream = file === "-" ? process.stdin : (await open(file)).createReadStream();
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      // What is past the limit is for the parser to refuse.
      if ((length += chunk.length) > LONGEST_SPREADSHEET) break;
    }
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new PlacardError(missing ? "not_found" : "storage", `${name} cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
  return concat(...chunks);
}
