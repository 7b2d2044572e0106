/** A house before day one, on a port of this machine, with the built workbench; and a browser's page that must not complain. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { buildWorkbench } from "../../scripts/build-workbench.ts";
import { createSandbox } from "../../src/server/sandbox.ts";
import { openRooms } from "../../src/server/sandbox-rooms.ts";
import { listenTo } from "../../src/server/serve.ts";
import { type EmptyHouse, emptyHouse, type HouseOptions } from "../server/house.ts";
import { barriersOn } from "./barriers.ts";

const LOOPBACK = { host: "127.0.0.1", port: 0 };
const screens = join(import.meta.dirname, "..", "..", "dist", "workbench");

export interface ServedHouse extends AsyncDisposable {
  readonly url: string;
  readonly house: EmptyHouse;
}

export async function servedHouse(parts: HouseOptions = {}): Promise<ServedHouse> {
  await buildWorkbench();
  // The ports first: cookies and links are made for them.
  const main = await listenTo((request, env) => house.app.fetch(request, env), LOOPBACK);
  const beside = await listenTo((request) => captured.fetch(request), LOOPBACK);
  const sandbox = { origin: `http://127.0.0.1:${beside.port}`, rooms: openRooms() };
  const house = await emptyHouse({ baseUrl: main.url, screens, sandbox, ...parts });
  const captured = createSandbox({ house: house.house, sandbox, workbench: main.url });
  return {
    url: main.url,
    house,
    [Symbol.asyncDispose]: async () => {
      await main.close();
      await beside.close();
      await house[Symbol.asyncDispose]();
    },
  };
}

/** What one meets who is not signed in yet, asks who they are, and is told; and that no worker is set up in that test. */
const EXPECTED = /the server responded with a status of 40[13]|Service Worker registration blocked/;

export interface Watched {
  readonly page: Page;
  /** What the browser held against the page: errors, and all that its security policy stopped. */
  readonly complaints: readonly string[];
}

export async function watchedPage(browser: Browser, options: BrowserContextOptions): Promise<Watched> {
  // A worker fetches the whole workbench into each new context; those tests that are about it let it.
  const page = await browser.newPage({ serviceWorkers: "block", ...options });
  const complaints = complaintsOf(page);
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, sample, blockedURI }) => {
      console.error(`stopped: ${violatedDirective} ${blockedURI} ${sample} on ${window.origin}`);
    });
  });
  return { page, complaints };
}

/**
 * A window that served a test, for another, which is about the house at `url`: nobody is signed in, and nothing is left of what was
 * done in it. A new one begins a process that reads the whole workbench anew, which costs three times as much.
 */
export async function asNew(page: Page, url: string): Promise<Watched> {
  const context = page.context();
  const { origin } = new URL(page.url());
  for (const event of ["console", "download", "pageerror", "request"]) page.removeAllListeners(event);
  await page.unrouteAll();
  // Nothing of that page may be there that writes down what it holds; and of another site than ours, it would take a new process.
  await page.goto(`${url}/icon.svg`);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
  await devtools.detach();
  await context.clearCookies();
  return { page, complaints: complaintsOf(page) };
}

/** What the browser holds against the page from now on. */
function complaintsOf(page: Page): readonly string[] {
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (!EXPECTED.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}

const DEEP = process.env["PLACARD_DEEP"] === "1";
let turn = 0;

/** Where `looksRight` keeps a picture of this name, if pictures are wanted. */
export const shotOf = (name: string): { readonly shot?: string } => {
  const shots = process.env["PLACARD_SHOTS"];
  return shots ? { shot: join(shots, name) } : {};
};

/**
 * No barrier that axe knows of, nothing wider than the screen, no target too small for a finger; in light and in dark. In the ordinary
 * run what is looked at is looked at in one of the two, by turns.
 */
export async function looksRight(page: Page, { shot }: { readonly shot?: string } = {}): Promise<void> {
  await page.locator("h1").waitFor();
  await page.evaluate(() => document.fonts.ready);
  const both = ["dark", "light"] as const;
  const one = turn++ % both.length;
  const schemes = DEEP || shot !== undefined ? both : both.slice(one, one + 1);
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    if (shot !== undefined) await page.screenshot({ path: `${shot}-${colorScheme}.png`, fullPage: true });
    // Only colours are other in the second.
    const looking = colorScheme === schemes[0] ? "everything" : "colours";
    assert.deepEqual(await barriersOn(page, looking), [], `${page.url()}, ${colorScheme}`);
  }
  assert.deepEqual(await page.evaluate(tooWideOrSmall), [], page.url());
}

/** Runs in the page. */
export function tooWideOrSmall(): readonly string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = scrollWidth > clientWidth ? [`${scrollWidth} pixels wide on ${clientWidth}`] : [];
  const targets = document.querySelectorAll<HTMLElement>(
    "a[href], button, select, summary, textarea:not([aria-hidden]), input:not([type=hidden])",
  );
  const small = [...targets].filter((target) => {
    const { width, height, bottom } = (
      target.closest("label, .mantine-Switch-body, .mantine-Checkbox-body") ?? target
    ).getBoundingClientRect();
    return bottom > 0 && width > 0 && (height < 44 || width < 44);
  });
  return [...wide, ...small.map(({ outerHTML }) => `too small: ${outerHTML.slice(0, 160)}`)];
}
