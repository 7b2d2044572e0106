/** What becomes of a capture while its browser ends, which is when what it recorded is read and packed. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { DEFAULT_BOUNDS } from "../../src/capture/browser/bounds.ts";
import type { Browser } from "../../src/capture/browser/browser.ts";
import { type Gate, openGate } from "../../src/capture/gate/gate.ts";
import { readNetLog } from "../../src/capture/netlog/read.ts";
import { type Ending, type RecordedPage, recordPage, type SessionOptions } from "../../src/capture/session.ts";
import { type Forum, startForum } from "../../src/sample/forum.ts";
import { noProcessList, waitForNoneOf } from "../browser-processes.ts";
import { ownBrowser } from "../own-browser.ts";
import { pageSession } from "../page-session.ts";

let folder: string;
let browser: Browser;
let forum: Forum;
let gate: Gate;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-ending-"));
  browser = await ownBrowser();
  forum = await startForum();
  gate = await openGate({ mayReach: () => true });
});
after(async () => {
  await gate[Symbol.asyncDispose]();
  await forum.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

type Use<T> = (page: RecordedPage, ending: Ending) => Promise<T>;

async function record<T>(use: Use<T>, options: Partial<SessionOptions> = {}) {
  const session = pageSession({ browser, folder: await mkdtemp(join(folder, "page-")), gate, ...options });
  return recordPage(new URL(forum.postUrl(forum.samplePost)), session, use);
}

async function assertNoneLeft(): Promise<void> {
  if (noProcessList === false) assert.deepEqual(await waitForNoneOf(folder, 5000), []);
}

test("a capture that is stopped while its browser ends is stopped, though all that was to be made of it is made", async () => {
  const stop = new AbortController();
  const reason = new Error("stopped");
  const use: Use<string> = async () => {
    stop.abort(reason);
    return "made";
  };
  await assert.rejects(record(use, { signal: stop.signal }), (error) => error === reason);
  await assertNoneLeft();
});

test("the time a page may take ends with its browser: what is made of it afterwards takes as long as it takes", async () => {
  const seconds = 6;
  const begun = performance.now();
  const done = await record(
    async (_, { ended }) => {
      await ended;
      await sleep(1000 * seconds + 500 - (performance.now() - begun));
      return "made";
    },
    { bounds: { ...DEFAULT_BOUNDS, seconds } },
  );
  assert.equal(done, "made");
});

test("what is made of a page may take memory: only what the page tells us of itself is bounded", async () => {
  const done = await record(async (_, { ended }) => {
    const held = Buffer.alloc(500 * 1024 ** 2, 1);
    await ended;
    await sleep(500);
    return held.length > 0 ? "made" : "";
  });
  assert.equal(done, "made");
});

test("what fails while the browser still runs is thrown, and nothing of the browser is left", async () => {
  const failure = new Error("no room");
  const use = (): Promise<never> => Promise.reject(failure);
  await assert.rejects(record(use), (error) => error === failure);
  await assertNoneLeft();
});

for (const letGo of [false, true])
  test(`a log read while the browser ends says what it says when read afterwards${letGo ? ", also where it is let go" : ""}`, async () => {
    const done = await record(async (page, ending) => {
      await using live = await readNetLog(page.netLog, { scratch: folder, written: ending.ended });
      if (letGo) ending.letGo();
      await ending.ended;
      if (noProcessList === false) assert.deepEqual(await waitForNoneOf(folder, 0), []);
      await using later = await readNetLog(page.netLog, { scratch: folder });
      const told = ({ exchanges, complete }: typeof live) => ({
        complete,
        exchanges: exchanges.map(({ url, status, truncated, responseBody }) => [
          url,
          status,
          truncated,
          responseBody.length,
        ]),
      });
      assert.equal(live.complete, true);
      assert.deepEqual(told(live), told(later));
      return "read";
    });
    assert.equal(done, "read");
  });

test("the profile is out of the way at once: a page may be recorded a second time in its folder, with a new one", async () => {
  const scratch = await mkdtemp(join(folder, "twice-"));
  const profile = join(scratch, "profile");
  const there = await record(async () => existsSync(profile), { folder: scratch });
  assert.deepEqual([there, existsSync(profile)], [true, false]);
  // What goes on removing the first must not find the second.
  const second = await record(async () => existsSync(profile), { folder: scratch });
  assert.equal(second, true);
});
