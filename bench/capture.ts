/** A capture of the sample post, sealed, beside a bare load of the same page with a full-page screenshot. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { browserFor } from "../src/app/browser-for.ts";
import { captureAll } from "../src/app/capture-exhibit.ts";
import { initRecord } from "../src/app/init-record.ts";
import { openContext } from "../src/app/open-record.ts";
import { startForum } from "../src/sample/forum.ts";
import { median, type Row } from "./row.ts";
import { withoutPauses } from "./without-pauses.ts";

const RUNS = 9;

export async function bench(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "placard-bench-"));
  try {
    await initRecord(join(folder, "record"), { name: "Bench" });
    await using opened = await openContext(join(folder, "record"));
    await using forum = await startForum();
    const url = forum.postUrl(forum.samplePost);
    const context = withoutPauses(opened.context);
    const browser = await browserFor(context);
    const bare = async (): Promise<void> => {
      const running = await chromium.launch({
        executablePath: browser.path,
        env: browser.env,
        chromiumSandbox: process.getuid?.() !== 0,
      });
      const page = await running.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(url, { waitUntil: "load" });
      await page.screenshot({ path: join(folder, "bare.png"), fullPage: true });
      await running.close();
    };
    const ours = async (): Promise<void> => {
      const [outcome] = await captureAll(context, [url], { allowPrivate: true });
      if (outcome?.outcome !== "sealed") throw new Error(JSON.stringify(outcome));
    };
    const times: { bare: number; ours: number }[] = [];
    for (let i = 0; i <= RUNS; i++) {
      const pair = { bare: await timed(bare), ours: await timed(ours) };
      if (i > 0) times.push(pair);
    }
    const ratio = median(times.map((pair) => pair.ours / pair.bare));
    return [
      {
        name: "capture and seal the sample post (peer: bare load, picture)",
        value: median(times.map((pair) => pair.ours)),
        unit: "ms",
        peer: median(times.map((pair) => pair.bare)),
        ratio,
        limit: "≤ 1.5 ×",
        holds: ratio <= 1.5,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
