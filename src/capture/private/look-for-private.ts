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
/** Rows that are looked at below a part: what begins in it is whole. */
const BELOW = 192;

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
  const places = pictures?.flatMap((place) => within(place, part, size));
  const wanted: LookPart = { bytes, part, below: BELOW, places };
  const report = await inThread<PrivateReport>(WORKER, { ...wanted }, PATIENCE);
  if (typeof report === "string")
    throw new PlacardError("malformed", say(report === "late" ? "reading_too_long" : "picture_not_read_at_all"));
  if ("why" in report) throw new PlacardError("malformed", report.why);
  const inWhole = ([x, y, width, height]: PlaceBox): PlaceBox => [x, y + part.top, width, height];
  const isHere = ([, y]: PlaceBox): boolean => y < part.rows;
  return {
    words: report.words.filter(({ box }) => isHere(box)).map((word) => ({ ...word, box: inWhole(word.box) })),
    codes: report.codes.filter(isHere).map(inWhole),
    faces: report.faces.filter(isHere).map(inWhole),
    isCut: report.isCut,
  };
}

/** What of a place lies in the rows that are looked at, counted from the part's first. */
function within([x, y, width, height]: PlaceBox, { top, rows }: Part, size: PictureSize): readonly PlaceBox[] {
  const [from, to] = [Math.max(y, top), Math.min(y + height, top + rows + BELOW, size.height)];
  const across = Math.min(width, size.width - x);
  return from < to && from < top + rows && across > 0 ? [[x, from - top, across, to - from]] : [];
}
