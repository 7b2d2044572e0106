/** The browser that captures use, told to trust one key: what captures do is not changed for a test's certificate. */
import { trusting } from "../../src/app/browser-trial.ts";
import type { Browser } from "../../src/capture/browser/browser.ts";
import { ownBrowser } from "../own-browser.ts";

export async function trustingBrowser(certificate: Buffer): Promise<Browser> {
  const found = await ownBrowser();
  return trusting(found, certificate);
}
