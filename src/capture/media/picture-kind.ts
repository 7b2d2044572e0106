/** What a file is by its first bytes (WHATWG MIME Sniffing §6), whatever its server called it. */

/** The pictures we look into. */
export type PictureKind = "png" | "jpeg" | "gif" | "webp" | "avif";

/** Bytes of a file that we decode. */
export const LONGEST_PICTURE = 1 << 25;
/** How many of a file's first bytes tell what it is. */
export const TELLING_BYTES = 512;

/* oxlint-disable no-control-regex -- the first bytes of files */
const MEDIA_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^\x89PNG\r\n\x1a\n/, "image/png"],
  [/^\xff\xd8\xff/, "image/jpeg"],
  [/^GIF8[79]a/, "image/gif"],
  [/^RIFF[^]{4}WEBPVP8/, "image/webp"],
  [/^[^]{4}ftypavi[fs]/, "image/avif"],
  [/^[^]{4}ftyp/, "video/mp4"],
  [/^\x1a\x45\xdf\xa3/, "video/webm"],
  [/^G[^]{187}G[^]{187}G/, "video/mp2t"],
  [/^OggS\x00/, "application/ogg"],
  [/^(?:ID3|\xff[\xfb\xf3\xf2])/, "audio/mpeg"],
  [/^fLaC/, "audio/flac"],
  [/^RIFF[^]{4}WAVE/, "audio/wave"],
];
const KINDS: ReadonlyMap<string | undefined, PictureKind> = new Map(
  (["png", "jpeg", "gif", "webp", "avif"] as const).map((kind) => [`image/${kind}`, kind]),
);

/** Media type by the first bytes; undefined for what is no picture, video or sound that we know. */
export function sniffMediaType(beginning: Uint8Array): string | undefined {
  const text = Array.from(beginning.subarray(0, TELLING_BYTES), (byte) => String.fromCharCode(byte)).join("");
  return MEDIA_TYPES.find(([pattern]) => pattern.test(text))?.[1];
}

/** Undefined for anything but the five kinds: drawings (SVG), PDF and the like are never given to a decoder. */
export function pictureKind(beginning: Uint8Array): PictureKind | undefined {
  return KINDS.get(sniffMediaType(beginning));
}

/** Whether a picture may move: any GIF, and what says so in its header (RFC 9649 §2.7, AVIF 1.1 §6.3). */
export function isMovingPicture(beginning: Uint8Array): boolean {
  const text = Buffer.from(beginning.subarray(0, 24)).toString("latin1");
  if (/^GIF8[79]a/.test(text) || /^[^]{4}ftypavis/.test(text)) return true;
  return /^RIFF[^]{4}WEBPVP8X/.test(text) && ((beginning[20] ?? 0) & 2) !== 0;
}
