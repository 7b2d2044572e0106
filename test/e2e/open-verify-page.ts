/** The verify page in a browser, from the folder that it was built into. */
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";

/** A fresh page; what it asks for, logs or throws is a complaint. */
export async function openVerifyPage(
  browser: Browser,
  folder: string,
  complaints: string[],
  locale = "en-GB",
): Promise<Page> {
  const opened = await browser.newPage({ locale });
  const own = pathToFileURL(folder).href;
  opened.on("request", (request) => {
    if (!request.url().startsWith(own) && !/^(?:blob|data):/.test(request.url())) complaints.push(request.url());
  });
  opened.on("console", (message) => complaints.push(message.text()));
  opened.on("pageerror", (error) => complaints.push(String(error)));
  await opened.goto(`${own}/index.html`);
  return opened;
}

export interface LaidOut {
  readonly verdict: string;
  /** Of each fact, the technical ones too. */
  readonly facts: readonly string[];
  readonly title: string;
  readonly words: string;
  /** All that is read on the page. */
  readonly text: string;
  /** The elements that the findings are made of, each once. */
  readonly elements: readonly string[];
}

/** Has a file verified, and opens and uncovers all that is told of it. */
export async function layOut(page: Page, name: string, bytes: Uint8Array): Promise<LaidOut> {
  await page.locator("#verdict").evaluate((verdict: HTMLElement) => {
    delete verdict.dataset["verdict"];
  });
  await page.setInputFiles("#file", { name, mimeType: "", buffer: Buffer.from(bytes) });
  await page.locator("#verdict[data-verdict]:not([hidden])").waitFor();
  return page.evaluate(() => {
    const all = (selector: string): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
    for (const details of all("#findings details")) (details as HTMLDetailsElement).open = true;
    for (const button of all(".cover button")) button.click();
    const textOf = (selector: string): string => all(selector)[0]?.textContent ?? "";
    return {
      verdict: all("#verdict")[0]?.dataset["verdict"] ?? "",
      facts: all("#findings dd").map(({ textContent }) => textContent ?? ""),
      title: textOf(".post-content p"),
      words: textOf(".post-content blockquote"),
      text: textOf("main"),
      elements: [...new Set(all("#verdict *, #findings *").map(({ localName }) => localName))].toSorted(),
    };
  });
}
