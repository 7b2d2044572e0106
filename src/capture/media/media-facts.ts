/** The post's media as fields of the act: of each file its address, and of pictures size and perceptual hash. */
import type { JsonObject } from "../../lib/json.ts";
import type { PageWithBytes } from "../byte-record.ts";
import type { Exchange } from "../netlog/exchange.ts";
import { answersToAsked } from "./asking.ts";
import { lookAtPictures, type SeenPicture } from "./look-at-pictures.ts";
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
  folder: string,
): Promise<MediaOfPost> {
  const fetched = answersToAsked(log.exchanges, page.askedMedia);
  const addresses = postAddresses(page.data.element, facts);
  const from = {
    exchanges: log.exchanges,
    streams: streamsOf(page.data.element),
    isFetched: (exchange: Exchange): boolean => fetched.has(exchange),
  };
  const { files, missing } = await keepMedia(addresses, from, folder);
  const count = files.length === 0 ? {} : { mediaFiles: files.length };
  return { files, facts: { ...count, ...(await aboutFiles(files)), ...saidMissing(missing) } };
}

const NOT_LOOKED: SeenPicture = { why: "It is no picture of a kind that we look into." };

async function aboutFiles(files: readonly MediaFile[]): Promise<JsonObject> {
  const pictures = files.filter(({ kind }) => kind !== undefined);
  const looks = await lookAtPictures(pictures.map(({ path }) => path));
  return Object.fromEntries(
    files.map((file, i) => {
      const look = looks[pictures.indexOf(file)] ?? (file.mediaType.startsWith("image/") ? NOT_LOOKED : undefined);
      return [`media${i + 1}About`, { url: file.url, ...inAct(look), ...saidJoined(file) }];
    }),
  );
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
