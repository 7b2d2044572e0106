/** In a real browser: a captured page shown as it was within a page of the workbench's origin, and a pack printed. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { serve } from "@hono/node-server";
import { type BrowserContext, chromium, type Frame } from "playwright-core";
import { startForum } from "../../src/sample/forum.ts";
import { createSandbox } from "../../src/server/sandbox.ts";
import { openRooms } from "../../src/server/sandbox-rooms.ts";
import { ownBrowser } from "../own-browser.ts";
import { type FoundedHouse, foundedHouse, good } from "../server/house.ts";

const PATIENCE = 40_000;
const stack = new AsyncDisposableStack();
let home: FoundedHouse;
let workbench: string;
let id: string;
let another: string;
let context: BrowserContext;

before(async () => {
  let answer: (request: Request) => Response | Promise<Response> = () => new Response();
  const sandboxServer = await new Promise<ReturnType<typeof serve>>((done) => {
    const server = serve({ fetch: (request) => answer(request), hostname: "127.0.0.1", port: 0 }, () => done(server));
  });
  const page = createServer((request, response) => {
    const framed = new URL(request.url ?? "/", "http://localhost").searchParams.get("show") ?? "";
    response.setHeader("content-type", "text/html");
    response.end(
      `<iframe sandbox="allow-scripts allow-same-origin" style="width:1000px;height:800px" src="${framed}"></iframe>`,
    );
  });
  await new Promise<void>((done) => page.listen(0, "127.0.0.1", done));
  stack.defer(() => void [sandboxServer, page].map((server) => server.close()));
  workbench = `http://localhost:${(page.address() as AddressInfo).port}`;
  const sandbox = { origin: `http://127.0.0.1:${(sandboxServer.address() as AddressInfo).port}`, rooms: openRooms() };
  home = stack.use(await foundedHouse({ sandbox }));
  answer = (request) => createSandbox({ house: home.house, sandbox, workbench }).fetch(request);
  {
    await using forum = await startForum();
    const post = `${forum.origin}/p/${forum.samplePost}`;
    const outcomes = await home.house.record().capture([post, `${post}?again`], { allowPrivate: true });
    const [first, second] = outcomes.map((outcome) => (outcome.outcome === "sealed" ? outcome.id : ""));
    assert.ok(first && second, JSON.stringify(outcomes));
    id = first;
    another = second;
  }
  const { path, env } = await ownBrowser();
  const browser = await chromium.launch({
    executablePath: path,
    env,
    args: ["--host-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
  });
  stack.defer(() => browser.close());
  context = await browser.newContext({ locale: "en-GB" });
  await context.addCookies([{ name: "session", value: "of-the-workbench", url: workbench, httpOnly: true }]);
});
after(() => stack.disposeAsync());

const ask = (path: string, json?: unknown) =>
  home.ask(path, { method: "POST", cookie: home.cookies.contributor, ...(json === undefined ? {} : { json }) });

async function frameWhere(isIt: (frame: Frame) => boolean): Promise<Frame> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const frames = context.pages().flatMap((page) => page.frames());
    const found = frames.find(isIt);
    if (found !== undefined) return found;
    if (performance.now() > until) throw new Error(`It is not there: ${frames.map((frame) => frame.url()).join(" ")}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

test("a page is replayed as it was, on an origin that has no cookies", async () => {
  const { url } = (await (await good(await ask(`/api/exhibits/${id}/replay`))).json()) as { url: string };
  const page = await context.newPage();
  const cookies: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(workbench)) cookies.push(request.headers()["cookie"] ?? "");
  });
  await page.goto(`${workbench}/?show=${encodeURIComponent(url)}`);
  const frame = await frameWhere((one) => /\dmp_\/https?:/.test(one.url()));
  await frame.waitForLoadState("load");
  const text = await (await good(await home.ask(`/api/exhibits/${id}/text`, { cookie: home.cookies.guest }))).text();
  const until = performance.now() + PATIENCE;
  let said = "";
  while (said !== text && performance.now() < until) {
    said = await frame.evaluate<string>("document.body.innerText");
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.equal(said, text);
  assert.equal(await frame.evaluate<string>("document.cookie"), "");
  assert.ok(cookies.length > 0 && cookies.every((cookie) => cookie === ""), "the workbench's cookie goes nowhere else");
  await page.close();
});

test("the preview lays itself out within the workbench, and by no other origin is it framed", async () => {
  const { url } = (await (
    await good(await ask("/api/placards/preview", { ids: [id], headline: "Never seen it?", size: "A4" }))
  ).json()) as { url: string };
  const page = await context.newPage();
  await page.goto(`${workbench}/?show=${encodeURIComponent(url)}`);
  const frame = await frameWhere((one) => one.url() === url);
  await frame.locator("html[data-fits]").waitFor({ timeout: PATIENCE, state: "attached" });
  assert.equal(await frame.locator(".page").count(), 1);
  const denied: string[] = [];
  page.on("console", (message) => denied.push(message.text()));
  await page.goto(`${workbench.replace("localhost", "127.0.0.1")}/?show=${encodeURIComponent(url)}`);
  const until = performance.now() + PATIENCE;
  while (!denied.some((text) => text.includes("frame-ancestors")) && performance.now() < until)
    await new Promise((done) => setTimeout(done, 100));
  assert.ok(
    denied.some((text) => text.includes("frame-ancestors")),
    denied.join("\n"),
  );
  await page.close();
});

test("a pack is one PDF: the steward's sheet on A4, then a sheet for each placard", async () => {
  const answer = await good(await ask("/api/placards", { ids: [id, another], headline: "Never seen it?", size: "A3" }));
  assert.equal(answer.headers.get("content-type"), "application/pdf");
  const pdf = Buffer.from(await answer.arrayBuffer()).toString("latin1");
  assert.ok(pdf.startsWith("%PDF-"));
  const sheets = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map(
    ([, width, height]) => `${Math.round(Number(width))}×${Math.round(Number(height))}`,
  );
  assert.deepEqual(sheets.toSorted(), ["595×842", "842×1191", "842×1191"]);
});
