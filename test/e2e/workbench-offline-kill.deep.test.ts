/** The server is killed while somebody writes, and while it answers: what they wrote lies in their browser, and is sent once when there is a server again. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Browser, type Page } from "playwright-core";
import { buildWorkbench } from "../../scripts/build-workbench.ts";
import { en } from "../../src/workbench/words/en.ts";
import { counted } from "../../src/workbench/words/words.ts";
import { launchOwnBrowser } from "../own-browser.ts";
import { foundedHouse } from "../server/house.ts";
import type { Batch } from "../server/saver.ts";
import { signIn } from "./workbench-house.ts";

const MAIN = join(import.meta.dirname, "../../src/cli/main.ts");
const { device, save } = en;
const file = (name: string) => ({ name, mimeType: "text/html", buffer: Buffer.from(`<title>${name}</title>`) });

let root: string;
let cookie: string;
let browser: Browser;
let server: Server | undefined;

interface Server {
  readonly url: string;
  kill(): Promise<void>;
}

/** As people start it, over the same folder each time; `port`: where the browser knows it. */
async function start(port = "0"): Promise<Server> {
  const child: ChildProcess = spawn(
    process.execPath,
    [MAIN, "serve", "--json", "--port", port, "--record", join(root, "record")],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const gone = once(child, "exit");
  let told = "";
  for await (const piece of child.stdout ?? []) {
    told += String(piece);
    if (told.includes("\n")) break;
  }
  const { url } = JSON.parse(told) as { readonly url: string };
  return {
    url,
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

before(async () => {
  await buildWorkbench();
  root = await mkdtemp(join(tmpdir(), "placard-offline-kill-"));
  const made = await foundedHouse({ folder: join(root, "record") });
  cookie = made.cookies.owner;
  await made[Symbol.asyncDispose]();
  // Nothing is captured here: without its browser whatever is asked for waits.
  await writeFile(join(root, "record/config.json"), JSON.stringify({ browser: join(root, "none") }));
  browser = await launchOwnBrowser();
});
after(async () => {
  await browser?.close();
  await server?.kill();
  // What a killed server started may be writing its last.
  await rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

async function told<T>(url: string, path: string): Promise<T> {
  const answer = await fetch(url + path, { headers: { cookie } });
  assert.equal(answer.status, 200, path);
  return (await answer.json()) as T;
}

/** What was asked for, each link as often as it was. */
async function askedFor(url: string): Promise<readonly string[]> {
  const { batches } = await told<{ readonly batches: readonly Batch[] }>(url, "/api/captures");
  return batches.flatMap(({ links }) => links.map((link) => link.url)).toSorted();
}

async function exhibitsOf(url: string, text: string): Promise<number> {
  return (await told<{ readonly total: number }>(url, `/api/exhibits/counts?text=${text}`)).total;
}

const send = (page: Page) => page.getByRole("button", { name: save.send, exact: true }).click();

test("killed before it was asked, and killed before its answer was heard: sent once, after the window was closed, too", async () => {
  server = await start();
  const { url } = server;
  const { port } = new URL(url);
  const context = await browser.newContext({ locale: "en-GB", serviceWorkers: "allow" });
  context.setDefaultTimeout(30_000);
  let page = await context.newPage();
  await signIn(page, url, cookie);
  await page.goto(`${url}/save`);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);

  await server.kill();
  await page.getByLabel(save.links).fill("https://townsquare.example/typed");
  await page.locator("input[type=file]").setInputFiles([file("lane.html"), file("bins.html")]);
  await page.getByLabel(save.from).fill("a neighbour");
  await send(page);
  await page.getByText("One link of yours could not be sent yet.").waitFor();
  await send(page);
  await page.getByText(counted("en", device.files, 2)).waitFor();
  await page.getByLabel(save.links).fill("https://townsquare.example/draft");
  await page.close();

  page = await context.newPage();
  await page.goto(`${url}/save`);
  await page.getByText(device.offline).waitFor();
  await page.getByText(counted("en", device.files, 2)).waitFor();
  assert.equal(await page.getByLabel(save.links).inputValue(), "https://townsquare.example/draft");

  server = await start(port);
  await page.evaluate(() => globalThis.dispatchEvent(new Event("online")));
  await page.getByText(counted("en", device.files, 2)).waitFor({ state: "hidden" });
  await page.getByText(device.offline).waitFor({ state: "hidden" });
  assert.deepEqual(await askedFor(url), ["https://townsquare.example/typed"]);
  assert.deepEqual([await exhibitsOf(url, "lane.html"), await exhibitsOf(url, "bins.html")], [1, 1]);

  // It has all of it on disk, and dies before anybody hears so.
  const { kill } = server;
  await context.route(/\/api\/captures$/, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await kill();
    return route.abort();
  });
  await send(page);
  await page.getByText("One link of yours could not be sent yet.").waitFor();
  await context.unroute(/\/api\/captures$/);
  await page.close();
  server = await start(port);
  page = await context.newPage();
  await page.goto(`${url}/save`);
  await page.locator(".saved-row").filter({ hasText: "/draft" }).waitFor();
  await page.getByText("One link of yours could not be sent yet.").waitFor({ state: "hidden" });
  assert.deepEqual(await askedFor(url), ["https://townsquare.example/draft", "https://townsquare.example/typed"]);
  assert.deepEqual([await exhibitsOf(url, "lane.html"), await exhibitsOf(url, "bins.html")], [1, 1]);
  assert.equal(await page.getByLabel(save.links).inputValue(), "");
});
