/** The deeds of the workbench on a telephone and at a desk: the same done on both, by touch on the one. */
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import type { Watched } from "./served-house.ts";
import { type OpenWorkbench, PHONE } from "./workbench-house.ts";

export type Size = "phone" | "desk";
export const SIZES: Readonly<Record<Size, BrowserContextOptions>> = {
  phone: { viewport: PHONE, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1280, height: 800 } },
};

export interface Deeds extends Watched {
  /** By a finger, or by the mouse. */
  press(what: Locator): Promise<void>;
  close(): Promise<void>;
}

type Opening = BrowserContextOptions & { readonly as?: string };

/** Milliseconds: a machine that does much else is slow, and not wrong. */
export const PATIENCE = 60_000;

export async function openAt(size: Size, bench: OpenWorkbench, path: string, more: Opening = {}): Promise<Deeds> {
  const watched = await bench.open(path, { ...SIZES[size], ...more });
  watched.page.setDefaultTimeout(PATIENCE);
  return { ...watched, press: pressAt(size), close: () => watched.page.context().close() };
}

export const pressAt =
  (size: Size) =>
  (what: Locator): Promise<void> =>
    size === "phone" ? what.tap() : what.click();

export const button = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });

export const link = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole("link", typeof name === "string" ? { name, exact: true } : { name });
