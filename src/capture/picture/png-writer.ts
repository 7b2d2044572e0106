/** Writes a PNG (W3C PNG, third edition): 8-bit RGB, no row filtered, deflated off this thread. Given as the parts of its file. */
import { promisify } from "node:util";
import { crc32, deflate } from "node:zlib";
import { giveBack, utf8 } from "../../lib/bytes.ts";
import type { Picture } from "../../verify/picture.ts";
import { PNG_SIGNATURE } from "./png.ts";

const compress = promisify(deflate);
const RGB = 2;

export async function encodePng({ width, height, rgb }: Picture): Promise<Uint8Array> {
  const rows = new Uint8Array(height * (1 + 3 * width));
  for (let y = 0; y < height; y++) {
    rows.set(rgb.subarray(3 * width * y, 3 * width * (y + 1)), y * (1 + 3 * width) + 1);
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, RGB);
  const data = await compress(rows);
  giveBack(rows);
  return Buffer.concat([
    PNG_SIGNATURE,
    ...chunk("IHDR", new Uint8Array(header.buffer)),
    ...chunk("IDAT", data),
    ...chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): readonly Uint8Array[] {
  const [length, check] = [new DataView(new ArrayBuffer(4)), new DataView(new ArrayBuffer(4))];
  length.setUint32(0, data.length);
  check.setUint32(0, crc32(data, crc32(utf8(type))));
  return [new Uint8Array(length.buffer), utf8(type), data, new Uint8Array(check.buffer)];
}
