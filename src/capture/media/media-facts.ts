/** The post's media as fields of the act: of each file its address, and of pictures and videos size and perceptual hashes. */
import type { JsonObject } from "../../lib/json.ts";
import type { PageWithBytes } from "../byte-record.ts";
import type { Exchange } from "../netlog/exchange.ts";
import { answersToAsked } from "./asking.ts";
import { lookAtPictures, type SeenPicture } from "./look-at-pictures.ts";
import { lookAtVideos, type SeenVideo, type VideoOptions } from "./look-at-videos.ts";
import { postAddresses, streamsOf } from "./post-addresses.ts";
import { keepMedia, type MediaFile, type PostMedia } from "./post-media.ts";

export interface MediaOfPost {
  /** Of the files, in order: `media1`, `media2` … point at them. */
  readonly files: readonly MediaFile[];
  /** `mediaFiles`, how many there are; `media1About` …; `mediaMissing`. */
  readonly facts: JsonObject;
}

/** `facts`: those of the post, which may name addresses. Throws `storage`. */
export async function gatherMedia(
  { page, log }: PageWithBytes,
  facts: JsonObject,
  look: VideoOptions,
): Promise<MediaOfPost> {
  const fetched = answersToAsked(log.exchanges, page.askedMedia);
  const addresses = postAddresses(page.data.element, facts);
  const from = {
    exchanges: log.exchanges,
    streams: streamsOf(page.data.element),
    isFetched: (exchange: Exchange): boolean => fetched.has(exchange),
  };
  const { files, missing } = await keepMedia(addresses, from, look.folder);
  const count = files.length === 0 ? {} : { mediaFiles: files.length };
  return { files, facts: { ...count, ...(await aboutFiles(files, look)), ...saidMissing(missing) } };
}

const NOT_LOOKED: SeenPicture = { why: "It is no picture of a kind that we look into." };

async function aboutFiles(files: readonly MediaFile[], look: VideoOptions): Promise<JsonObject> {
  const pictures = files.filter(({ kind }) => kind !== undefined);
  const videos = files.filter(({ mediaType }) => mediaType.startsWith("video/"));
  const [looks, played] = await Promise.all([
    lookAtPictures(pictures.map(({ path }) => path)),
    lookAtVideos(videos, look),
  ]);
  return Object.fromEntries(
    files.map((file, i) => {
      const seen = looks[pictures.indexOf(file)] ?? (file.mediaType.startsWith("image/") ? NOT_LOOKED : undefined);
      const about = { ...inAct(seen), ...videoInAct(played[videos.indexOf(file)]) };
      return [`media${i + 1}About`, { url: file.url, ...about, ...saidJoined(file) }];
    }),
  );
}

function videoInAct(seen: SeenVideo | undefined): JsonObject {
  if (seen === undefined) return {};
  const { frames, why, ...size } = seen;
  return {
    ...size,
    ...(frames === undefined
      ? {}
      : { perceptualHashes: { algorithm: "pdq", frames: frames.map((one) => ({ ...one })) } }),
    ...(why === undefined ? {} : { notHashed: why }),
  };
}

/** Size and hash of a picture, as an act has them. Nothing where it is no picture. */
export function inAct(look: SeenPicture | undefined): JsonObject {
  if (look === undefined) return {};
  const { width, height, pdq, why } = look;
  return {
    ...(width === undefined || height === undefined ? {} : { width, height }),
    ...(pdq === undefined ? {} : { perceptualHash: { algorithm: "pdq", ...pdq } }),
    ...(why === undefined ? {} : { notHashed: why }),
  };
}

function saidJoined({ joined }: MediaFile): JsonObject {
  if (joined === undefined) return {};
  const { playlists, parts, of } = joined;
  const lists = playlists === undefined ? {} : { playlists: playlists.map((list) => ({ ...list })) };
  return { joined: { of, ...lists, parts: parts.map((part) => ({ ...part })) } };
}

function saidMissing(missing: PostMedia["missing"]): JsonObject {
  return missing.length === 0 ? {} : { mediaMissing: missing.map((one) => ({ ...one })) };
}
