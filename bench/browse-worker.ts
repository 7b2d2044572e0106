/**
 * Visits pages for pages.ts in a process of its own, one at a line from stdin, and says "done" after each. `bare`: Chromium
 * alone loads the page, scrolls through it and takes a picture. `placard`: it is captured and sealed.
 */
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium, type Page } from "playwright-core";
import { browserFor } from "../src/app/browser-for.ts";
import { captureAll } from "../src/app/capture-exhibit.ts";
import { openContext } from "../src/app/open-record.ts";

/** As far down as captures scroll, and as large a window. */
const DEEPEST = 16_000;
const VIEWPORT = { width: 1280, height: 800 };

const [what, record = ""] = process.argv.slice(2);
await using opened = await openContext(record);
const browser = await browserFor(opened.context);

async function bare(url: string): Promise<void> {
  const running = await chromium.launch({
    executablePath: browser.path,
    env: browser.env,
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const page = await running.newPage({ viewport: VIEWPORT });
  await page.goto(url, { waitUntil: "load" });
  const height = await scrollThrough(page);
  await page.screenshot({ path: join(record, "bare.png"), fullPage: true, ...clipped(height) });
  await running.close();
}

function clipped(height: number) {
  return height <= DEEPEST ? {} : { clip: { x: 0, y: 0, width: VIEWPORT.width, height: DEEPEST } };
}

/** By a window's height at a time and two frames each; gives the page's height in the end. */
async function scrollThrough(page: Page): Promise<number> {
  return page.evaluate(`(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const page = document.scrollingElement;
    for (let top = innerHeight; top < Math.min(page.scrollHeight, ${DEEPEST}); top += innerHeight) {
      page.scrollTo({ top, behavior: "instant" });
      await frame();
      await frame();
    }
    page.scrollTo({ top: 0, behavior: "instant" });
    return page.scrollHeight;
  })()`);
}

/** Several links at a line are visited at once. */
async function placard(urls: readonly string[]): Promise<void> {
  const { context } = opened;
  const settings = { ...context.settings, capture: { ...context.settings.capture, atOnce: urls.length } };
  for (const outcome of await captureAll({ ...context, settings }, urls, { allowPrivate: true })) {
    if (outcome.outcome !== "sealed") throw new Error(JSON.stringify(outcome));
  }
}

console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const urls = line.split(" ");
  if (what === "bare") await Promise.all(urls.map(bare));
  else await placard(urls);
  console.log("done");
}
