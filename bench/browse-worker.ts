/**
 * Visits pages for pages.ts in a process of its own, one at a line from stdin, and says "done" after each. `bare`: Chromium
 * alone loads the page, scrolls through it and takes a picture. `placard`: it is captured and sealed.
 */
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium, type Page, type Request } from "playwright-core";
import { browserFor } from "../src/app/browser-for.ts";
import { captureAll } from "../src/app/capture-exhibit.ts";
import { openContext } from "../src/app/open-record.ts";
import { letHeapGrow } from "../src/lib/heap.ts";
import { withoutPauses } from "./without-pauses.ts";

/** As far down as captures scroll, and as large a window. */
const DEEPEST = 16_000;
const AT_ONCE = 2;
const VIEWPORT = { width: 1280, height: 800 };

// As the command line does; for both sides.
letHeapGrow();
const [what, record = ""] = process.argv.slice(2);
await using opened = await openContext(record);

async function bare(url: string): Promise<void> {
  const running = await chromium.launch({
    executablePath: browser.path,
    env: browser.env,
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const page = await running.newPage({ viewport: VIEWPORT });
  const asked = new Set<Request>();
  page.on("request", (request) => asked.add(request));
  const drop = (request: Request): void => void asked.delete(request);
  page.on("requestfinished", drop).on("requestfailed", drop);
  await page.goto(url, { waitUntil: "load" });
  const height = await scrollThrough(page, () => asked.size > 0);
  await page.screenshot({ path: join(record, "bare.png"), fullPage: true, ...clipped(height) });
  await running.close();
}

function clipped(height: number) {
  return height <= DEEPEST ? {} : { clip: { x: 0, y: 0, width: VIEWPORT.width, height: DEEPEST } };
}

/**
 * By a window's height at a time and two frames each, and on as long as a page asks for more at its end; gives the page's
 * height in the end.
 */
async function scrollThrough(page: Page, isWaiting: () => boolean): Promise<number> {
  const fits = (await page.evaluate("document.scrollingElement.scrollHeight <= innerHeight")) as boolean;
  if (fits && !isWaiting()) return VIEWPORT.height;
  for (let top = 0; ; ) {
    const [to, height] = (await page.evaluate(`(async () => {
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const page = document.scrollingElement;
      page.scrollTo({ top: ${top}, behavior: "instant" });
      await frame();
      await frame();
      return [page.scrollTop + innerHeight, page.scrollHeight];
    })()`)) as [number, number];
    if (to < Math.min(height, DEEPEST)) top = to;
    else if (to >= DEEPEST || !isWaiting()) {
      await page.evaluate("scrollTo({ top: 0, behavior: 'instant' })");
      return height;
    }
  }
}

/** One for all visits, since the browser is looked for once a context. */
const context = withoutPauses(opened.context, { atOnce: AT_ONCE, perHost: AT_ONCE });
const browser = await browserFor(context);

/** Several links at a line are visited at once. */
async function placard(urls: readonly string[]): Promise<void> {
  for (const outcome of await captureAll(context, urls, { allowPrivate: true })) {
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
