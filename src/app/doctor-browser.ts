/** The browser as captures will use it: which, confined or not, whether its network log holds, and what it can show. */
import { join } from "node:path";
import type { Browser } from "../capture/browser/browser.ts";
import { isPlacardError } from "../lib/error.ts";
import { type Fitness, keepFitness, lastTrial } from "./browser-fitness.ts";
import { lookFor } from "./browser-for.ts";
import { type BrowserTrial, tryBrowser } from "./browser-trial.ts";
import { note, type Sign, well, wrong } from "./doctor-sign.ts";
import type { Environment } from "./environment.ts";
import type { Settings } from "./settings.ts";

export interface TriedBrowser {
  readonly path: string;
  readonly version: string;
  readonly source: Browser["source"];
  /** What captures with it will be: "network-log" or "decoded". */
  readonly byteRecord: "network-log" | "decoded";
}

export interface BrowserLook {
  readonly signs: readonly Sign[];
  readonly browser?: TriedBrowser;
}

const SOURCES: Readonly<Record<Browser["source"], string>> = {
  configured: "the one that is configured",
  installed: "installed on this machine",
  bundled: "the one Placard brings along",
};

const OTHER_BROWSER =
  "Use a Chromium, Chrome or Edge that is neither much older nor much newer: PLACARD_BROWSER=/path/to/it.";

export async function lookAtBrowser(
  environment: Environment,
  settings: Settings,
  now: number,
  onProgress: (step: string) => void,
): Promise<BrowserLook> {
  try {
    onProgress("looking for a browser");
    const browser = await lookFor({ environment, settings });
    const trial = await tryBrowser(browser, { scratchFolder: join(environment.cacheFolder, "trials"), onProgress });
    const byteRecord = trial.wrong.length === 0 ? "network-log" : "decoded";
    const { version } = trial;
    const triedAt = new Date(now).toISOString();
    await keepFitness(environment.cacheFolder, { path: browser.path, version, byteRecord, triedAt });
    onProgress("looking at typefaces");
    return {
      browser: { path: browser.path, version, source: browser.source, byteRecord },
      signs: [
        well("browser", `Chromium ${version}, ${SOURCES[browser.source]}: ${browser.path}`),
        confinement(trial),
        byteRecordSign(trial),
        ...(await fontSigns(browser)),
      ],
    };
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    return { signs: [wrong("browser", error.message, error.next)] };
  }
}

/** The same without a trial, which takes long: what the last one of this browser said. */
export async function recallBrowser(environment: Environment, settings: Settings): Promise<BrowserLook> {
  try {
    const { path, source } = await lookFor({ environment, settings });
    const trial = await lastTrial(environment.cacheFolder, path);
    if (trial === undefined) {
      const why = `It is there, but was never tried on this machine: ${path}, ${SOURCES[source]}.`;
      return { signs: [note("browser", why, "placard doctor tries it; that takes about a minute.")] };
    }
    const { version, byteRecord } = trial;
    const why = `Chromium ${version} when it was last tried, ${SOURCES[source]}: ${path}`;
    return { browser: { path, version, source, byteRecord }, signs: [well("browser", why), recalledSign(trial)] };
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    return { signs: [wrong("browser", error.message, error.next)] };
  }
}

function recalledSign({ byteRecord, triedAt }: Fitness): Sign {
  if (byteRecord === "network-log") return well("byte record", `It held when it was tried, ${triedAt}.`);
  const why = `The browser's network log did not hold when it was tried, ${triedAt}. Captures take DevTools' bodies instead, and say so.`;
  return wrong("byte record", why, OTHER_BROWSER);
}

function confinement({ sandbox }: BrowserTrial): Sign {
  if (sandbox) return well("sandbox", "The system confines the browser's processes.");
  const root = process.getuid?.() === 0;
  return note(
    "sandbox",
    root
      ? "You are root, and to root the browser refuses to confine its processes: a page that breaks out of it has your rights."
      : "This system does not let the browser confine its processes: a page that breaks out of it has your rights.",
    root ? "Run Placard as a user of its own." : "Allow user namespaces, or run Placard where they are allowed.",
  );
}

function byteRecordSign({ requests, wrong: lacks }: BrowserTrial): Sign {
  const over = `${requests} requests over HTTP/1.1 and HTTP/2 with TLS, on this machine`;
  if (lacks.length === 0)
    return well("byte record", `Network log: every byte of ${over}, was in it as it crossed the wire.`);
  const first = (lacks[0] ?? "").split("\n", 1)[0]?.slice(0, 200) ?? "";
  return wrong(
    "byte record",
    `Decoded: this browser's network log does not hold (${first}; ${lacks.length === 1 ? "nothing was looked at beyond that" : `and ${lacks.length - 1} more things of ${over}`}). Captures take DevTools' bodies instead, without their coding on the wire, and say so.`,
    OTHER_BROWSER,
  );
}

async function fontSigns(browser: Browser): Promise<readonly Sign[]> {
  const { scriptsShown } = await import("../show/scripts.ts");
  const { notOnPlacards, notOnPages } = await scriptsShown(browser);
  const signs: Sign[] = [];
  if (notOnPlacards.length > 0) {
    const why = `Placards cannot show ${notOnPlacards.join(", ")}; such a print is refused.`;
    signs.push(note("fonts", why, "Install typefaces for these on this machine, for instance Noto."));
  }
  if (notOnPages.length > 0) {
    const why = `In pictures of pages, ${notOnPages.join(", ")} may come out as empty boxes; archive and text have every letter.`;
    signs.push(note("fonts", why, "Install typefaces for these on this machine, for instance Noto."));
  }
  return signs.length > 0 ? signs : [well("fonts", "Placards and pictures of pages show every script that was tried.")];
}
