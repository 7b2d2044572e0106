import { type Browser, findBrowser } from "../capture/browser/browser.ts";
import { unfitVersions } from "./browser-fitness.ts";
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

/** … and what is known of it. Throws `no_browser`. */
export async function lookFor({
  environment,
  settings,
}: Pick<RecordContext, "environment" | "settings">): Promise<Browser> {
  const { cacheFolder, variables } = environment;
  const configured = environment.browser ?? settings.browser;
  const browser = await findBrowser({ cacheFolder, variables, ...(configured === undefined ? {} : { configured }) });
  return { ...browser, unfitVersions: await unfitVersions(cacheFolder, browser.path) };
}
