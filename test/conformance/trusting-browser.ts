/** The browser that captures use, told to trust one key: what captures do is not changed for a test's certificate. */
import { trusting } from "../../src/app/browser-trial.ts";
import { readEnvironment } from "../../src/app/environment.ts";
import { type Browser, findBrowser } from "../../src/capture/browser/browser.ts";

export async function trustingBrowser(certificate: Buffer): Promise<Browser> {
  const { browser: configured, cacheFolder, variables } = readEnvironment();
  const found = await findBrowser({ cacheFolder, variables, ...(configured === undefined ? {} : { configured }) });
  return trusting(found, certificate);
}
