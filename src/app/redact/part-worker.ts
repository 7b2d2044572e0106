/** The thread of part-picture.ts: some rows of a page's picture, with some tiles covered, written as a PNG that holds nothing else. */
import { parentPort, workerData } from "node:worker_threads";
import { encodePng } from "../../capture/picture/png-writer.ts";
import { type Part, readRows } from "../../capture/private/part.ts";
import { isPlacardError } from "../../lib/error.ts";
import { type Trouble, troubleOf } from "../capture-messages.ts";
import { coverTile } from "./tiles.ts";

export interface PartWanted {
  readonly bytes: Uint8Array;
  readonly part: Part;
  /** Numbers of tiles, counted from the part's first. */
  readonly covered: readonly number[];
}

export type PartMade = { readonly png: Uint8Array } | { readonly trouble: Trouble };

async function made({ bytes, part, covered }: PartWanted): Promise<PartMade> {
  try {
    const picture = await readRows(bytes, part);
    for (const tile of covered) coverTile(picture, tile);
    return { png: await encodePng(picture) };
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    return { trouble: troubleOf(error) };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window
parentPort?.postMessage(await made(workerData as PartWanted));
