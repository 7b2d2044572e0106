/** Where in a picture there are codes that a telephone reads: one may lead to a private person's profile. What they say is not looked at. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Position, prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import type { Picture, PictureSize } from "../../verify/picture.ts";
import type { PlaceBox } from "../page/private-places.ts";

const MOST = 50;
/** A code has a white margin of its own; its corners are those of its squares. */
const MARGIN = 2;

export async function codesIn(picture: Picture): Promise<readonly PlaceBox[]> {
  const wasmBinary = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
  await prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasmBinary).buffer }, fireImmediately: true });
  const { width, height } = picture;
  const image = { width, height, data: rgbaOf(picture), colorSpace: "srgb" } as ImageData;
  const codes = await readBarcodes(image, {
    formats: ["QRCode", "MicroQRCode"],
    tryHarder: true,
    maxNumberOfSymbols: MOST,
    // One that cannot be read here may be by another program.
    returnErrors: true,
  });
  return codes.map(({ position }) => around(position, picture)).filter(isSquare);
}

function around({ topLeft, topRight, bottomRight, bottomLeft }: Position, { width, height }: PictureSize): PlaceBox {
  const corners = [topLeft, topRight, bottomRight, bottomLeft];
  const [across, down] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [x, y] = [Math.max(0, Math.min(...across) - MARGIN), Math.max(0, Math.min(...down) - MARGIN)];
  return [x, y, Math.min(width, Math.max(...across) + MARGIN) - x, Math.min(height, Math.max(...down) + MARGIN) - y];
}

/** Of what could not be read, much is no code at all. One that lies askew has a square about it, too. */
const isSquare = ([, , width, height]: PlaceBox): boolean => width < 1.25 * height && height < 1.25 * width;

function rgbaOf({ width, height, rgb }: Picture): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) rgba.set(rgb.subarray(from, from + 3), to);
  return rgba;
}
