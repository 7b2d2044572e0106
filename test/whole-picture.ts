/** The whole of a picture in memory, as tests compare it. */
import { openPicture } from "../src/capture/picture/picture.ts";
import { whole } from "../src/lib/pieces.ts";
import type { Picture } from "../src/verify/picture.ts";

export async function readPicture(png: Uint8Array): Promise<Picture> {
  const { width, height, strips } = openPicture(png);
  return { width, height, rgb: new Uint8Array(await whole(strips)) };
}
