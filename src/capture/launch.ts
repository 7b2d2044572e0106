/** Starts one browser process with a fresh profile and its network log on. */
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { PlacardError } from "../lib/error.ts";
import type { Browser } from "./browser.ts";

export const VIEWPORT = { width: 1280, height: 800 };
const LAUNCH_TIMEOUT = 30_000;

export interface LaunchOptions {
  readonly browser: Browser;
  /** The profile goes there. */
  readonly folder: string;
  readonly netLog: string;
  /** The gate's port: the browser's only way to any server. */
  readonly gate: number;
}

export interface Launched {
  readonly context: BrowserContext;
  /** Whether the browser's processes are confined by the system. */
  readonly sandbox: boolean;
}

/** Throws `no_browser` where it does not start. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  // Chromium refuses its sandbox to root; elsewhere it is tried first, and what came of it is sealed.
  if (process.getuid?.() !== 0) {
    try {
      return { context: await open(options, true), sandbox: true };
    } catch {
      // Many containers forbid what the sandbox needs.
    }
  }
  try {
    return { context: await open(options, false), sandbox: false };
  } catch (cause) {
    const [reason = ""] = String((cause as Error).message).split("\n");
    throw new PlacardError("no_browser", `The browser ${options.browser.path} does not start: ${reason}`, { cause });
  }
}

/** Everything by way of the gate, the browser's own machine included; it resolves no name itself, and speaks no UDP. */
export function throughGate(port: number): readonly string[] {
  return [
    `--proxy-server=socks5://127.0.0.1:${port}`,
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
  ];
}

function open({ browser, folder, netLog, gate }: LaunchOptions, sandbox: boolean): Promise<BrowserContext> {
  return chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: browser.path,
    env: browser.env,
    headless: true,
    chromiumSandbox: sandbox,
    viewport: VIEWPORT,
    acceptDownloads: false,
    permissions: [],
    timeout: LAUNCH_TIMEOUT,
    // Whoever runs a capture decides what a signal means; the browser goes when its pipe closes, even after kill −9.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      `--log-net-log=${netLog}`,
      "--net-log-capture-mode=Everything",
      "--disable-gpu",
      "--disable-sync",
      "--no-pings",
      "--font-render-hinting=none",
      ...throughGate(gate),
    ],
  });
}
