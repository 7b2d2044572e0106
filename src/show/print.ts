import { type Browser, chromium, type Page } from "playwright-core";
import { PlacardError } from "../lib/error.ts";
import type { PlacardFit } from "./fit-page.ts";
import { say } from "./said.ts";
import { type PlacardSize, SHEETS } from "./sheet.ts";

/** A browser's program, and the arguments and environment it is started with where it needs some. */
export interface PrintBrowser {
  readonly path: string;
  readonly args?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface PrintOptions {
  readonly size: PlacardSize;
  readonly browser: PrintBrowser;
  /** Told what was done on each placard: how large its headline came out, whether its quotation was shortened. */
  readonly onFit?: (fits: readonly PlacardFit[]) => void;
  readonly signal?: AbortSignal;
}

export const PATIENCE_MS = 60_000;

/**
 * Prints what `placardHtml` made as a tagged PDF with one sheet a placard, in a browser of its own without network.
 * Throws `usage` where a headline cannot be set large enough to be read at ten metres, `unsupported` where there is no
 * typeface for a character (nothing is printed then), `no_browser` where the browser does not start, `cancelled`.
 */
export async function printPlacards(html: string, options: PrintOptions): Promise<Uint8Array> {
  return withBrowser(options, (browser) => printIn(browser, html, options));
}

/** Does `work` in a browser of its own. Throws `no_browser`, `cancelled`. */
export async function withBrowser<T>(
  { browser: program, signal }: Pick<PrintOptions, "browser" | "signal">,
  work: (browser: Browser) => Promise<T>,
): Promise<T> {
  const browser = await launch(program);
  const stop = (): void => void browser.close();
  try {
    signal?.throwIfAborted();
    signal?.addEventListener("abort", stop, { once: true });
    return await work(browser);
  } catch (cause) {
    if (signal?.aborted) throw new PlacardError("cancelled", say("print_stopped"), { cause });
    throw cause;
  } finally {
    signal?.removeEventListener("abort", stop);
    await browser.close();
  }
}

/** The same in a browser that runs already, which stays open. */
export async function printIn(
  browser: Browser,
  html: string,
  options: Pick<PrintOptions, "size" | "onFit">,
): Promise<Uint8Array> {
  return onOwnPage(browser, async (page) => {
    const failed = new Promise<never>((_, reject) => page.once("pageerror", reject));
    failed.catch(() => undefined);
    await page.setContent(html, { waitUntil: "load", timeout: PATIENCE_MS });
    const done = page.locator("html[data-fits]").getAttribute("data-fits", { timeout: PATIENCE_MS });
    const fits = JSON.parse((await Promise.race([done, failed])) ?? "[]") as PlacardFit[];
    for (const fit of fits) checkFit(fit, options.size);
    options.onFit?.(fits);
    return await pdfOf(page);
  });
}

/** A page of its own, without network, that is closed afterwards. */
export async function onOwnPage<T>(browser: Browser, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ offline: true, serviceWorkers: "block", acceptDownloads: false });
  try {
    const page = await context.newPage();
    await page.route("**/*", (route) => route.abort());
    return await work(page);
  } finally {
    await context.close();
  }
}

/** Tagged, for who has it read out. */
export function pdfOf(page: Page): Promise<Uint8Array> {
  return page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
}

/** Throws `unsupported`: refused, rather than printed as empty boxes. */
export function refuseMissing(id: string, missing: readonly string[]): void {
  if (missing.length === 0) return;
  throw new PlacardError(
    "unsupported",
    say("no_typeface", { id, missing: missing.slice(0, 12).map(named).join(", ") }),
    { next: say("install_typeface") },
  );
}

/** Throws `no_browser`. */
export async function launch({ path, args = [], env }: PrintBrowser): Promise<Browser> {
  try {
    return await chromium.launch({
      executablePath: path,
      args: [...args],
      ...(env === undefined ? {} : { env: { ...env } }),
      timeout: PATIENCE_MS,
    });
  } catch (cause) {
    throw new PlacardError(
      "no_browser",
      `The browser ${path} does not start: ${(cause as Error).message.split("\n", 1)[0]}`,
      {
        cause,
        next: "Name another Chromium, Chrome or Edge in the settings.",
      },
    );
  }
}

function named(character: string): string {
  return `${character} (U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")})`;
}

/** Refuses what would not be legible, rather than print it small or as empty boxes. */
function checkFit(fit: PlacardFit, size: PlacardSize): void {
  refuseMissing(fit.id, fit.missing);
  if (fit.capital >= fit.least - 0.05) return;
  const { capHeight: least } = SHEETS[size];
  const larger = LARGER[size];
  throw new PlacardError("usage", say("headline_small", { id: fit.id, size, height: Math.floor(fit.capital), least }), {
    next: larger === undefined ? say("shorter_headline") : say("shorter_or_larger", { larger }),
  });
}

/** Where more fits: A1 keeps its letters as large for its width as A2. */
const LARGER: Readonly<Partial<Record<PlacardSize, PlacardSize>>> = { A4: "A2", A3: "A2" };
