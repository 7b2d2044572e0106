/** What is shown where somebody shares a page: the group's name on paper, and nothing of what was posted. */
import { createHash } from "node:crypto";
import { fontRules } from "../fonts.ts";
import { html, type Markup, markupText, rawElement } from "../markup.ts";
import { launch, type PrintBrowser } from "../print.ts";

const SIZE = { width: 1200, height: 630 };

/** A document of its own, with nothing from elsewhere. */
export function cardHtml(name: string): string {
  const style = `${fontRules(name)}
*{margin:0;box-sizing:border-box}
body{width:${SIZE.width}px;height:${SIZE.height}px;background:#fbf9f4;color:#14110f;border:24px solid;border-inline-start-width:88px;padding:72px;display:flex;align-items:center;overflow:hidden}
p{font:850 104px/1.06 "Archivo","Noto Sans Hebrew","Heebo",sans-serif;font-stretch:80%;overflow-wrap:anywhere;text-wrap:balance;display:-webkit-box;-webkit-line-clamp:4;-webkit-box-orient:vertical;overflow:hidden}`;
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none';font-src data:;style-src 'sha256-${hash}'`;
  return markupText(
    html`${DOCTYPE}<html dir="auto"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${name}</title>${rawElement("style", style)}</head><body><p dir="auto">${name}</p></body></html>`,
  );
}

const DOCTYPE: Markup = html`<!doctype html>`;

/** PNG. Throws `no_browser`. */
export async function drawCard(document: string, options: PrintBrowser): Promise<Uint8Array> {
  const browser = await launch(options);
  try {
    const page = await browser.newPage({ viewport: SIZE, javaScriptEnabled: false, offline: true });
    await page.setContent(document, { waitUntil: "load" });
    return await page.screenshot({ type: "png", clip: { x: 0, y: 0, ...SIZE } });
  } finally {
    await browser.close();
  }
}
