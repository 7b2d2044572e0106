/** The thread of look-for-private.ts: some rows of one picture, read and looked through, and ended. */
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { isPlacardError } from "../../lib/error.ts";
import type { Told } from "../../lib/told.ts";
import type { Picture } from "../../verify/picture.ts";
import { boundDecoders } from "../media/decode-picture.ts";
import type { PlaceBox } from "../page/private-places.ts";
import { engineFiles } from "../reading/engine-files.ts";
import { say } from "../said.ts";
import { readWeights } from "./face-network.ts";
import { facesIn } from "./faces.ts";
import { type Part, readRows } from "./part.ts";
import { codesIn } from "./qr-codes.ts";
import { type ReadWord, wordsIn } from "./read-words.ts";

export interface LookPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly part: Part;
  readonly below: number;
  /** In the part's own rows: where there may be faces; everywhere, where that is not known. */
  readonly places: readonly PlaceBox[] | undefined;
}

export type PrivateReport =
  | {
      /** Boxes are in the part's own rows. */
      readonly words: readonly ReadWord[];
      readonly codes: readonly PlaceBox[];
      readonly faces: readonly PlaceBox[];
      /** Whether there was no time left for some faces. */
      readonly isCut: boolean;
    }
  | { readonly why: string | Told };

/** Milliseconds for the faces of one part. */
const PATIENCE = 20_000;

async function look({ bytes, part, below, places }: LookPart): Promise<PrivateReport> {
  try {
    const picture = await readRows(bytes, { top: part.top, rows: part.rows + below });
    const codes = await codesIn(picture);
    const { faces, isCut } = facesAt(picture, places ?? [[0, 0, picture.width, picture.height]]);
    return { words: await wordsIn(topOf(picture, part.rows + LINE)), codes, faces, isCut };
  } catch (error) {
    return { why: isPlacardError(error) ? (error.told ?? error.message) : say("picture_not_read_at_all") };
  }
}

/** A line that begins in the part is read whole, and the next part's are not read twice. */
const LINE = 64;

function topOf({ width, height, rgb }: Picture, rows: number): Picture {
  const here = Math.min(height, rows);
  return { width, height: here, rgb: rgb.subarray(0, 3 * width * here) };
}

function facesAt(picture: Picture, places: readonly PlaceBox[]) {
  if (places.length === 0) return { faces: [], isCut: false };
  const { manifest, weights } = engineFiles().faces;
  const read = readWeights(readFileSync(manifest, "utf8"), readFileSync(weights));
  return facesIn(picture, places, read, performance.now() + PATIENCE);
}

boundDecoders();
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window
parentPort?.postMessage(await look(workerData as LookPart));
