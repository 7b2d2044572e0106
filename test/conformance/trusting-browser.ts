/** The browser that captures use, told to trust these keys: what captures do is not changed for a test's certificate. */
import { trusting } from "../../src/app/browser-trial.ts";
import type { Browser } from "../../src/capture/browser/browser.ts";
import { ownBrowser } from "../own-browser.ts";

export async function trustingBrowser(...certificates: readonly Buffer[]): Promise<Browser> {
  const found = await ownBrowser();
  return trusting(found, ...certificates);
}
