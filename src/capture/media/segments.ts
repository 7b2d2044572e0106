/** Segments put one behind the other: MPEG-TS, or fragmented MP4 behind what initialises it (RFC 8216 §3). */
import { PlacardError } from "../../lib/error.ts";

/** What each of them begins with. */
type SegmentForm = "ts" | "mp4";

const TS_PACKET = 188;
const TS_SYNC = 0x47;
/** Boxes with which a segment, or what initialises it, may begin (ISO/IEC 14496-12). */
const BOXES: ReadonlySet<string> = new Set([
  "ftyp",
  "styp",
  "moov",
  "moof",
  "sidx",
  "ssix",
  "emsg",
  "prft",
  "free",
  "skip",
]);
const TELLING = 8;

export const SEGMENT_TYPES: Readonly<Record<`${"video" | "audio"} ${SegmentForm}`, string>> = {
  "video ts": "video/mp2t",
  "audio ts": "video/mp2t",
  "video mp4": "video/mp4",
  "audio mp4": "audio/mp4",
};

/**
 * `content`, of segments of these lengths, as it is. Tells `onForm` of what form all are. Throws `malformed` where one is of none, or of
 * another than the first: a server may have answered with something else.
 */
export async function* ofOneForm(
  content: AsyncIterable<Uint8Array>,
  lengths: readonly number[],
  onForm: (form: SegmentForm) => void,
): AsyncGenerator<Uint8Array> {
  let form: SegmentForm | undefined;
  let next = 0;
  let start = 0;
  let at = 0;
  let beginning = Buffer.alloc(0);
  for await (const chunk of content) {
    for (let from = 0; from < chunk.length && next < lengths.length; ) {
      const length = lengths[next] ?? 0;
      const into = at + from - start;
      if (into < TELLING)
        beginning = Buffer.concat([beginning, chunk.subarray(from, from + Math.min(TELLING, length) - into)]);
      const left = length - into;
      const isTold = beginning.length >= Math.min(TELLING, length);
      if (isTold && form === undefined) onForm((form = formOf(beginning, length)));
      else if (isTold && formOf(beginning, length) !== form) throw odd();
      if (chunk.length - from < left) break;
      from += left;
      start += length;
      next++;
      beginning = Buffer.alloc(0);
    }
    at += chunk.length;
    yield chunk;
  }
}

function formOf(beginning: Buffer, length: number): SegmentForm {
  if (beginning[0] === TS_SYNC && length % TS_PACKET === 0) return "ts";
  if (BOXES.has(beginning.toString("latin1", 4, 8))) return "mp4";
  throw odd();
}

function odd(): PlacardError {
  return new PlacardError("malformed", "Its parts are in no form of which a file is made.");
}
