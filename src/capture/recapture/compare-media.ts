/**
 * The post's pictures, videos and sounds in two captures, by what they hold and never by their addresses. What has other
 * bytes and looks the same was stored anew by the site, which is nobody's edit.
 */
import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import {
  comparePictures,
  compareVideos,
  type LooksCompared,
  lookOfPicture,
  lookOfVideo,
  type VideoLook,
} from "../media/looks.ts";

type Fields = Readonly<Record<string, Json>>;

interface Medium {
  /** The act's field that points at it: "media1". */
  readonly field: string;
  readonly sha256: string;
  readonly mediaType: string;
  /** Each undefined where it is none, or has no perceptual hash that tells enough. */
  readonly picture: string | undefined;
  readonly video: VideoLook | undefined;
}

export interface MediaCompared {
  /** `removed`, `added`, `unclear`; empty where nothing changed. */
  readonly changes: JsonObject;
  /** Whether anything surely is another, and not only in its bytes. */
  readonly isOther: boolean;
  readonly reencoded: readonly JsonObject[];
  /** Whether something could not be held against anything. */
  readonly isPartial: boolean;
}

/** No capture keeps more as files of their own. */
const MOST_FILES = 12;

/** `unclear` is a pair of files whose bytes differ, of which nothing tells whether they show the same. */
export function compareMedia(before: Fields, after: Fields): MediaCompared {
  const [was, is] = [mediaOf(before), mediaOf(after)];
  if (!showsPost(before) || !showsPost(after)) {
    const isPartial = was.length + is.length > 0;
    return { changes: {}, isOther: false, reencoded: [], isPartial };
  }
  const gone = new Set(was.filter(({ sha256 }) => !is.some((other) => other.sha256 === sha256)));
  const come = new Set(is.filter(({ sha256 }) => !was.some((other) => other.sha256 === sha256)));
  const pair = (one: Medium, other: Medium): JsonObject => {
    gone.delete(one);
    come.delete(other);
    return { before: nameOf(one), after: nameOf(other) };
  };
  const reencoded = nearest(gone, come).map(([one, other]) => pair(one, other));
  const unclear = untold(gone, come).map(([one, other]) => pair(one, other));
  // What one of them did not receive may be the very file that the other has.
  const unseen = missingIn(after) - missingIn(before);
  const removed = unseen > 0 ? [] : [...gone].map(nameOf);
  const added = unseen < 0 ? [] : [...come].map(nameOf);
  const isOther = removed.length + added.length > 0;
  const lists = Object.entries({ removed, added, unclear }).filter(([, list]) => list.length > 0);
  const isPartial = (unseen > 0 && gone.size > 0) || (unseen < 0 && come.size > 0);
  return { changes: Object.fromEntries(lists), isOther, reencoded, isPartial };
}

function nameOf({ field, mediaType }: Medium): JsonObject {
  return { field, mediaType };
}

/** Files are the post's only where its element was found. */
function showsPost({ postElement }: Fields): boolean {
  return (
    isJsonObject(postElement) && typeof postElement["foundBy"] === "string" && postElement["foundBy"] !== "nothing"
  );
}

function mediaOf(fields: Fields): readonly Medium[] {
  return Array.from({ length: MOST_FILES }, (_, i) => `media${i + 1}`).flatMap((field) => {
    const file = fields[field];
    if (!isJsonObject(file)) return [];
    const { sha256, mediaType } = file;
    if (typeof sha256 !== "string" || typeof mediaType !== "string") return [];
    const about = fields[`${field}About`];
    return [{ field, sha256, mediaType, picture: lookOfPicture(about), video: lookOfVideo(about) }];
  });
}

function missingIn({ mediaMissing }: Fields): number {
  return Array.isArray(mediaMissing) ? mediaMissing.length : 0;
}

type Pair = readonly [Medium, Medium];

/** Each with the one that looks most like it, the likest pairs first. */
function nearest(gone: ReadonlySet<Medium>, come: ReadonlySet<Medium>): readonly Pair[] {
  const near = [...gone].flatMap((one) =>
    [...come].flatMap((other) => {
      const bits = compared(one, other);
      return typeof bits === "number" ? [{ pair: [one, other] as const, bits }] : [];
    }),
  );
  return eachOnce(near.toSorted((a, b) => a.bits - b.bits).map(({ pair }) => pair));
}

function untold(gone: ReadonlySet<Medium>, come: ReadonlySet<Medium>): readonly Pair[] {
  const kind = ({ mediaType }: Medium): string | undefined => mediaType.split("/", 1)[0];
  return eachOnce(
    [...gone].flatMap((one) =>
      [...come]
        .filter((other) => kind(one) === kind(other) && compared(one, other) === undefined)
        .map((other) => [one, other] as const),
    ),
  );
}

function compared(one: Medium, other: Medium): LooksCompared {
  if (one.picture !== undefined && other.picture !== undefined) return comparePictures(one.picture, other.picture);
  if (one.video !== undefined && other.video !== undefined) return compareVideos(one.video, other.video);
  return undefined;
}

function eachOnce(pairs: readonly Pair[]): readonly Pair[] {
  const taken = new Set<Medium>();
  return pairs.filter(([one, other]) => {
    if (taken.has(one) || taken.has(other)) return false;
    taken.add(one).add(other);
    return true;
  });
}
