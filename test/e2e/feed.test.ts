/** Pages that grow as one looks: what they show a moment after its bytes have come is waited for, and looked through. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { BrowserContext } from "playwright-core";
import { browserFiles, launch } from "../../src/capture/browser/launch.ts";
import { type Gate, openGate } from "../../src/capture/gate/gate.ts";
import { takeOpened } from "../../src/capture/page/opening.ts";
import { changedMeanwhile, openEye, openPage, readPage, visibleText } from "../../src/capture/page/page.ts";
import { openScroller, type Scrolled } from "../../src/capture/page/scroll.ts";
import { watchTraffic } from "../../src/capture/page/settle.ts";
import { takePicture } from "../../src/capture/page/take-picture.ts";
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

/** Says something else for as long as a picture takes, once it can tell that one is taken; or all the time. */
const swapping = (
  swap: string,
  back: string,
): string => `<!doctype html><title>Swaps</title><p id="a">I like the lane.</p><p id="b" hidden>I loathe the lane.</p><script>
  const wait = () => {
    if (document.adoptedStyleSheets.length === 0) return requestAnimationFrame(wait);
    ${swap};
    setTimeout(() => { ${back} }, 60);
  };
  wait();
</script>`;
const SWAPPING: Readonly<Record<string, string>> = {
  "/swaps-words": swapping(`a.textContent = "I loathe the lane."`, `a.textContent = "I like the lane."`),
  "/swaps-shown": swapping("a.hidden = true; b.hidden = false", "a.hidden = false; b.hidden = true"),
  "/flickers": `<!doctype html><p id="a">I like the lane.</p><script>
  let n = 0;
  setInterval(() => { a.textContent = n++ % 2 ? "I like the lane." : "I loathe the lane."; }, 7);
</script>`,
};

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
    else response.end(SWAPPING[url] ?? (url === "/still" ? STILL : feed(Number(url.slice(1)))));
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

test("a page that says something else while its picture is taken is taken again, or not at rest", async () => {
  for (const path of Object.keys(SWAPPING)) {
    const page = await context.newPage();
    const traffic = watchTraffic(page);
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    assert.equal(await openPage(page, url, { timeout: PATIENCE, gate }), undefined);
    const session = await context.newCDPSession(page);
    const look = await openEye(session);
    let isOfOneMoment = true;
    const { taken, atRest } = await takeOpened(page, look, performance.now() + 4_000, {
      traffic,
      take: async () => {
        const data = await readPage(look);
        const { screenshot } = await takePicture(session, look, folder);
        isOfOneMoment = !(await changedMeanwhile(look));
        return { data, picture: await readFile(screenshot) };
      },
      isBlank: () => false,
      stillSo: async ({ data }) => isOfOneMoment && (await visibleText(look)) === data.text,
    });
    assert.equal(atRest, path !== "/flickers", path);
    if (atRest) {
      const { screenshot } = await takePicture(session, look, folder);
      assert.equal(taken.data.text.trim(), "I like the lane.");
      assert.ok(taken.picture.equals(await readFile(screenshot)), path);
    }
    await page.close();
  }
});
