import { type Browser, findBrowser } from "../capture/browser.ts";
import type { RecordContext } from "./context.ts";

/** The browser this record captures and prints with. Throws `no_browser`. */
export function browserFor({ environment, settings }: RecordContext): Promise<Browser> {
  const configured = environment.browser ?? settings.browser;
  return findBrowser({
    cacheFolder: environment.cacheFolder,
    variables: environment.variables,
    ...(configured === undefined ? {} : { configured }),
  });
}
