/** A real window in which a person signs in. What the site leaves in the browser is taken when the window is closed. */
import { type BrowserContext, chromium, type Browser as Running } from "playwright-core";
import { PlacardError } from "../../lib/error.ts";
import type { Browser } from "../browser/browser.ts";
import { confined } from "../browser/confined.ts";
import { throughGate } from "../browser/launch.ts";
import { say } from "../said.ts";
import type { StorageState } from "./state.ts";

const LAUNCH_TIMEOUT = 30_000;
/** Milliseconds a person gets; a forgotten window must not stay for ever. */
const PATIENCE = 1_800_000;

export interface WindowOptions {
  readonly browser: Browser;
  /** The gate's port: the browser's only way to any server. */
  readonly gate: number;
  readonly signal: AbortSignal;
  readonly onProgress: (step: string) => void;
}

/**
 * Opens `url` and waits until the person has closed the window (all of them). The browser keeps all of it in memory, as in a
 * private window; nothing of the site is written to disk. Throws `no_browser`, `cancelled`, `not_captured` where nothing was left.
 */
export async function signInByHand(url: URL, options: WindowOptions): Promise<StorageState> {
  refuseWithoutWindow(options.browser);
  options.onProgress("opening a window");
  const running = await launchWindow(options);
  const close = (): Promise<void> => running.close().catch(() => undefined);
  options.signal.addEventListener("abort", close, { once: true });
  try {
    options.signal.throwIfAborted();
    const context = await running.newContext({ viewport: null, acceptDownloads: false });
    await refuseHeadless(running);
    const page = await context.newPage();
    const closed = untilClosed(context, running);
    closed.catch(() => undefined);
    // What does not load the person sees, and may type another address.
    await page.goto(url.href, { waitUntil: "commit" }).catch(() => undefined);
    options.onProgress("sign in there, then close the window");
    await closed;
    options.onProgress("taking over the session");
    return notEmpty(await stateOf(context));
  } catch (error) {
    if (options.signal.aborted) throw new PlacardError("cancelled", say("sign_in_stopped"));
    throw error;
  } finally {
    options.signal.removeEventListener("abort", close);
    await close();
  }
}

function refuseWithoutWindow({ source, env }: Browser): void {
  if (source === "bundled") {
    throw new PlacardError("no_browser", say("no_window_browser"), {
      next: "Install Chrome, Chromium or Edge, or name one: PLACARD_BROWSER=/path/to/it. Then sign in again.",
    });
  }
  if (process.platform !== "linux" || env["DISPLAY"] || env["WAYLAND_DISPLAY"]) return;
  throw new PlacardError("no_browser", say("no_screen"), {
    next: say("own_desktop"),
  });
}

async function launchWindow({ browser, gate }: WindowOptions): Promise<Running> {
  const launch = (chromiumSandbox: boolean): Promise<Running> =>
    chromium.launch({
      executablePath: browser.path,
      env: browser.env,
      headless: false,
      chromiumSandbox,
      timeout: LAUNCH_TIMEOUT,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // Sites turn away a sign-in from a browser that says it is driven by a program; here a person drives it.
      ignoreDefaultArgs: ["--enable-automation"],
      args: ["--disable-blink-features=AutomationControlled", "--disable-sync", "--no-pings", ...throughGate(gate)],
    });
  try {
    return await confined(launch, process.getuid?.() === 0);
  } catch (cause) {
    const [reason = ""] = String((cause as Error).message).split("\n");
    throw new PlacardError("no_browser", say("opens_no_window", { path: browser.path, why: reason }), {
      cause,
      next: say("opens_by_itself"),
    });
  }
}

/** A headless shell takes the wish for a window and opens none. */
async function refuseHeadless(running: Running): Promise<void> {
  const session = await running.newBrowserCDPSession();
  const { product } = await session.send("Browser.getVersion");
  await session.detach();
  if (!/headless/i.test(product)) return;
  throw new PlacardError("no_browser", "The configured browser is a headless one, and can open no window.", {
    next: "Name a whole Chrome, Chromium or Edge: PLACARD_BROWSER=/path/to/it.",
  });
}

/** Sign-ins open windows of their own and close them again: the last one counts. */
async function untilClosed(context: BrowserContext, running: Running): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((done, fail) => {
      const look = (): void => {
        if (context.pages().length === 0) done();
      };
      for (const page of context.pages()) page.on("close", look);
      context.on("page", (page) => page.on("close", look));
      running.on("disconnected", () => fail(endedEarly()));
      timer = setTimeout(() => fail(tooLate()), PATIENCE);
    });
  } finally {
    clearTimeout(timer);
  }
}

async function stateOf(context: BrowserContext): Promise<StorageState> {
  try {
    return await context.storageState({ indexedDB: true });
  } catch {
    // Some databases hold what cannot be written down (keys that never leave the browser); few sites sign in by them.
    return context.storageState();
  }
}

function notEmpty(state: StorageState): StorageState {
  if (state.cookies.length > 0 || state.origins.length > 0) return state;
  throw new PlacardError("not_captured", say("nothing_left"), {
    next: say("sign_in_then_close"),
  });
}

function endedEarly(): PlacardError {
  return new PlacardError("not_captured", say("browser_ended"), {
    next: say("close_window_only"),
  });
}

function tooLate(): PlacardError {
  return new PlacardError("not_captured", say("window_too_long", { minutes: PATIENCE / 60_000 }));
}
