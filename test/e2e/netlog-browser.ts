/** A real Chromium that writes a network log, for the byte record's tests. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { throughGate } from "../../src/capture/browser/launch.ts";
import { type Gate, openGate } from "../../src/capture/gate/gate.ts";
import { ownBrowser } from "../own-browser.ts";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--ignore-certificate-errors",
  "--net-log-capture-mode=Everything",
];

export interface NetLogRun extends Disposable {
  readonly folder: string;
  readonly log: string;
  readonly serverOf: Gate["serverOf"];
}

/** Runs `visit` in a browser with a fresh profile; the log is whole when this resolves. */
export async function browse(visit: (page: Page) => Promise<void>, more: readonly string[] = []): Promise<NetLogRun> {
  const folder = mkdtempSync(join(tmpdir(), "placard-netlog-"));
  const log = join(folder, "net.json");
  const found = await ownBrowser();
  // As captures do.
  await using gate = await openGate({ mayReach: () => true });
  const browser = await chromium.launch({
    executablePath: found.path,
    env: found.env,
    headless: true,
    args: [...ARGS, `--log-net-log=${log}`, ...throughGate(gate.port), ...more],
  });
  try {
    await visit(await browser.newPage());
  } finally {
    await browser.close();
  }
  return {
    folder,
    log,
    serverOf: gate.serverOf,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Waits until the page's script has set the title to "done". */
export async function untilDone(page: Page): Promise<void> {
  await page.waitForFunction("document.title === 'done'", null, { timeout: 20_000 });
}
