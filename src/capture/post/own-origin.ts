/**
 * Asking for more than the page did, in the capture's own browser, so by way of the gate and into the network log like all else:
 * from an empty page of the server's own origin in a context of its own, without cookies or a referrer, where no script of
 * anyone's runs.
 */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { comesWithin } from "../page/comes-within.ts";

/** Gives `work` until `patience` milliseconds are up. Never throws; nothing of it stays. */
export async function askApart(
  browser: Browser | null,
  patience: number,
  work: (context: BrowserContext) => Promise<void>,
): Promise<void> {
  if (browser === null || patience <= 0) return;
  await comesWithin(patience, withContext(browser, performance.now() + patience, work));
}

async function withContext(
  browser: Browser,
  until: number,
  work: (context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ acceptDownloads: false, serviceWorkers: "block" });
  try {
    await comesWithin(until - performance.now(), work(context));
  } finally {
    await context.close();
  }
}

/** An empty page, ours and asked of nobody; from it, what is asked for is of the same origin and can be read. */
export async function emptyPageOf(context: BrowserContext, origin: string, patience: number): Promise<Page> {
  const page = await context.newPage();
  await page.route(`${origin}/`, (route) => route.fulfill({ contentType: "text/html", body: "" }), { times: 1 });
  await page.goto(`${origin}/`, { waitUntil: "commit", timeout: patience });
  return page;
}
