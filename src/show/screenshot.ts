import { decode, encode } from "fast-png";
import { toBase64 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { say } from "./said.ts";

/** A picture of the page as it is printed. */
export interface PrintedPicture {
  readonly width: number;
  readonly height: number;
  /** Whether only the top of the page is shown. */
  readonly cropped: boolean;
  readonly url: string;
}

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_PIXELS = 60_000_000;
/** Height over width; a taller page is cut here. */
const TALLEST = 0.75;

/**
 * Cuts the picture to what the placard shows, and keeps its pixels only: what is cut off, and what else the file
 * carried, is not in the print at all. Throws `too_large` or `malformed`.
 */
export function printedPicture(png: Uint8Array): PrintedPicture {
  const { width, height } = dimensions(png);
  const shown = Math.min(height, Math.ceil(width * TALLEST));
  try {
    const picture = decode(png);
    const data = picture.data.slice(0, (picture.data.length / height) * shown);
    const palette = picture.palette === undefined ? {} : { palette: picture.palette };
    const cut = encode({ width, height: shown, data, channels: picture.channels, depth: picture.depth, ...palette });
    const url = `data:image/png;base64,${toBase64(cut)}`;
    return { width, height: shown, cropped: shown < height, url };
  } catch (cause) {
    throw new PlacardError("malformed", say("screenshot_unreadable"), { cause });
  }
}

/** Width and height from the header (PNG, ISO/IEC 15948 §11.2.2). */
function dimensions(png: Uint8Array): { width: number; height: number } {
  if (png.length > MAX_BYTES) throw new PlacardError("too_large", say("screenshot_over_64"));
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  if (png.length < 33 || view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) {
    throw new PlacardError("malformed", say("screenshot_no_png"));
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) {
    throw new PlacardError("too_large", `The screenshot measures ${width} × ${height} pixels; 60 million is the most.`);
  }
  return { width, height };
}
