/** The browser as captures will use it: which, confined or not, whether its network log holds, and what it can show. */
import { join } from "node:path";
import type { Browser } from "../capture/browser/browser.ts";
import { isPlacardError } from "../lib/error.ts";
import type { Within } from "../lib/told.ts";
import { type Fitness, keepFitness, lastTrial } from "./browser-fitness.ts";
import { lookFor } from "./browser-for.ts";
import type { BrowserTrial } from "./browser-trial.ts";
import { note, type Sign, troubled, well, wrong } from "./doctor-sign.ts";
import type { Environment } from "./environment.ts";
import { say } from "./said.ts";
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

const SOURCES: Readonly<Record<Browser["source"], Within>> = {
  configured: say("source_configured"),
  installed: say("source_installed"),
  bundled: say("source_bundled"),
};

const OTHER_BROWSER = say("another_browser");

export async function lookAtBrowser(
  environment: Environment,
  settings: Settings,
  now: number,
  onProgress: (step: string) => void,
): Promise<BrowserLook> {
  try {
    onProgress("looking for a browser");
    const browser = await lookFor({ environment, settings });
    const { tryBrowser } = await import("./browser-trial.ts");
    const trial = await tryBrowser(browser, { scratchFolder: join(environment.cacheFolder, "trials"), onProgress });
    const byteRecord = trial.wrong.length === 0 ? "network-log" : "decoded";
    const { version } = trial;
    const triedAt = new Date(now).toISOString();
    await keepFitness(environment.cacheFolder, { path: browser.path, version, byteRecord, triedAt });
    onProgress("looking at typefaces");
    return {
      browser: { path: browser.path, version, source: browser.source, byteRecord },
      signs: [
        well("browser", say("browser_is", { version, source: SOURCES[browser.source], path: browser.path })),
        confinement(trial),
        byteRecordSign(trial),
        ...(await fontSigns(browser)),
      ],
    };
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    return { signs: [troubled("browser", error)] };
  }
}

/** The same without a trial, which takes long: what the last one of this browser said. */
export async function recallBrowser(environment: Environment, settings: Settings): Promise<BrowserLook> {
  try {
    const { path, source } = await lookFor({ environment, settings });
    const trial = await lastTrial(environment.cacheFolder, path);
    if (trial === undefined) {
      const why = say("browser_untried", { path, source: SOURCES[source] });
      return { signs: [note("browser", why, say("doctor_tries"))] };
    }
    const { version, byteRecord } = trial;
    const why = say("browser_was", { version, source: SOURCES[source], path });
    return { browser: { path, version, source, byteRecord }, signs: [well("browser", why), recalledSign(trial)] };
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    return { signs: [troubled("browser", error)] };
  }
}

function recalledSign({ byteRecord, triedAt }: Fitness): Sign {
  if (byteRecord === "network-log") return well("byte record", say("log_held", { triedAt }));
  const why = say("log_did_not_hold", { triedAt });
  return wrong("byte record", why, OTHER_BROWSER);
}

function confinement({ sandbox }: BrowserTrial): Sign {
  if (sandbox) return well("sandbox", say("confined"));
  const root = process.getuid?.() === 0;
  return note(
    "sandbox",
    root ? say("root_unconfined") : say("unconfined"),
    root ? say("own_user") : say("allow_namespaces"),
  );
}

function byteRecordSign({ requests, wrong: lacks }: BrowserTrial): Sign {
  if (lacks.length === 0) return well("byte record", say("log_whole", { count: requests }));
  const first = (lacks[0] ?? "").split("\n", 1)[0]?.slice(0, 200) ?? "";
  const others =
    lacks.length === 1 ? say("log_first_only") : say("log_more", { count: lacks.length - 1, of: requests });
  return wrong("byte record", say("log_lacks", { first, others }), OTHER_BROWSER);
}

async function fontSigns(browser: Browser): Promise<readonly Sign[]> {
  const { scriptsShown } = await import("../show/scripts.ts");
  const { notOnPlacards, notOnPages } = await scriptsShown(browser);
  const signs: Sign[] = [];
  if (notOnPlacards.length > 0) {
    const why = say("placards_lack", { scripts: notOnPlacards.join(", ") });
    signs.push(note("fonts", why, say("install_typefaces")));
  }
  if (notOnPages.length > 0) {
    const why = say("pages_lack", { scripts: notOnPages.join(", ") });
    signs.push(note("fonts", why, say("install_typefaces")));
  }
  return signs.length > 0 ? signs : [well("fonts", say("every_script"))];
}
