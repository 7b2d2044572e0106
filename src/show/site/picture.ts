/** A picture that may be published: a PNG in which nothing but a picture can lie. */
import { latin1 } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";

const SIGNATURE_BYTES = 8;
/** Header, colours, pixels, end (PNG, third edition, §11.2 and §11.3.1): no text, no time, no thumbnail, no EXIF. */
const CHUNKS = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);

/** In pixels. Throws `malformed` where the file has any other part. */
export function plainPictureSize(png: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  if (png.length < 45 || view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) throw notPlain();
  let at = SIGNATURE_BYTES;
  let name = "";
  while (name !== "IEND") {
    if (at + 12 > png.length) throw notPlain();
    name = latin1(png.subarray(at + 4, at + 8));
    if (!CHUNKS.has(name)) throw notPlain();
    at += 12 + view.getUint32(at);
  }
  if (at !== png.length) throw notPlain();
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function notPlain(): PlacardError {
  return new PlacardError("malformed", "A picture for the site is no PNG of nothing but pixels; it was not published.");
}
