/** The post's media as fields of the act: of each file its address, and of pictures size and perceptual hash. */
import type { Json, JsonObject } from "../../lib/json.ts";
import type { PageWithBytes } from "../byte-record.ts";
import { lookAtPictures, type SeenPicture } from "./look-at-pictures.ts";
import { keepMedia, type MediaFile, type PostMedia } from "./post-media.ts";

export interface MediaOfPost {
  /** Of the files, in order: `media1`, `media2` … point at them. */
  readonly files: readonly MediaFile[];
  /** `media1About` …, and `mediaMissing`. */
  readonly facts: JsonObject;
}

/** `told`: the addresses that the facts name, where they do. Throws `storage`. */
export async function gatherMedia(
  { page, log }: PageWithBytes,
  told: Json | undefined,
  folder: string,
): Promise<MediaOfPost> {
  const { element } = page.data;
  const seen = element.foundBy === "nothing" ? [] : element.media;
  const { files, missing } = await keepMedia([...seen, ...addressesIn(told)], log.exchanges, folder);
  return { files, facts: { ...(await aboutFiles(files)), ...saidMissing(missing) } };
}

function addressesIn(told: Json | undefined): readonly string[] {
  return Array.isArray(told) ? told.filter((address) => typeof address === "string") : [];
}

const NOT_LOOKED: SeenPicture = { why: "It is no picture of a kind that we look into." };

async function aboutFiles(files: readonly MediaFile[]): Promise<JsonObject> {
  const pictures = files.filter(({ kind }) => kind !== undefined);
  const looks = await lookAtPictures(pictures.map(({ path }) => path));
  return Object.fromEntries(
    files.map((file, i) => {
      const look = looks[pictures.indexOf(file)] ?? (file.mediaType.startsWith("image/") ? NOT_LOOKED : undefined);
      return [`media${i + 1}About`, { url: file.url, ...inAct(look) }];
    }),
  );
}

/** Nothing where it is no picture. */
function inAct(look: SeenPicture | undefined): JsonObject {
  if (look === undefined) return {};
  const { width, height, pdq, why } = look;
  return {
    ...(width === undefined || height === undefined ? {} : { width, height }),
    ...(pdq === undefined ? {} : { perceptualHash: { algorithm: "pdq", ...pdq } }),
    ...(why === undefined ? {} : { notHashed: why }),
  };
}

function saidMissing(missing: PostMedia["missing"]): JsonObject {
  return missing.length === 0 ? {} : { mediaMissing: missing.map((one) => ({ ...one })) };
}
