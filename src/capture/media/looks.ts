/** How a file of the post looks, as its act says: the perceptual hashes that tell something. An act may be anybody's. */
import { isJsonObject, type Json } from "../../lib/json.ts";
import { LEAST_QUALITY, pdqDistance, SAME_PICTURE } from "./pdq.ts";

/** A picture's; undefined where it has none, or one that tells too little. */
export function lookOfPicture(about: Json | undefined): string | undefined {
  const found = isJsonObject(about) ? about["perceptualHash"] : undefined;
  return isJsonObject(found) && found["algorithm"] === "pdq" ? tellingHash(found) : undefined;
}

export interface VideoLook {
  readonly seconds: number;
  /** By their place in it; undefined where a frame tells too little: a black one is like any other. */
  readonly frames: readonly (string | undefined)[];
}

/** More than acts of ours have. */
const MOST_FRAMES = 64;

/** A video's; undefined where it has none, or fewer than half of its frames tell anything. */
export function lookOfVideo(about: Json | undefined): VideoLook | undefined {
  if (!isJsonObject(about) || typeof about["seconds"] !== "number") return undefined;
  const { seconds, perceptualHashes: found } = about;
  if (!isJsonObject(found) || found["algorithm"] !== "pdq" || !Array.isArray(found["frames"])) return undefined;
  const frames = found["frames"].slice(0, MOST_FRAMES).map((one) => (isJsonObject(one) ? tellingHash(one) : undefined));
  const telling = frames.filter((hash) => hash !== undefined).length;
  return telling > 0 && 2 * telling >= frames.length ? { seconds, frames } : undefined;
}

function tellingHash({ hash, quality }: { readonly [name: string]: Json }): string | undefined {
  if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
  return typeof quality === "number" && quality >= LEAST_QUALITY ? hash : undefined;
}

/** In how many bits two differ that look the same; "other" where they show something else; undefined where nothing tells. */
export type LooksCompared = number | "other" | undefined;

export function comparePictures(one: string, other: string): LooksCompared {
  const bits = pdqDistance(one, other);
  return bits <= SAME_PICTURE ? bits : "other";
}

/** Seconds in which lengths of one video may differ: sound and picture end at different times, and either may be told. */
const SAME_LENGTH = 0.5;
/** In fewer bits than this the same scene a moment later may differ; unlike ones do in more. */
const LEAST_UNLIKE = 64;

/** The same where they are of one length and each frame that tells in both is alike; something else where no frame is like any. */
export function compareVideos(one: VideoLook, other: VideoLook): LooksCompared {
  const pairs = one.frames.flatMap((hash, i) => {
    const like = other.frames[i];
    return hash === undefined || like === undefined ? [] : [pdqDistance(hash, like)];
  });
  const isOfOneLength =
    one.frames.length === other.frames.length && Math.abs(one.seconds - other.seconds) <= SAME_LENGTH;
  const most = Math.max(...pairs);
  if (isOfOneLength && 2 * pairs.length >= one.frames.length && most <= SAME_PICTURE) return most;
  const all = (look: VideoLook): readonly string[] => look.frames.filter((hash) => hash !== undefined);
  const mayBeLike = all(one).some((hash) => all(other).some((like) => pdqDistance(hash, like) < LEAST_UNLIKE));
  return mayBeLike ? undefined : "other";
}
