/** The pictures' bytes, taken from the file once more and held to the sealed hash once more before they are shown. */
import { toHex } from "../../lib/bytes.ts";
import { startPureHash } from "../../lib/sha256.ts";
import { type Fields, pointersOf } from "../blob-checks.ts";
import { digestInSlices } from "../digest.ts";
import { tileBox } from "../picture.ts";
import { readPlacardFile } from "../placard-file.ts";
import { REDACTED_PICTURE, withheldTiles } from "../redacted.ts";
import { sealedTilesIn } from "../shown-tiles.ts";
import type { Verdict } from "../verdict.ts";

const LARGEST = 1 << 27;
/** 2^27 pixels are half a gigabyte when drawn. */
const MOST_PIXELS = 1 << 27;
/** Between a PNG's header and its image data; a browser's screenshot has a few. */
const MOST_CHUNKS_BEFORE = 100;
const PNG_START = "89504e470d0a1a0a0000000d49484452";

/** PNG files; undefined where there is none to show: withheld, failed, no PNG, or larger than a page should draw. */
export interface Pictures {
  /** The post alone. */
  readonly post?: Blob | undefined;
  /** All of the page. */
  readonly page?: Blob | undefined;
  /** All of the page but for what is withheld of it. */
  readonly redacted?: RedactedPage | undefined;
}

export interface RedactedPage {
  readonly picture: Blob;
  readonly width: number;
  readonly height: number;
  /** In pixels; nothing of the picture is there. */
  readonly withheld: readonly ReturnType<typeof tileBox>[];
}

export async function picturesOf(file: Blob, verdict: Verdict): Promise<Pictures> {
  const [post, page, redacted] = await Promise.all([
    pictureOf(file, verdict, "postPicture"),
    pictureOf(file, verdict, "screenshot"),
    redactedOf(file, verdict),
  ]);
  return { post, page, redacted };
}

async function redactedOf(file: Blob, { checks, exhibit }: Verdict): Promise<RedactedPage | undefined> {
  const holds = checks.some((check) => check.name === REDACTED_PICTURE && check.state === "holds");
  if (!holds || exhibit === undefined) return undefined;
  const { redacted } = await readPlacardFile(file);
  if (redacted === undefined) return undefined;
  const picture = new Blob([await redacted.picture.arrayBuffer()], { type: "image/png" });
  const fields = exhibit.fields as Fields;
  // Once more, of the very bytes that will be drawn.
  const { withheld } = await withheldTiles({ ...redacted, picture }, fields);
  const { width, height } = sealedTilesIn(fields["screenshotTiles"]);
  return { picture, width, height, withheld: withheld.map((tile) => tileBox({ width, height }, tile)) };
}

async function pictureOf(file: Blob, { checks, exhibit }: Verdict, name: string): Promise<Blob | undefined> {
  const holds = checks.some((check) => check.name === name && check.state === "holds");
  if (!holds || exhibit === undefined) return undefined;
  const pointer = pointersOf(exhibit.fields as Fields).find(({ field }) => field === name);
  if (pointer?.mediaType !== "image/png" || pointer.bytes > LARGEST) return undefined;
  const { blobs } = await readPlacardFile(file);
  const blob = blobs.get(pointer.sha256);
  if (blob === undefined) return undefined;
  const picture = new Blob([await blob.arrayBuffer()], { type: "image/png" });
  const digest = await digestInSlices(startPureHash)(picture, () => undefined);
  return toHex(digest) === pointer.sha256 && (await isDrawable(picture)) ? picture : undefined;
}

async function isDrawable(picture: Blob): Promise<boolean> {
  const head = await picture.slice(0, 24).arrayBuffer();
  if (head.byteLength < 24 || toHex(new Uint8Array(head, 0, 16)) !== PNG_START) return false;
  const size = new DataView(head, 16);
  return size.getUint32(0) * size.getUint32(4) <= MOST_PIXELS && (await isStill(picture));
}

/** No screenshot moves: an animation could show one thing in the print of a page and another a minute later. */
async function isStill(picture: Blob): Promise<boolean> {
  for (let at = 8, count = 0; count < MOST_CHUNKS_BEFORE; count++) {
    const chunk = await picture.slice(at, at + 8).arrayBuffer();
    if (chunk.byteLength < 8) return false;
    const type = String.fromCharCode(...new Uint8Array(chunk, 4));
    if (type === "IDAT") return true;
    if (type === "acTL") return false;
    at += 12 + new DataView(chunk).getUint32(0);
  }
  return false;
}
