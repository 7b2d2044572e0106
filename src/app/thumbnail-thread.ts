/** A thread of thumbnail.ts: makes a picture small, each time it is handed one. */
import { parentPort } from "node:worker_threads";
import { openPng } from "../capture/picture/png.ts";
import { encodePng } from "../capture/picture/png-writer.ts";
import { isPlacardError } from "../lib/error.ts";
import { type Trouble, troubleOf } from "./capture-messages.ts";

/** The small picture as PNG, or why there is none. */
export type Shrunk = Uint8Array | Trouble;

const WIDTH = 320;
/** Height over width of what is shown. */
const TALLEST = 0.75;

/** Each pixel is the mean of those it stands for; only the rows that are shown are unpacked. */
async function shrunk(file: Uint8Array): Promise<Uint8Array> {
  const png = openPng(file);
  const step = Math.max(1, Math.ceil(png.width / WIDTH));
  const width = Math.floor(png.width / step);
  const height = Math.max(1, Math.floor(Math.min(png.height, Math.ceil(png.width * TALLEST)) / step));
  const rgb = new Uint8Array(3 * width * height);
  let y = 0;
  for await (const rows of png.rows(step)) {
    if (y === height) break;
    const count = Math.floor(rows.length / (png.width * png.channels));
    meanRow(rows, { ...png, count, step, width }, rgb.subarray(3 * width * y, 3 * width * (y + 1)));
    y++;
  }
  return encodePng({ width, height, rgb });
}

interface Strip {
  readonly channels: number;
  readonly count: number;
  readonly step: number;
  readonly width: number;
}

function meanRow(rows: Uint8Array, { channels, count, step, width }: Strip, into: Uint8Array): void {
  const length = rows.length / Math.max(1, count);
  for (let x = 0; x < width; x++) {
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      for (let row = 0; row < count; row++) {
        for (let column = 0; column < step; column++)
          sum += rows[row * length + (x * step + column) * channels + channel] ?? 0;
      }
      into[3 * x + channel] = Math.round(sum / (count * step));
    }
  }
}

const port = parentPort;
port?.on("message", (file: ArrayBuffer) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window
  const answer = (message: Shrunk): void => port.postMessage(message);
  void shrunk(new Uint8Array(file)).then(answer, (error: unknown) => {
    if (!isPlacardError(error)) throw error;
    answer(troubleOf(error));
  });
});
