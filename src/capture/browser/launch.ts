/** Starts one browser process with a fresh profile and its network log on. */
import { statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { makeFolder } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";
import type { Browser } from "./browser.ts";
import { confined } from "./confined.ts";
import { type ProcessTree, processTree } from "./process-tree.ts";
import { steppingBack } from "./share.ts";

export const VIEWPORT = { width: 1280, height: 800 };
const LAUNCH_TIMEOUT = 30_000;
/** Bytes; a new profile takes a few megabytes. */
const LEAST_ROOM = 16 << 20;
/** An installed browser puts a socket into its folder for temporary files, and ends where the path is too long for one. */
const LONGEST_TEMPORARY = 60;

/** All that a browser writes lies under these, in the folder of its capture. */
export interface BrowserFiles {
  readonly profile: string;
  readonly netLog: string;
  readonly artifacts: string;
  readonly temporary: string;
  /** A program that becomes the browser, where it does not start by itself. */
  readonly starter: string;
}

export function browserFiles(folder: string): BrowserFiles {
  return {
    profile: join(folder, "profile"),
    netLog: join(folder, "net-log.json"),
    artifacts: join(folder, "artifacts"),
    temporary: join(folder, "temporary"),
    starter: join(folder, "start"),
  };
}

export interface LaunchOptions {
  readonly browser: Browser;
  readonly files: BrowserFiles;
  /** The gate's port: the browser's only way to any server. */
  readonly gate: number;
  /** Whether it writes down every byte; it does unless told. */
  readonly keepsLog?: boolean;
}

export interface Launched {
  readonly context: BrowserContext;
  /** Whether the browser's processes are confined by the system. */
  readonly sandbox: boolean;
  readonly tree: ProcessTree;
}

/** Throws `no_browser` where it does not start, and `storage` where that is for want of room. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  try {
    return await confined((sandbox) => open(options, sandbox), process.getuid?.() === 0);
  } catch (cause) {
    refuseFullDisk(options.files, cause);
    const [reason = ""] = String((cause as Error).message).split("\n");
    throw new PlacardError("no_browser", say("browser_not_start", { path: options.browser.path, why: reason }), {
      cause,
    });
  }
}

/** A browser that cannot write its profile does not say so. */
function refuseFullDisk({ profile }: BrowserFiles, cause: unknown): void {
  const { bavail, bsize } = statfsSync(dirname(profile));
  if (bavail * bsize >= LEAST_ROOM) return;
  throw new PlacardError("storage", say("browser_no_room"), {
    cause,
    next: say("free_then_again"),
  });
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

async function open({ browser, files, gate, keepsLog = true }: LaunchOptions, sandbox: boolean): Promise<Launched> {
  const context = await chromium.launchPersistentContext(files.profile, {
    executablePath: await steppingBack(browser.path, files.starter),
    env: await withOwnTemporary(browser, files),
    headless: true,
    chromiumSandbox: sandbox,
    viewport: VIEWPORT,
    acceptDownloads: false,
    artifactsDir: files.artifacts,
    permissions: [],
    timeout: LAUNCH_TIMEOUT,
    // Whoever runs a capture decides what a signal means; the browser goes when its pipe closes, even after kill −9.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...(keepsLog ? [`--log-net-log=${files.netLog}`, "--net-log-capture-mode=Everything"] : []),
      "--disable-gpu",
      "--disable-sync",
      "--no-pings",
      "--font-render-hinting=none",
      ...throughGate(gate),
      ...(browser.args ?? []),
    ],
  });
  try {
    return { context, sandbox, tree: processTree(await processOf(context)) };
  } catch (error) {
    await context.close().catch(() => undefined);
    throw error;
  }
}

/** A browser that is killed leaves temporary files, so they belong where everything of this capture goes in the end. */
async function withOwnTemporary(browser: Browser, { temporary }: BrowserFiles): Promise<Record<string, string>> {
  if (browser.source !== "bundled" && temporary.length > LONGEST_TEMPORARY) return browser.env;
  await makeFolder(temporary, { mode: 0o700 });
  return { ...browser.env, TMPDIR: temporary };
}

/** The id of the browser's first process, as the browser tells it. */
async function processOf(context: BrowserContext): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession();
  const told = await session?.send("SystemInfo.getProcessInfo");
  const first = told?.processInfo.find(({ type }) => type === "browser");
  await session?.detach();
  if (first === undefined) throw new Error("it does not tell its process");
  return first.id;
}
