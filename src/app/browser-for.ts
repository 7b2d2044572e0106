import { type Browser, findBrowser } from "../capture/browser.ts";
import type { RecordContext } from "./context.ts";

const found = new WeakMap<RecordContext, Promise<Browser>>();

/** The browser this record captures and prints with, looked for once. Throws `no_browser`. */
export function browserFor(context: RecordContext): Promise<Browser> {
  const known = found.get(context);
  if (known !== undefined) return known;
  const browser = lookFor(context);
  found.set(context, browser);
  // One may be installed, or room made, before the next capture.
  browser.catch(() => found.delete(context));
  return browser;
}

function lookFor({ environment, settings }: RecordContext): Promise<Browser> {
  const configured = environment.browser ?? settings.browser;
  return findBrowser({
    cacheFolder: environment.cacheFolder,
    variables: environment.variables,
    ...(configured === undefined ? {} : { configured }),
  });
}
