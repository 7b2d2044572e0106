/** How a page is looked at: always the document that is there now, never within reach of its scripts. */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { type Browser, type Page } from "playwright-core";
import { openEye } from "../../src/capture/page/page.ts";
import { launchOwnBrowser } from "../own-browser.ts";

const DOCUMENTS = process.env["PLACARD_DEEP"] === "1" ? 20 : 8;
let server: Server;
let browser: Browser;
let page: Page;

/** Each document says its own address, and puts a false one where a look would read it. */
const DOCUMENT = `<!doctype html><title>Here</title><p>Here.</p><iframe srcdoc="<p>Within.</p>"></iframe>
<script>
  Object.defineProperty(document, "URL", { get: () => "forged" });
  JSON.stringify = () => '"forged"';
  Array.prototype.map = () => ["forged"];
  globalThis.mine = "page";
</script>`;

before(async () => {
  server = createServer((_, response) => response.setHeader("content-type", "text/html").end(DOCUMENT));
  await new Promise<void>((done) => server.listen(0, done));
  browser = await launchOwnBrowser();
  page = await browser.newPage();
});
after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

const address = (host: string, path: string): string =>
  `http://${host}:${(server.address() as AddressInfo).port}/${path}`;
const READ = "[document.URL, [1].map((x) => x)[0], typeof mine, document.querySelectorAll('p').length]";

test("each look is at the document that is there, whichever process it is in, and what its scripts changed has no say", async () => {
  await page.goto(address("127.0.0.1", "first"));
  const look = await openEye(await page.context().newCDPSession(page));
  for (const [host, path] of [
    ["127.0.0.1", "first"],
    ["127.0.0.1", "second"],
    ["localhost", "third"],
    ["127.0.0.1", "first"],
  ] as const) {
    const url = address(host, path);
    await page.goto(url);
    for (let again = 0; again < 3; again++) assert.deepEqual(await look(READ), [url, 1, "undefined", 1]);
  }
});

test("the page's scripts never come to where it is looked from, however many documents there were", async () => {
  const look = await openEye(await page.context().newCDPSession(page));
  for (let i = 0; i < DOCUMENTS; i++) {
    await look("globalThis.ours = 1");
    // As many worlds as the last document had, so that their numbers would meet if they were taken for names.
    await page.goto(address(i % 2 === 0 ? "localhost" : "127.0.0.1", `page-${i}`));
    assert.equal(await look("typeof mine"), "undefined");
    assert.equal(await page.evaluate("typeof ours"), "undefined");
  }
});
