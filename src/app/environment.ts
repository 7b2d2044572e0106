/** The one place where the environment is read. Nothing of it is sealed. */
import { homedir } from "node:os";
import { join } from "node:path";

export interface Environment {
  /** A browser to use instead of the one that would be found. */
  readonly browser: string | undefined;
  /** Where unpacked browsers and compiled code are kept between runs; the user's own. */
  readonly cacheFolder: string;
  /** All of it, to start a browser with. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export function readEnvironment(): Environment {
  const { PLACARD_BROWSER, PLACARD_CACHE, XDG_CACHE_HOME } = process.env;
  return {
    browser: PLACARD_BROWSER || undefined,
    cacheFolder: PLACARD_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "placard"),
    variables: process.env,
  };
}
