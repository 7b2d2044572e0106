/**
 * Finds a browser: the one named, an installed Chrome, Chromium or Edge, or the one in the npm package
 * `@sparticuz/chromium` (Linux x64, no root needed).
 */
import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";
import { unpackBundled } from "./bundled-browser.ts";

const run = promisify(execFile);

/** What belongs to the profile stays in memory and goes with the browser, cookies and cache too: it is on its way sooner than with files of its own. */
const KEEPS_NOTHING = "--incognito";

type Variables = Readonly<Record<string, string | undefined>>;

export interface Browser {
  /** Absolute path of the executable. */
  readonly path: string;
  /** The whole environment to start it with. */
  readonly env: Record<string, string>;
  readonly source: "configured" | "installed" | "bundled";
  /** More arguments to start it with. */
  readonly args?: readonly string[];
  /** Versions of it whose network log is known to lack or change what crosses the wire. */
  readonly unfitVersions?: readonly string[];
}

export interface FindBrowserOptions {
  /** Path of the browser to use, and no other. */
  readonly configured?: string;
  /** Private folder in which the bundled browser is kept unpacked. */
  readonly cacheFolder: string;
  readonly variables: Variables;
}

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
const USUAL_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * Chromium sets this itself, from one thread while others read variables; with glibc before 2.41 a variable that is new then moves all of
 * them, and a reader dies (in `getenv`, about once in a thousand starts). One that is there already stays where it is.
 */
const SET_BEFOREHAND = { FC_FONTATIONS: "1" };

/** Throws `no_browser`, saying what to do. */
export async function findBrowser(options: FindBrowserOptions): Promise<Browser> {
  const env = { ...definedOnly(options.variables), ...SET_BEFOREHAND };
  if (options.configured !== undefined) {
    if (isExecutable(options.configured)) return { path: options.configured, env, source: "configured" };
    throw new PlacardError("no_browser", say("configured_gone", { path: options.configured }), {
      next: say("mend_path"),
    });
  }
  const installed = installedBrowser(options.variables["PATH"] ?? "");
  if (installed !== undefined) return { path: installed, env, source: "installed" };
  return bundledBrowser(options.cacheFolder, env);
}

/** The browser of the npm package, unpacked once into a folder of the user's own. Throws `no_browser`. */
async function bundledBrowser(cacheFolder: string, env: Record<string, string>): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new PlacardError("no_browser", say("no_browser_found"), {
      next: say("install_or_name"),
    });
  }
  const unpacked = await unpackBundled(cacheFolder, env);
  const bare = { ...env, FONTCONFIG_FILE: unpacked.fontConfig };
  const withLibraries = {
    ...bare,
    LD_LIBRARY_PATH: [unpacked.libraries, env["LD_LIBRARY_PATH"]].filter(Boolean).join(":"),
  };
  for (const tried of [bare, withLibraries]) {
    if (await starts(unpacked.path, tried))
      return { path: unpacked.path, env: tried, source: "bundled", args: [KEEPS_NOTHING] };
  }
  throw new PlacardError("no_browser", say("bundled_not_start"), {
    next: say("install_any"),
  });
}

function installedBrowser(path: string): string | undefined {
  const onPath = path
    .split(delimiter)
    .flatMap((folder) => (folder === "" ? [] : NAMES.map((name) => join(folder, name))));
  return [...onPath, ...USUAL_PLACES].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path) && statSync(path).isFile();
  } catch {
    return false;
  }
}

async function starts(path: string, env: Record<string, string>): Promise<boolean> {
  try {
    return (await run(path, ["--version"], { env, timeout: 10_000 })).stdout.length > 0;
  } catch {
    return false;
  }
}

function definedOnly(variables: Variables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
