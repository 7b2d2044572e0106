/** The thread of draw-anew.ts: one picture, decoded, made small and written as PNG. */
import { parentPort } from "node:worker_threads";
import { isPlacardError } from "../../lib/error.ts";
import type { Told } from "../../lib/told.ts";
import { encodePng } from "../picture/png-writer.ts";
import { say } from "../said.ts";
import { boundDecoders, decodePicture } from "./decode-picture.ts";
import type { Pixels } from "./pdq.ts";

export type Drawing =
  | { readonly png: Uint8Array }
  | { readonly code: "malformed" | "too_large"; readonly why: string | Told };

const WIDEST = 1_024;
const TALLEST = 4_096;
const WHITE = 255;

const port = parentPort;
boundDecoders();
port?.on("message", (bytes: Uint8Array) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window
  void draw(bytes).then((drawing) => port.postMessage(drawing));
});

async function draw(bytes: Uint8Array): Promise<Drawing> {
  try {
    return { png: await encodePng(shrunk(await decodePicture(bytes, { upright: true }))) };
  } catch (error) {
    const why = isPlacardError(error) ? (error.told ?? error.message) : say("picture_unreadable");
    return { code: isPlacardError(error, "too_large") ? "too_large" : "malformed", why };
  }
}

/** Each pixel is the mean of those it stands for, on white. */
function shrunk({ width: wide, height: high, rgba }: Pixels) {
  const step = Math.max(1, Math.ceil(wide / WIDEST), Math.ceil(high / TALLEST));
  const [width, height] = [Math.max(1, Math.floor(wide / step)), Math.max(1, Math.floor(high / step))];
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const sums = [0, 0, 0];
      let count = 0;
      for (let row = y * step; row < Math.min(high, (y + 1) * step); row++)
        for (let column = x * step; column < Math.min(wide, (x + 1) * step); column++) {
          const at = 4 * (row * wide + column);
          const alpha = rgba[at + 3] ?? WHITE;
          for (let i = 0; i < 3; i++)
            sums[i] = (sums[i] ?? 0) + ((rgba[at + i] ?? 0) * alpha + WHITE * (WHITE - alpha)) / WHITE;
          count++;
        }
      for (let i = 0; i < 3; i++) rgb[3 * (y * width + x) + i] = Math.round((sums[i] ?? 0) / count);
    }
  return { width, height, rgb };
}
