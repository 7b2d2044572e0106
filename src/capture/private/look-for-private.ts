/** Words, codes and faces in a part of a page's picture, found by machine in a thread of its own: for proposals of what is withheld. */
import { PlacardError } from "../../lib/error.ts";
import type { PictureSize } from "../../verify/picture.ts";
import type { PlaceBox } from "../page/private-places.ts";
import { inThread, threadFile } from "../reading/in-thread.ts";
import { say } from "../said.ts";
import type { Part } from "./part.ts";
import type { LookPart, PrivateReport } from "./private-worker.ts";
import type { ReadWord } from "./read-words.ts";

const WORKER = threadFile("private-worker", import.meta.url);
/** Milliseconds for one part, the engines' start included. */
const PATIENCE = 120_000;
/** Rows that are looked at below a part, so that what begins in it is whole; so many more, where a picture of the page goes on. */
const BELOW = 192;
const FURTHEST_BELOW = 2048;

export interface FoundInPart {
  readonly words: readonly ReadWord[];
  readonly codes: readonly PlaceBox[];
  readonly faces: readonly PlaceBox[];
  /** Whether something was not looked at, for want of time. */
  readonly isCut: boolean;
}

/** Boxes are in the pixels of the whole picture; what begins below the part is the next one's. Throws `malformed`. */
export async function lookForPrivate(
  picture: Blob,
  part: Part,
  size: PictureSize,
  pictures?: readonly PlaceBox[],
): Promise<FoundInPart> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const places = pictures?.flatMap((place) => beginning(place, part, size));
  const below = Math.max(BELOW, ...(places ?? []).map(([, y, , height]) => y + height - part.rows));
  const wanted: LookPart = { bytes, part, below, places };
  const report = await inThread<PrivateReport>(WORKER, { ...wanted }, PATIENCE);
  if (typeof report === "string")
    throw new PlacardError("malformed", say(report === "late" ? "reading_too_long" : "picture_not_read_at_all"));
  if ("why" in report) throw new PlacardError("malformed", report.why);
  const inWhole = ([x, y, width, height]: PlaceBox): PlaceBox => [x, y + part.top, width, height];
  const isHere = ([, y]: PlaceBox): boolean => y < part.rows;
  return {
    words: report.words.filter(({ box }) => isHere(box)).map((word) => ({ ...word, box: inWhole(word.box) })),
    codes: report.codes.filter(isHere).map(inWhole),
    // Those in a picture of the page are told with where it begins.
    faces: (places === undefined ? report.faces.filter(isHere) : report.faces).map(inWhole),
    isCut: report.isCut,
  };
}

/** A place that begins in this part, counted from the part's first row. */
function beginning([x, y, width, height]: PlaceBox, { top, rows }: Part, size: PictureSize): readonly PlaceBox[] {
  const [across, down] = [Math.min(width, size.width - x), Math.min(height, size.height - y, rows + FURTHEST_BELOW)];
  return y >= top && y < top + rows && across > 0 && down > 0 ? [[x, y - top, across, down]] : [];
}
