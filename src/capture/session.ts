/**
 * One capture: one browser process with a fresh profile, driven to one page. The browser's own network log is the byte
 * record; the DevTools protocol only drives the page and takes its picture.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type BrowserContext,
  type CDPSession,
  chromium,
  type Frame,
  type Page,
  type Request,
  type Response,
} from "playwright-core";
import { PlacardError } from "../lib/error.ts";
import type { Browser } from "./browser.ts";
import { COLLECT_PAGE, LONGEST_CONTENT, LONGEST_TEXT, type PageData } from "./page-data.ts";
import { takeAtRest } from "./settle.ts";

const VIEWPORT = { width: 1280, height: 800 };
/** Chromium paints no taller picture reliably; what is below is in the archive and the text. */
const TALLEST = 16_000;
const LOOK_TIMEOUT = 10_000;

export interface SessionOptions {
  readonly browser: Browser;
  /** Scratch folder: the profile, the network log and the picture go there. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Milliseconds given to the page to load and come to rest. */
  readonly patience: number;
  readonly onProgress: (step: string) => void;
  /** Called with the picture's path when it will not change any more, while the browser still has to close. */
  readonly onPicture?: (path: string) => void;
}

export interface RecordedPage {
  readonly netLog: string;
  readonly screenshot: string;
  /** Whether the page is taller than its picture. */
  readonly screenshotCut: boolean;
  /** False where the page never came to rest: text and picture may then differ by a moment. */
  readonly atRest: boolean;
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
 * network log complete. Throws `not_captured` (cause in the message's words), `no_browser`, `cancelled`.
 */
export async function recordPage(url: URL, options: SessionOptions): Promise<RecordedPage> {
  options.onProgress("starting the browser");
  const netLog = join(options.folder, "net-log.json");
  const { context, sandbox } = await launch(options, netLog);
  const onAbort = (): void => void context.close().catch(() => undefined);
  options.signal.addEventListener("abort", onAbort, { once: true });
  try {
    options.signal.throwIfAborted();
    return { netLog, ...(await visit(context, url, options, sandbox)) };
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason;
    if (error instanceof PlacardError) throw error;
    throw new PlacardError("not_captured", `The browser failed: ${firstLine(error)}`, { cause: error });
  } finally {
    options.signal.removeEventListener("abort", onAbort);
    await context.close().catch(() => undefined);
    // While the rest goes on; whoever removes the whole folder later removes what is left of it.
    void rm(join(options.folder, "profile"), { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}

async function launch(options: SessionOptions, netLog: string): Promise<{ context: BrowserContext; sandbox: boolean }> {
  const open = (sandbox: boolean): Promise<BrowserContext> =>
    chromium.launchPersistentContext(join(options.folder, "profile"), {
      executablePath: options.browser.path,
      env: options.browser.env,
      headless: true,
      chromiumSandbox: sandbox,
      viewport: VIEWPORT,
      acceptDownloads: false,
      permissions: [],
      timeout: 30_000,
      args: [
        `--log-net-log=${netLog}`,
        "--net-log-capture-mode=Everything",
        "--disable-quic",
        "--disable-gpu",
        "--disable-sync",
        "--no-pings",
        "--font-render-hinting=none",
      ],
    });
  // Chromium refuses its sandbox to root; elsewhere it is tried first, and what came of it is sealed.
  if (process.getuid?.() !== 0) {
    try {
      return { context: await open(true), sandbox: true };
    } catch {
      // Many containers forbid what the sandbox needs.
    }
  }
  try {
    return { context: await open(false), sandbox: false };
  } catch (cause) {
    throw new PlacardError("no_browser", `The browser ${options.browser.path} does not start: ${firstLine(cause)}`, {
      cause,
    });
  }
}

type Visited = Omit<RecordedPage, "netLog">;

async function visit(context: BrowserContext, url: URL, options: SessionOptions, sandbox: boolean): Promise<Visited> {
  const page = context.pages()[0] ?? (await context.newPage());
  keepToOnePage(context, page);
  const navigations: Response[] = [];
  page.on("response", (response) => {
    if (response.request().isNavigationRequest() && frameOf(response.request()) === page.mainFrame())
      navigations.push(response);
  });
  options.onProgress("opening the page");
  const deadline = performance.now() + options.patience;
  await open(page, url, options.patience);
  options.onProgress("waiting for the page to come to rest");
  const session = await context.newCDPSession(page);
  const look = await openEye(session);
  const { taken, atRest } = await takeAtRest(page, deadline, {
    take: async () => ({
      data: (await look(`(${COLLECT_PAGE})(${LONGEST_TEXT}, ${LONGEST_CONTENT})`)) as PageData,
      ...(await takePicture(page, options.folder)),
      capturedAt: Date.now(),
    }),
    stillSo: async ({ data }) => (await look(VISIBLE_TEXT)) === data.text,
  });
  options.onPicture?.(taken.screenshot);
  const last = navigations.at(-1);
  const { product } = await session.send("Browser.getVersion");
  const [name = "Chromium", version = ""] = product.split("/");
  return {
    ...taken,
    atRest,
    finalUrl: page.url(),
    status: last?.status() ?? 0,
    mediaType: (last?.headers()["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "",
    redirects: redirectsTo(last, navigations),
    browser: { name: name.replace("HeadlessChrome", "Chromium (headless)"), version, sandbox },
  };
}

/** Dialogs are waved away and windows of their own closed, so that nothing waits for a person who is not there. */
function keepToOnePage(context: BrowserContext, page: Page): void {
  page.on("dialog", (dialog) => void dialog.dismiss().catch(() => undefined));
  context.on("page", (other) => void other.close().catch(() => undefined));
  page.on("download", (download) => void download.cancel().catch(() => undefined));
}

async function open(page: Page, url: URL, patience: number): Promise<void> {
  try {
    await page.goto(url.href, { waitUntil: "commit", timeout: patience });
  } catch (cause) {
    throw new PlacardError("not_captured", openFailure(firstLine(cause)), { cause });
  }
}

function openFailure(message: string): string {
  const code = /net::(ERR_\w+)/.exec(message)?.[1];
  if (/Download is starting/.test(message)) return "It is not a web page but a file to download.";
  if (/Timeout/.test(message)) return "The page did not answer in time.";
  if (code === undefined) return `The page could not be opened: ${message}`;
  if (code === "ERR_NAME_NOT_RESOLVED") return `There is no such site (${code}).`;
  if (/CERT|SSL/.test(code)) return `The site's certificate does not hold (${code}).`;
  return `The site could not be reached (${code}).`;
}

const VISIBLE_TEXT = `(document.body ? document.body.innerText : "").slice(0, ${LONGEST_TEXT})`;

/** Evaluates in the page's document, in a JavaScript world in which the page's own scripts have changed nothing. */
async function openEye(session: CDPSession): Promise<(expression: string) => Promise<unknown>> {
  const { frameTree } = await session.send("Page.getFrameTree");
  return async (expression) => {
    // A new world each time: a page that navigates by itself takes its worlds with it.
    const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression,
      contextId: executionContextId,
      returnByValue: true,
      timeout: LOOK_TIMEOUT,
    });
    if (exceptionDetails !== undefined) throw new PlacardError("not_captured", "The page could not be read.");
    return result.value;
  };
}

async function takePicture(page: Page, folder: string): Promise<{ screenshot: string; screenshotCut: boolean }> {
  const screenshot = join(folder, "screenshot.png");
  const height = await page.evaluate("document.documentElement.scrollHeight").catch(() => 0);
  const screenshotCut = typeof height === "number" && height > TALLEST;
  await page.screenshot({
    path: screenshot,
    fullPage: true,
    animations: "disabled",
    caret: "hide",
    timeout: 30_000,
    ...(screenshotCut ? { clip: { x: 0, y: 0, width: VIEWPORT.width, height: TALLEST } } : {}),
  });
  return { screenshot, screenshotCut };
}

/** Redirects by the server, and pages that sent the browser on by themselves. */
function redirectsTo(last: Response | undefined, navigations: readonly Response[]): readonly string[] {
  return navigations.filter((response) => response !== last).map((response) => response.url());
}

function frameOf(request: Request): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined; // A service worker's request has none.
  }
}

function firstLine(error: unknown): string {
  return (
    String((error as Error).message ?? error)
      .split("\n")[0]
      ?.slice(0, 300) ?? ""
  );
}
