/**
 * One capture: one browser process with a fresh profile, driven to one page. The browser's own network log is the byte
 * record; the DevTools protocol only drives the page and takes its picture.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, CDPSession, Frame, Page, Request, Response } from "playwright-core";
import type { Clock } from "../lib/clock.ts";
import { PlacardError } from "../lib/error.ts";
import type { Browser } from "./browser.ts";
import type { NotCaptured, Step } from "./capture.ts";
import type { Gate } from "./gate.ts";
import { launch } from "./launch.ts";
import { takeOpened } from "./opening.ts";
import { openEye, openPage, readPage, takePicture, visibleText } from "./page.ts";
import type { PageData } from "./page-data.ts";
import { isSamePage } from "./same-page.ts";
import { isBlank, notCaptured } from "./what-page.ts";

const LONGEST_ADDRESS = 8192;
const MOST_REDIRECTS = 20;

export interface SessionOptions {
  readonly browser: Browser;
  /** Scratch folder: the profile, the network log and the picture go there. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Milliseconds given to the page to load and come to rest. */
  readonly patience: number;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly onProgress: (step: string) => void;
  /** Called with the picture's path once the browser is told to end, which takes it as long as looking at the picture. */
  readonly onPicture?: (path: string) => void;
  /** Watches the page's traffic over DevTools; what it returns is awaited before the browser closes. */
  readonly watch?: (session: CDPSession) => Promise<() => Promise<void>>;
}

export interface RecordedPage {
  readonly outcome: "recorded";
  readonly netLog: string;
  readonly screenshot: string;
  /** Whether the page is taller or wider than its picture. */
  readonly screenshotCut: boolean;
  /** False where the page never came to rest: text and picture may then differ by a moment. */
  readonly atRest: boolean;
  /** What was pressed before, in order. */
  readonly steps: readonly Step[];
  readonly data: PageData;
  readonly finalUrl: string;
  readonly status: number;
  readonly mediaType: string;
  /** Addresses that sent the browser on, in order, without the last. */
  readonly redirects: readonly string[];
  /** Milliseconds since 1970 when the picture was taken. */
  readonly capturedAt: number;
  readonly browser: { readonly name: string; readonly version: string; readonly sandbox: boolean };
}

/**
 * Opens `url`, waits until it is at rest, reads it and takes its picture; when it returns, the browser is gone and its
 * network log complete. Throws `no_browser`, `storage`, and the signal's reason when that is aborted.
 */
export async function recordPage(url: URL, options: SessionOptions): Promise<RecordedPage | NotCaptured> {
  options.onProgress("starting the browser");
  const netLog = join(options.folder, "net-log.json");
  const { context, sandbox } = await launch({ ...options, gate: options.gate.port, netLog });
  const onAbort = (): void => void context.close().catch(() => undefined);
  options.signal.addEventListener("abort", onAbort, { once: true });
  try {
    options.signal.throwIfAborted();
    const page = await visit(context, url, options, { netLog, sandbox });
    // A page whose browser was closed under it looks like one that could not be opened.
    options.signal.throwIfAborted();
    if (page.outcome === "recorded") context.once("close", () => options.onPicture?.(page.screenshot));
    await context.close();
    return page;
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason;
    return failure(error);
  } finally {
    options.signal.removeEventListener("abort", onAbort);
    await context.close().catch(() => undefined);
    // While the rest goes on; whoever removes the whole folder later removes what is left of it.
    void rm(join(options.folder, "profile"), { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}

function failure(error: unknown): NotCaptured {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof PlacardError) throw error;
  if (code === "ENOSPC" || code === "EIO" || code === "EDQUOT") {
    throw new PlacardError("storage", `The capture could not be written: ${message}`, {
      cause: error,
      next: "Free some room on this disk, then run the same command again.",
    });
  }
  return notCaptured("browser", `The browser failed: ${String(message).split("\n", 1)[0]?.slice(0, 300)}.`);
}

async function visit(
  context: BrowserContext,
  url: URL,
  options: SessionOptions,
  { netLog, sandbox }: { readonly netLog: string; readonly sandbox: boolean },
): Promise<RecordedPage | NotCaptured> {
  const page = context.pages()[0] ?? (await context.newPage());
  keepToOnePage(context, page);
  const navigations = watchNavigations(page);
  const session = await context.newCDPSession(page);
  const finishWatching = await options.watch?.(session);
  const version = versionOf(session);
  version.catch(() => undefined);
  options.onProgress("opening the page");
  const deadline = performance.now() + options.patience;
  const unopened = await openPage(page, url, { timeout: options.patience, gate: options.gate });
  if (unopened !== undefined) return unopened;
  options.onProgress("waiting for the page to come to rest");
  const look = await openEye(session);
  const { taken, atRest, steps } = await takeOpened(page, look, deadline, {
    take: async () => ({
      data: await readPage(look),
      ...(await takePicture(page, look, options.folder)),
      capturedAt: options.clock.now(),
    }),
    isBlank: ({ data }) => isBlank(data),
    stillSo: async ({ data }) => (await visibleText(look)) === data.text,
  });
  const finalUrl = page.url();
  if (finalUrl.length > LONGEST_ADDRESS) return notCaptured("refused", "The page's address is longer than we keep.");
  await finishWatching?.();
  return {
    outcome: "recorded",
    netLog,
    ...taken,
    atRest,
    steps,
    finalUrl,
    ...answersOf(navigations, finalUrl),
    browser: { ...(await version), sandbox },
  };
}

/** Dialogs are waved away and windows of their own closed, so that nothing waits for a person who is not there. */
function keepToOnePage(context: BrowserContext, page: Page): void {
  page.on("dialog", (dialog) => void dialog.dismiss().catch(() => undefined));
  context.on("page", (other) => void other.close().catch(() => undefined));
  page.on("download", (download) => void download.cancel().catch(() => undefined));
}

function watchNavigations(page: Page): readonly Response[] {
  const navigations: Response[] = [];
  page.on("response", (response) => {
    const request = response.request();
    if (request.isNavigationRequest() && frameOf(request) === page.mainFrame()) navigations.push(response);
  });
  return navigations;
}

function frameOf(request: Request): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined; // A service worker's request has none.
  }
}

/** Of all answers to the page's own navigations, the one that is shown: a later one may have been a download. */
function answersOf(
  navigations: readonly Response[],
  finalUrl: string,
): Pick<RecordedPage, "status" | "mediaType" | "redirects"> {
  const at = navigations.findLastIndex((response) => isSamePage(response.url(), finalUrl));
  const shown = at < 0 ? navigations.length - 1 : at;
  const answer = navigations[shown];
  return {
    status: answer?.status() ?? 0,
    mediaType: (answer?.headers()["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "",
    redirects: navigations
      .slice(0, Math.max(0, shown))
      .slice(0, MOST_REDIRECTS)
      .map((response) => response.url().slice(0, LONGEST_ADDRESS)),
  };
}

async function versionOf(session: CDPSession): Promise<{ readonly name: string; readonly version: string }> {
  const { product } = await session.send("Browser.getVersion");
  const [name = "Chromium", version = ""] = product.split("/");
  return { name: name.replace("HeadlessChrome", "Chromium (headless)"), version };
}
