/** A record of 100,000 exhibits for the measurements of the workbench: sealed as every act is, but for that nothing was captured. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { initRecord } from "../src/app/init-record.ts";
import { openContext } from "../src/app/open-record.ts";
import { sealAll } from "../src/app/seal.ts";
import { encodePng } from "../src/capture/picture/png-writer.ts";
import type { BlobRef } from "../src/record/act.ts";
import { EXHIBITS, inventedPost } from "./web-posts.ts";

const BATCH = 4096;
const PICTURES = 40;

/** A record of invented posts; as many captures may run at once. */
export async function fillRecord(folder: string, captures: number): Promise<void> {
  const started = performance.now();
  await initRecord(folder, { name: "Northside Monitor" });
  await writeFile(join(folder, "config.json"), JSON.stringify({ capture: { atOnce: captures, gapSeconds: 0 } }));
  await using opened = await openContext(folder);
  const { context } = opened;
  const screenshots: BlobRef[] = [];
  for (let n = 0; n < PICTURES; n += 1) {
    screenshots.push(await context.vault.putBlob([await encodePng(pageOf(n))], "image/png"));
  }
  for (let from = 0; from < EXHIBITS; from += BATCH) {
    const count = Math.min(BATCH, EXHIBITS - from);
    const acts = Array.from({ length: count }, (_, i) => {
      const screenshot = screenshots[(from + i) % PICTURES];
      return { ...inventedPost(from + i), ...(screenshot === undefined ? {} : { screenshot: { ...screenshot } }) };
    });
    await sealAll(context, acts);
  }
  await context.index.catchUp();
  console.log(`${EXHIBITS} exhibits sealed and projected in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/** White, with lines of something like letters, as pages are. */
function pageOf(n: number): Parameters<typeof encodePng>[0] {
  const [width, height] = [1280, 1600];
  const rgb = new Uint8Array(3 * width * height).fill(255);
  for (let i = 0; i < rgb.length; i += 1) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    const isLine = y % 24 < 12 && x > 200 && x < 800 + ((y * (n + 3)) % 300);
    if (isLine && ((x * 31 + y * 17 + n) >> 2) % 3 === 0) rgb[i] = 40;
  }
  return { width, height, rgb };
}
