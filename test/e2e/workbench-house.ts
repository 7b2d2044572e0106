/** The workbench as its owner has it open: a founded house that listens, and a real browser that is signed in to it. */
import { type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import type { Parts } from "../../src/server/parts.ts";
import { launchOwnBrowser } from "../own-browser.ts";
import { arrive, type EmptyHouse, emailOf, found, good, joinAs, joinedLongAgo, ownersHouse } from "../server/house.ts";
import { asNew, servedHouse, type Watched, watchedPage } from "./served-house.ts";

export const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

export interface OpenWorkbench extends AsyncDisposable {
  readonly house: EmptyHouse;
  readonly browser: Browser;
  /** The owner's cookies. */
  readonly cookie: string;
  /** Of the owner's authenticator app. */
  readonly secret: Uint8Array;
  /** A window of the owner's, at `path`; or of whoever has the cookies `as`, and of nobody where they are empty. */
  open(path: string, options?: BrowserContextOptions & { readonly as?: string }): Promise<Watched>;
  /** The owner's window that tests share which need no more than one at a time: at `path`, and as if it were new (asNew). */
  visit(path: string, looking?: Looking): Promise<Watched>;
}

interface Looking {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: "light" | "dark";
}

export async function openWorkbench(parts: Partial<Parts> = {}, group?: string): Promise<OpenWorkbench> {
  await using stack = new AsyncDisposableStack();
  const founded = group === undefined ? await ownersHouse() : undefined;
  const { url, house } = stack.use(await servedHouse({ ...parts, copyOf: founded?.folder }));
  if (founded === undefined) await good(await found(house, group));
  const { cookie, secret } = founded ?? (await arrive(house, emailOf("owner")));
  const browser = await launchOwnBrowser();
  stack.defer(() => browser.close());
  const open: OpenWorkbench["open"] = async (at, { as = cookie, ...options } = {}) => {
    const watched = await watchedPage(browser, { viewport: DESKTOP, locale: "en-GB", ...options });
    if (as !== "") await signIn(watched.page, url, as);
    await goTo(watched.page, url + at);
    return watched;
  };
  let shared: Watched | undefined;
  const running = stack.move();
  return {
    house,
    browser,
    cookie,
    secret,
    open,
    visit: async (at, { viewport = DESKTOP, colorScheme = "light" } = {}) => {
      if (shared === undefined || shared.page.isClosed()) {
        shared = await open(at, { viewport, colorScheme });
        return shared;
      }
      shared = await asNew(shared.page, url);
      await signIn(shared.page, url, cookie);
      await shared.page.setViewportSize(viewport);
      await shared.page.emulateMedia({ colorScheme });
      await goTo(shared.page, url + at);
      return shared;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function goTo(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator("h1").waitFor();
}

/** Gives a window somebody's cookies. */
export async function signIn(page: Page, url: string, cookie: string): Promise<void> {
  const cookies = cookie.split("; ").map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
  await page.context().addCookies(cookies);
}

/** The cookies of an organiser who has been there for a while, as the owner has: two who may publish together. */
export async function secondMember({ house, cookie }: Pick<OpenWorkbench, "house" | "cookie">): Promise<string> {
  await joinAs(house, cookie, "organiser");
  const second = await arrive(house, emailOf("organiser"));
  joinedLongAgo(house.folder);
  return second.cookie;
}
