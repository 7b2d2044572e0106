/** The workbench as a member has it open: a founded house that listens, its built screens, and a real browser that is signed in. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { buildWorkbench } from "../../scripts/build-workbench.ts";
import type { Parts } from "../../src/server/parts.ts";
import { createSandbox } from "../../src/server/sandbox.ts";
import { openRooms } from "../../src/server/sandbox-rooms.ts";
import { listenTo } from "../../src/server/serve.ts";
import { ownBrowser } from "../own-browser.ts";
import { arrive, type EmptyHouse, emailOf, emptyHouse, found, good } from "../server/house.ts";

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

export interface Look {
  readonly viewport?: typeof PHONE;
  readonly colorScheme?: "light" | "dark";
  readonly locale?: "en-GB" | "he-IL";
}

export interface OpenWorkbench extends AsyncDisposable {
  readonly url: string;
  readonly house: EmptyHouse;
  /** The owner's cookies. */
  readonly cookie: string;
  /** What pages said on their console, and what they were forbidden. */
  readonly complaints: readonly string[];
  /** A window of the owner's, at `path`. */
  open(path: string, look?: Look): Promise<Page>;
}

export async function openWorkbench(parts: Partial<Parts> = {}): Promise<OpenWorkbench> {
  await using stack = new AsyncDisposableStack();
  const screens = join(import.meta.dirname, "../../dist/workbench");
  await buildWorkbench(screens);
  let answer: (request: Request, env: object) => Response | Promise<Response> = () => new Response("", { status: 503 });
  const listener = await listenTo((request, env) => answer(request, env), { host: "127.0.0.1", port: 0 });
  stack.defer(() => listener.close());
  let show: (request: Request) => Response | Promise<Response> = () => new Response("", { status: 503 });
  const beside = await listenTo((request) => show(request), { host: "127.0.0.1", port: 0 });
  stack.defer(() => beside.close());
  const sandbox = { origin: `http://127.0.0.1:${beside.port}`, rooms: openRooms() };
  const house = stack.use(await emptyHouse({ baseUrl: listener.url, screens, sandbox, ...parts }));
  answer = (request, env) => house.app.fetch(request, env);
  const shown = createSandbox({ house: house.house, sandbox, workbench: listener.url });
  show = (request) => shown.fetch(request);
  await good(await found(house));
  const { cookie } = await arrive(house, emailOf("owner"));
  const complaints: string[] = [];
  const browser = await startBrowser(stack);
  const running = stack.move();
  return {
    url: listener.url,
    house,
    cookie,
    complaints,
    open: async (path, look = {}) => {
      const context = await browser.newContext({ viewport: DESKTOP, locale: "en-GB", ...look });
      await signIn(context, listener.url, cookie);
      const page = await context.newPage();
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(listener.url + path);
      await page.locator("h1").waitFor();
      return page;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function startBrowser(stack: AsyncDisposableStack): Promise<Browser> {
  const found = await ownBrowser();
  const browser = await chromium.launch({ executablePath: found.path, env: found.env, args: ["--no-sandbox"] });
  stack.defer(() => browser.close());
  return browser;
}

async function signIn(context: BrowserContext, url: string, cookie: string): Promise<void> {
  const cookies = cookie.split("; ").map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
  await context.addCookies(cookies);
}

/** Nothing that keeps people out, as far as axe can tell. */
export async function assertAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" · ")}`),
    [],
  );
}
