/** Words drawn into pictures, a line each, as a screenshot has them: for a machine to read. */
import type { Browser } from "playwright-core";

const LINES = 40;
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => `&#${sign.codePointAt(0)};`);

/** PNG files of at most 40 lines; what is no sign is left out, and what is wider than the picture is cut. */
export async function drawn(browser: Browser, lines: readonly string[]): Promise<readonly Buffer[]> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 400 }, javaScriptEnabled: false });
  const pictures: Buffer[] = [];
  for (let from = 0; from < lines.length; from += LINES) {
    const rows = lines
      .slice(from, from + LINES)
      .map((line) => `<div>${escaped(line.replaceAll(/\p{C}/gu, " "))}</div>`);
    await page.setContent(
      `<!doctype html><body style="margin:24px;overflow:hidden;background:#fff;color:#000;font:26px/1.6 sans-serif;white-space:pre">${rows.join("")}`,
    );
    pictures.push(await page.screenshot({ fullPage: true }));
  }
  await page.close();
  return pictures;
}
