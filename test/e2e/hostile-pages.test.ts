/**
 * Pages made to harm: each ends in time, within memory and disk, with an honest outcome; no process, file or half-sealed
 * exhibit is left; and the next post is captured. A few are asked each time, all of them with PLACARD_DEEP.
 */
import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { after, before, type TestContext, test } from "node:test";
import { findExhibit } from "../../src/app/acts.ts";
import { audit } from "../../src/app/audit.ts";
import { type CaptureOutcome, captureAll } from "../../src/app/capture-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { type OpenedRecord, openContext } from "../../src/app/open-record.ts";
import { type Forum, startForum } from "../../src/sample/forum.ts";
import { isOfPage, noProcessList } from "../browser-processes.ts";
import { watchDescendants } from "../descendants.ts";
import { watchDiskUse } from "../disk-use.ts";
import { HOSTILE, type HostileSite, startHostileSite } from "../hostile-site.ts";

const DEEP = process.env["PLACARD_DEEP"] === "1";
const BOUNDS = DEEP ? { seconds: 10, memoryMiB: 800, diskMiB: 300 } : { seconds: 5, memoryMiB: 512, diskMiB: 200 };
/** What starting and ending the browser and removing its files may add, in milliseconds. */
const SLACK_TIME = 6_000;
/** Between two looks, and until a page is ended, in seconds, where this process gets the processor when it wants it. */
const LOOK = 0.3;
const RATE = fillingRate();
/** What a page can take meanwhile, in MiB: as much as this machine fills in that time. `kept`: seconds for which this process was kept from looking. */
const slackMemory = (kept: number): number => Math.max(500, (LOOK + kept) * RATE);
/** Likewise, in MiB a disk takes between two looks while one of them takes its time. */
const SLACK_DISK = 400;
/** What the archive, made of what the browser wrote, takes beside it, in MiB. */
const SLACK_SEALED = 100;

/** In MiB a second. */
function fillingRate(): number {
  const started = performance.now();
  for (let i = 0; i < 4; i++) new Uint8Array(64 << 20).fill(7);
  return (1000 * 256) / (performance.now() - started);
}

let folder: string;
let opened: OpenedRecord;
let forum: Forum;
let site: HostileSite;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-hostile-"));
  // Whatever a browser leaves in the system's folder for temporary files is seen there.
  process.env["TMPDIR"] = join(folder, "tmp");
  mkdirSync(tmpdir());
  const record = join(folder, "record");
  await initRecord(record, { name: "Hollow Lane Residents" });
  await writeFile(join(record, "config.json"), JSON.stringify({ capture: { ...BOUNDS, gapSeconds: 0, retries: 0 } }));
  opened = await openContext(record);
  forum = await startForum();
  site = await startHostileSite();
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await forum.close();
  await site[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function capture(url: string): Promise<CaptureOutcome> {
  const [outcome] = await captureAll(opened.context, [url], { allowPrivate: true });
  return outcome ?? assert.fail("no outcome");
}

async function textOf(id: string): Promise<string> {
  const { fields } = await findExhibit(opened.context, id);
  const { sha256 } = fields["visibleText"] as { sha256: string };
  return (await opened.context.vault.openBlob(sha256))?.text() ?? assert.fail("no text");
}

async function assertNothingLeft(sealed: number): Promise<void> {
  assert.deepEqual(readdirSync(opened.context.folder.scratch), [], "scratch files are left");
  assert.deepEqual(readdirSync(tmpdir()), [], "temporary files are left");
  assert.equal((await opened.context.log.head()).size, sealed);
  assert.equal((await opened.context.index.list()).length, sealed);
}

async function tryPage(t: TestContext, path: string): Promise<void> {
  const hostile = HOSTILE[path] ?? assert.fail();
  const { size } = await opened.context.log.head();
  using started = watchDescendants();
  using written = watchDiskUse(opened.context.folder.scratch);
  const kept = monitorEventLoopDelay({ resolution: 10 });
  kept.enable();
  const begun = performance.now();
  const outcome = await capture(site.url(path));
  kept.disable();
  const took = performance.now() - begun;
  const came = outcome.outcome === "sealed" ? "sealed" : outcome.cause;
  const peak = Math.round(started.peak() / 1024 ** 2);
  const disk = Math.round(written.peak() / 1024 ** 2);
  t.diagnostic(
    `${path}: ${came} in ${(took / 1000).toFixed(1)} s, ${peak} MiB in ${started.seen()} processes, ${disk} MiB on disk${outcome.outcome === "sealed" ? "" : `: ${outcome.reason}`}`,
  );
  assert.deepEqual(started.left(), [], "processes are left");
  assert.ok(hostile.outcomes.includes(came), JSON.stringify(outcome));
  assert.ok(took < 1000 * BOUNDS.seconds + SLACK_TIME, `it took ${took} ms`);
  // What a slow disk kept within the bound was rightly kept.
  assert.ok(
    disk < BOUNDS.diskMiB + (came === "sealed" ? SLACK_SEALED : SLACK_DISK),
    `${came}: it took ${disk} MiB of disk`,
  );
  const slack = slackMemory(kept.max / 1e9);
  assert.ok(peak < BOUNDS.memoryMiB + slack, `it took ${peak} MiB, of ${slack} more than the bound`);
  if (outcome.outcome === "sealed") {
    const text = await textOf(outcome.id);
    assert.match(text, hostile.says ?? /Here stands a post/);
    assert.doesNotMatch(text, /root:/);
  }
  if (outcome.outcome === "not-captured") assert.match(outcome.reason, /^[A-Z].*\.$/);
  await assertNothingLeft(size + (outcome.outcome === "sealed" ? 1 : 0));
}

for (const [path, { quick }] of Object.entries(HOSTILE)) {
  if (!DEEP && !quick) continue;
  test(`${path} ends within its bounds, and leaves nothing`, { skip: noProcessList }, async (t) => {
    await tryPage(t, path);
    if (DEEP) assert.equal((await capture(forum.postUrl(forum.samplePost))).outcome, "sealed");
  });
}

test("a page whose process crashes is not captured, at once, and leaves nothing", { skip: noProcessList }, async () => {
  const { size } = await opened.context.log.head();
  using started = watchDescendants();
  const begun = performance.now();
  let isOpen = false;
  const onProgress = (_: string, step: string): void => void (isOpen ||= step.startsWith("waiting for the page"));
  // A process that ends before there is a page in it keeps the browser from starting.
  const crash = (): void => {
    for (const pid of isOpen ? started.left() : []) if (isOfPage(pid)) process.kill(pid, "SIGSEGV");
  };
  const crashing = setInterval(crash, 100);
  const [outcome] = await captureAll(opened.context, [site.url("/spins")], { allowPrivate: true, onProgress }).finally(
    () => clearInterval(crashing),
  );
  const { cause, reason } = outcome as Extract<CaptureOutcome, { outcome: "not-captured" }>;
  assert.equal(cause, "browser", reason);
  assert.ok(performance.now() - begun < 1000 * BOUNDS.seconds, "it was not waited for");
  assert.deepEqual(started.left(), [], "processes are left");
  await assertNothingLeft(size);
});

test("after all of these a post is captured as ever, and the record holds", async () => {
  assert.equal((await capture(forum.postUrl(forum.samplePost))).outcome, "sealed");
  assert.equal((await audit(opened.context)).verdict, "holds");
});
