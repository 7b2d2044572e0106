/** The browser that captures use on this machine: the configured one, else an installed one, else the bundled one. */
import { chromium, type Browser as Running } from "playwright-core";
import { readEnvironment } from "../src/app/environment.ts";
import { type Browser, findBrowser } from "../src/capture/browser/browser.ts";

export async function ownBrowser(): Promise<Browser> {
  const { browser: configured, cacheFolder, variables } = readEnvironment();
  return findBrowser({ cacheFolder, variables, ...(configured === undefined ? {} : { configured }) });
}

/** Started as it comes, for what a test itself looks at. */
export async function launchOwnBrowser(): Promise<Running> {
  const { path, env } = await ownBrowser();
  return chromium.launch({ executablePath: path, env, args: ["--disable-gpu"] });
}
