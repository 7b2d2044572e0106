/** The browser that captures use on this machine: the configured one, else an installed one, else the bundled one. */
import { readEnvironment } from "../src/app/environment.ts";
import { type Browser, findBrowser } from "../src/capture/browser/browser.ts";

export async function ownBrowser(): Promise<Browser> {
  const { browser: configured, cacheFolder, variables } = readEnvironment();
  return findBrowser({ cacheFolder, variables, ...(configured === undefined ? {} : { configured }) });
}
