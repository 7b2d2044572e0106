/** When a page is at rest: loaded, no request under way and no change to the page for a short while. */
import type { Page } from "playwright-core";

/** Milliseconds without a request or a change that count as rest. */
const QUIET = 120;
/** A page that never rests (tickers, polling) is taken as it is after this long, once it has loaded. */
const LONGEST_UNREST = 8_000;
/** A page that is still blank gets this long to fill itself. */
const BLANK_PATIENCE = 4_000;
const STEP = 20;

/** Resolves when the page is at rest, or at `deadline` (`performance.now()` time): what is there then is what is captured. */
export async function settle(page: Page, deadline: number): Promise<void> {
  const traffic = watchTraffic(page);
  const left = (most: number): number => Math.max(1, Math.min(most, deadline - performance.now()));
  try {
    await page.waitForLoadState("load", { timeout: left(60_000) }).catch(() => undefined);
    await page
      .waitForFunction(
        "document.body && (document.body.innerText.trim() !== '' || document.images.length > 0)",
        undefined,
        {
          timeout: left(BLANK_PATIENCE),
          polling: STEP,
        },
      )
      .catch(() => undefined);
    const until = performance.now() + left(LONGEST_UNREST);
    let size = -1;
    let changed = performance.now();
    while (performance.now() < until) {
      const now = await measure(page);
      if (now !== size || traffic.open() > 0) {
        size = now;
        changed = performance.now();
      }
      if (performance.now() - changed >= QUIET) return;
      await new Promise((done) => setTimeout(done, STEP));
    }
  } finally {
    traffic.stop();
  }
}

/** Cheap to ask for often, and changes when a page's content does. */
async function measure(page: Page): Promise<number> {
  const size = await page.evaluate("document.documentElement.innerHTML.length").catch(() => -2);
  return typeof size === "number" ? size : -2;
}

function watchTraffic(page: Page): { readonly open: () => number; readonly stop: () => void } {
  const open = new Set<unknown>();
  const start = (request: unknown): void => void open.add(request);
  const end = (request: unknown): void => void open.delete(request);
  page.on("request", start).on("requestfinished", end).on("requestfailed", end);
  return {
    open: () => open.size,
    stop: () => {
      page.off("request", start).off("requestfinished", end).off("requestfailed", end);
    },
  };
}
