/** A dossier as PDF. */
import type { Browser } from "playwright-core";
import { missingGlyphs } from "../missing-glyphs.ts";
import { onOwnPage, PATIENCE_MS, type PrintBrowser, pdfOf, refuseMissing, withBrowser } from "../print.ts";
import { TEXT } from "../style.ts";

/**
 * Prints what `dossierHtml` made, in a browser of its own without network. Throws `unsupported` where there is no typeface for a
 * character, `no_browser`, `cancelled`.
 */
export function printDossier(
  html: string,
  options: { readonly browser: PrintBrowser; readonly signal?: AbortSignal },
): Promise<Uint8Array> {
  return withBrowser(options, (browser) => printDossierIn(browser, html));
}

/** The same in a browser that runs already, which stays open. */
export function printDossierIn(browser: Browser, html: string): Promise<Uint8Array> {
  return onOwnPage(browser, async (page) => {
    await page.setContent(html, { waitUntil: "load", timeout: PATIENCE_MS });
    const missing = await page.evaluate<readonly string[]>(
      `Promise.all([...document.fonts].map((face) => face.load())).then(() => (${missingGlyphs})(document.body.textContent, ${JSON.stringify(TEXT)}))`,
    );
    refuseMissing(await page.title(), missing);
    return pdfOf(page);
  });
}
