/** Pages that grow as one looks: what they show a moment after its bytes have come is waited for, and looked through. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { BrowserContext } from "playwright-core";
import { browserFiles, launch } from "../../src/capture/browser/launch.ts";
import { type Gate, openGate } from "../../src/capture/gate/gate.ts";
import { takeOpened } from "../../src/capture/page/opening.ts";
import { openEye, openPage, readPage, visibleText } from "../../src/capture/page/page.ts";
import { openScroller, type Scrolled } from "../../src/capture/page/scroll.ts";
import { watchTraffic } from "../../src/capture/page/settle.ts";
import { readPost } from "../../src/capture/post/post.ts";
import { ownBrowser } from "../own-browser.ts";

/** Milliseconds in all. */
const PATIENCE = 15_000;

/** Shows what `more` answers only after the page was busy with it, in as many pieces of work as `pieces`, between which anybody may look. */
const feed = (
  pieces: number,
): string => `<!doctype html><title>Feed</title><main><p>Post of the morning</p></main><p id="end">End</p><script>
  let batch = 0;
  const work = async () => {
    for (let piece = 0; piece < ${pieces}; piece++) {
      await new Promise((done) => setTimeout(done));
      for (const until = performance.now() + 40; performance.now() < until; );
    }
  };
  const add = async () => {
    const more = await (await fetch("more?" + batch++)).text();
    await work();
    document.querySelector("main").insertAdjacentHTML("beforeend", more);
    watch.unobserve(end);
    watch.observe(end);
  };
  const end = document.getElementById("end");
  const watch = new IntersectionObserver((seen) => { if (batch < 2 && seen.some((one) => one.isIntersecting)) add(); });
  add();
</script>`;
const MORE = Array.from({ length: 10 }, (_, i) => `<p style="height:150px">Post ${i}</p>`).join("");

/** Grows only where somebody makes it. */
const STILL = `<!doctype html><title>Still</title><main><p>Post of the morning</p></main>`;

let folder: string;
let server: Server;
let gate: Gate;
let context: BrowserContext;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-feed-"));
  server = createServer(({ url = "" }, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    // By then the page was taken once, and is only waited with.
    if (url.startsWith("/more")) setTimeout(() => response.end(MORE), 250);
    else response.end(url === "/still" ? STILL : feed(Number(url.slice(1))));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  gate = await openGate({ mayReach: () => true });
  ({ context } = await launch({ browser: await ownBrowser(), files: browserFiles(folder), gate: gate.port }));
});
after(async () => {
  await context.close();
  await gate[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

interface Taken {
  readonly text: string;
  readonly reached: Scrolled | undefined;
  readonly atRest: boolean;
}

/** As a capture does it, but for the picture. `between`: what happens after the page was looked through for the first time. */
async function take(path: string, between?: string): Promise<Taken> {
  const page = await context.newPage();
  const traffic = watchTraffic(page);
  const deadline = performance.now() + PATIENCE;
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  assert.equal(await openPage(page, url, { timeout: PATIENCE, gate }), undefined);
  const look = await openEye(await context.newCDPSession(page));
  const scroller = openScroller(look, traffic, deadline);
  let left = between;
  const { taken, atRest } = await takeOpened(page, look, deadline, {
    traffic,
    take: async () => {
      await scroller.through();
      if (left !== undefined) await page.evaluate(left);
      left = undefined;
      return { data: await readPost(look, await readPage(look), page.url()) };
    },
    isBlank: () => false,
    stillSo: async ({ data }) => (await visibleText(look)) === data.text && !(await scroller.hasMore()),
  });
  await page.close();
  return { text: taken.data.text, reached: scroller.reached, atRest };
}

function assertThrough({ text, reached, atRest }: Taken, batches: number): void {
  assert.equal(text.match(/Post \d/g)?.length, 10 * batches);
  assert.deepEqual([reached?.to, atRest], [reached?.of, true]);
  assert.ok((reached?.of ?? 0) > 1500 * batches);
}

test("what came is waited for until it is shown, and each time the end comes into view there is more", async () => {
  assertThrough(await take("/0"), 2);
  assertThrough(await take("/5"), 2);
});

test("a page that grew after it was looked through, and before it was read, is looked through further", async () => {
  const grow = `document.querySelector("main").insertAdjacentHTML("beforeend", ${JSON.stringify(MORE)})`;
  assertThrough(await take("/still", grow), 1);
});
