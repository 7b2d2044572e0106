/** The links that a user gives as a file, or on standard input. */
import { open } from "node:fs/promises";
import { LONGEST_LIST, parseLinks } from "../agenda/link-list.ts";
import { parseLink } from "../capture/gate/link.ts";
import { concat } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";

/** `-` is standard input. Throws `not_found`, `storage`, `usage` (naming the line), `too_large`, `malformed`. */
export async function readLinks(file: string): Promise<readonly string[]> {
  const name = file === "-" ? "standard input" : file;
  return parseLinks(await readBounded(file, name), name, parseLink);
}

async function readBounded(file: string, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const stream = file === "-" ? process.stdin : (await open(file)).createReadStream();
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      // What is past the limit is for the parser to refuse.
      if ((length += chunk.length) > LONGEST_LIST) break;
    }
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new PlacardError(missing ? "not_found" : "storage", `${name} cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
  return concat(...chunks);
}
