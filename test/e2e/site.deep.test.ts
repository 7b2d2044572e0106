/** A published site in a real browser: no barriers, nothing runs, nothing is asked for from elsewhere, nothing surprises. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openFolderTarget } from "../../src/app/publish/folder-target.ts";
import { mediaTypeOf } from "../../src/app/publish/media-types.ts";
import { preparePublishing } from "../../src/app/publish/publish.ts";
import { buildStage } from "../../src/app/publish/stage.ts";
import { utf8 } from "../../src/lib/bytes.ts";
import { exhibitFolder, proofPath } from "../../src/show/site/addresses.ts";
import { temporaryFolder } from "../contracts/temporary-folder.ts";
import { launchOwnBrowser } from "../own-browser.ts";
import { idOf, inventedPicture, inventedSite, QUESTION, timeOf } from "../site-fixture.ts";
import { barriersOn } from "./barriers.ts";
import { keysOf } from "./by-keys.ts";

const SHOTS = process.env["PLACARD_SHOTS"];
const EXHIBIT = exhibitFolder(idOf(0));
const WITHDRAWN = exhibitFolder(idOf(1));
const PAGES = [
  "",
  "cases/",
  "cases/case-1-lane/",
  "exhibits/",
  EXHIBIT,
  WITHDRAWN,
  "questions/",
  "questions/lanterns-2026/",
  "method/",
  "corrections/",
];

const root = await temporaryFolder();
let browser: Browser;
let server: Server;
let origin: string;
const asked: string[] = [];

before(async () => {
  const shown = join(root, "public");
  // As whoever puts a site where it belongs has it: any static server will do.
  server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname).slice("/record/".length);
    asked.push(path);
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    readFile(join(shown, file)).then(
      (bytes) => response.setHeader("content-type", mediaTypeOf(file)).end(bytes),
      () => response.writeHead(404).end("none"),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as { readonly port: number }).port}/record/`;
  const content = inventedSite({
    exhibits: 70,
    picture: await inventedPicture(200),
    questions: [QUESTION],
    changed: new Map([[1, { withdrawn: { at: timeOf(900), because: "mistake" } }]]),
  });
  const folder = join(root, "site");
  const stage = await buildStage(
    folder,
    { ...content, identity: { ...content.identity, address: origin } },
    { verifyPage: new Map([["index.html", utf8("checks")]]), asTheyAre: [] },
  );
  await (await preparePublishing({ folder, target: await openFolderTarget(shown), stage })).go();
  browser = await launchOwnBrowser();
});
after(async () => {
  await browser.close();
  server.close();
});

async function opened(
  path: string,
  settings: Parameters<Browser["newContext"]>[0],
  complaints: string[] = [],
): Promise<Page> {
  const page = await (await browser.newContext(settings)).newPage();
  page.on("console", (message) => complaints.push(message.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) complaints.push(request.url());
  });
  await page.goto(origin + path);
  return page;
}

const close = (page: Page): Promise<void> => page.context().close();

test("no page has a barrier, is wider than a telephone, or asks for anything from elsewhere", async () => {
  const complaints: string[] = [];
  const turned = ["", EXHIBIT, "questions/lanterns-2026/"].map((path) => `he/${path}`);
  for (const [i, path] of [...PAGES, ...turned].entries()) {
    // What is looked at in one theme here is in the other there: both are of one style sheet.
    const colorScheme = i % 2 === 0 ? ("light" as const) : ("dark" as const);
    const page = await opened(path, { viewport: { width: 390, height: 800 }, colorScheme }, complaints);
    for (const cover of await page.locator("summary").all()) await cover.click();
    assert.deepEqual(await barriersOn(page, "everything"), [], path);
    await page.emulateMedia({ colorScheme: colorScheme === "light" ? "dark" : "light" });
    assert.deepEqual(await barriersOn(page, "colours"), [], path);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${path} is ${wide} px wider than the screen`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("nav a, summary, .button, .foot a")]
        .filter((each) => each.getBoundingClientRect().height < 44)
        .map((each) => each.outerHTML),
    );
    assert.deepEqual(small, [], path);
    if (SHOTS !== undefined)
      await page.screenshot({
        path: join(SHOTS, `site-${path.replaceAll("/", "-")}${colorScheme}.png`),
        fullPage: true,
      });
    await close(page);
  }
  assert.deepEqual(complaints, []);
});

test("without scripts what was posted is covered, and by keys alone it is uncovered; its picture is not even asked for before", async () => {
  const page = await opened(EXHIBIT, {});
  asked.length = 0;
  const words = page.locator("blockquote");
  assert.equal(await words.isVisible(), false);
  assert.equal(await page.locator(".cover img").isVisible(), false);
  assert.ok(!asked.some((path) => path.endsWith(".png")));
  const keys = keysOf(page);
  await keys.enter(page.getByText("Show the words"));
  await words.waitFor();
  assert.match((await words.textContent()) ?? "", /whoever likes the lanterns/);
  await keys.space(page.getByText("Show the picture"));
  await page.waitForFunction(() => (document.querySelector(".cover img") as HTMLImageElement).naturalWidth === 200);
  assert.ok(asked.some((path) => path.endsWith(".png")));
  await close(page);
  const without = await opened(EXHIBIT, { javaScriptEnabled: false });
  await without.getByText("Show the words").click();
  assert.equal(await without.locator("blockquote").isVisible(), true);
  const [download] = await Promise.all([
    without.waitForEvent("download"),
    without.getByText("Download the proof").click(),
  ]);
  assert.equal(await readFile(await download.path(), "utf8"), `the proof of ${idOf(0)}, which is not checked here`);
  assert.equal(download.suggestedFilename(), proofPath(idOf(0)).split("/").at(-1));
  await close(without);
});

test("printed, the words stand in their frame, the picture stays covered, and the address is there", async () => {
  const page = await opened(EXHIBIT, {});
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("blockquote").isVisible(), true);
  assert.equal(await page.locator(".cover img").isVisible(), false);
  assert.equal(await page.locator(".bar nav").isVisible(), false);
  assert.equal(await page.locator(".paper").textContent(), origin + EXHIBIT);
  await close(page);
});

test("feeds and map are XML that a reader takes, of the forms they say they are", async () => {
  const page = await opened("", {});
  for (const path of ["feed.atom", "he/feed.atom", "sitemap.xml"]) {
    const text = await (await fetch(origin + path)).text();
    const read = await page.evaluate((xml) => {
      const document = new DOMParser().parseFromString(xml, "application/xml");
      const entries = [...document.getElementsByTagName("entry")];
      const lacking = entries.filter((entry) =>
        ["id", "title", "updated", "link"].some((name) => entry.getElementsByTagName(name).length !== 1),
      );
      const { namespaceURI, localName } = document.documentElement;
      return {
        namespaceURI,
        localName,
        errors: document.getElementsByTagName("parsererror").length,
        lacking: lacking.length,
      };
    }, text);
    const form = path.endsWith("atom")
      ? ["http://www.w3.org/2005/Atom", "feed"]
      : ["http://www.sitemaps.org/schemas/sitemap/0.9", "urlset"];
    assert.deepEqual(read, { namespaceURI: form[0], localName: form[1], errors: 0, lacking: 0 });
  }
  await close(page);
});
