/** Pictures that strangers send, before anybody has said that they are wanted. */
import { drawAnew } from "../capture/media/draw-anew.ts";
import { receivedPicture } from "../capture/received/picture.ts";

/** Told by its first bytes, whatever it is called; undefined for what is no picture that is taken in. */
export function screenshotType(bytes: Uint8Array): string | undefined {
  return receivedPicture(bytes);
}

/** What it shows, as a small PNG of our own making: nothing of the file itself is in it. Throws `malformed`, `too_large`. */
export async function previewOf(bytes: Uint8Array): Promise<Uint8Array> {
  return drawAnew(bytes);
}
