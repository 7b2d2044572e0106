/**
 * What is captured opens in ReplayWeb.page and shows what was there: the visible text letter by letter, and the picture
 * pixel by pixel (a few may differ), against text and picture of the live page as the capture took them. By then the servers are gone. Those pages are
 * taken that show the same each time.
 */
import assert from "node:assert/strict";
import { openAsBlob } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { BlobReader, TextWriter, ZipReader } from "@zip.js/zip.js";
import { findExhibit } from "../../src/app/acts.ts";
import { captureAll } from "../../src/app/capture-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import { openField } from "../../src/app/shared-archive.ts";
import type { Browser } from "../../src/capture/browser/browser.ts";
import { VIEWPORT } from "../../src/capture/browser/launch.ts";
import type { CapturedPage } from "../../src/capture/capture.ts";
import { readPicture } from "../../src/capture/picture/picture.ts";
import { MARKER } from "../../src/capture/shared/secret.ts";
import { makeCertificate } from "../../src/sample/conformance/certificate.ts";
import { CONFORMANCE_PAGES } from "../../src/sample/conformance/site.ts";
import { startForum } from "../../src/sample/forum.ts";
import type { Picture } from "../../src/verify/picture.ts";
import { SEEDS, serveMembers } from "../e2e/members-site.ts";
import { keepMemberSessionIn } from "../member-session.ts";
import { ownBrowser } from "../own-browser.ts";
import { findSeeds } from "../seeded-secrets.ts";
import { captureUrl } from "./capture-url.ts";
import { openViewer, type Replayed } from "./replay-viewer.ts";
import { servePlain, serveSecure } from "./serve-site.ts";
import { trustingBrowser } from "./trusting-browser.ts";

const PAGES =
  "images posts single-page codings headers redirects preflight frames events aborted media hls feed fonts inline shadow styles right-to-left refresh beacon";
/**
 * Recorded over HTTP/2 with TLS: threads as the common platforms build them, and some of the others. Not `media`: its ranges come without a
 * length over HTTP/2, and ReplayWeb.page takes such an answer for a part even where it is the whole.
 */
const SECURE_PAGES = `${CONFORMANCE_PAGES.flatMap(({ name }) => (name.startsWith("thread-") ? [name] : [])).join(" ")} images codings redirects frames`;
/**
 * Pixels of a page that may differ in any channel. Mostly none do; a busy browser draws the edge of a curve a shade
 * otherwise. A picture of 20 × 20 that is missing would be 400. A player shows how far it has loaded.
 */
const TOLERANCE = 50;
const TOLERANCES: Readonly<Record<string, number>> = { media: 2_000 };
/** Milliseconds the replayed page gets to become what it was. */
const PATIENCE = 10_000;

let folder: string;
let browser: Browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-replay-"));
  browser = await ownBrowser();
});
after(() => rm(folder, { recursive: true, force: true }));

/** The address under which the archive lists its page. */
async function listedPage(archive: string): Promise<string> {
  const members = await new ZipReader(new BlobReader(await openAsBlob(archive))).getEntries();
  const pages = members.find(({ filename }) => filename === "pages/pages.jsonl");
  assert.ok(pages !== undefined && !pages.directory);
  const [, page = ""] = (await pages.getData(new TextWriter())).split("\n");
  return (JSON.parse(page) as { readonly url: string }).url;
}

function differing(one: Picture, other: Picture): number {
  assert.deepEqual([one.width, one.height], [other.width, other.height]);
  let count = 0;
  for (let at = 0; at < one.rgb.length; at += 3) {
    if ([0, 1, 2].some((channel) => one.rgb[at + channel] !== other.rgb[at + channel])) count += 1;
  }
  return count;
}

/** The replayed page works as the live one did, piece by piece: it is looked at until it shows the same, or time is up. */
async function lookUntilSame({ frame, picture }: Replayed, text: string, live: Picture, most: number) {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const said = await frame.evaluate<string>("document.body.innerText");
    const off = differing(live, await readPicture(await picture()));
    if ((said === text && off <= most) || performance.now() > until) return { said, off };
  }
}

async function assertReplays(t: TestContext, name: string, captured: CapturedPage): Promise<void> {
  const { archive, screenshot, text } = captured.files;
  const live = await readPicture(await readFile(screenshot));
  await using viewer = await openViewer(archive, browser);
  const replayed = await viewer.replay(await listedPage(archive), live.height);
  const most = TOLERANCES[name] ?? TOLERANCE;
  const { said, off } = await lookUntilSame(replayed, await readFile(text, "utf8"), live, most);
  t.diagnostic(`${name}: ${said.length} characters, ${off} of ${live.width * live.height} pixels differ`);
  assert.equal(said, await readFile(text, "utf8"), `${name}: its text`);
  assert.ok(off <= most, `${name}: ${off} pixels differ`);
}

test("the sample forum's post and a thread with pictures replay as they were", async (t) => {
  const captures = new Map<string, CapturedPage>();
  await using forum = await startForum();
  for (const [name, path] of [
    ["sample post", `/p/${forum.samplePost}`],
    ["thread", "/@neighbour/4"],
  ] as const)
    captures.set(name, await captureUrl(`${forum.origin}${path}`, browser, folder));
  await forum.close();
  for (const [name, captured] of captures) await assertReplays(t, name, captured);
});

test("pages of the conformance site replay as they were", async (t) => {
  for (const name of PAGES.split(" ")) {
    await using stack = new AsyncDisposableStack();
    const { main } = await servePlain(stack);
    const captured = await captureUrl(`${main.origin}/${name}/`, browser, folder);
    await stack.disposeAsync();
    await assertReplays(t, name, captured);
  }
});

test("pages recorded over HTTP/2 with TLS, threads among them, replay as they were", async (t) => {
  const keys = { main: await makeCertificate(), other: await makeCertificate(), talking: await makeCertificate() };
  const trusting = await trustingBrowser(keys.main.cert, keys.other.cert, keys.talking.cert);
  const names = SECURE_PAGES.split(" ");
  assert.ok(names.filter((name) => name.startsWith("thread-")).length >= 4);
  for (const name of names) {
    await using stack = new AsyncDisposableStack();
    const { main } = await serveSecure(stack, keys);
    const captured = await captureUrl(`${main.origin}/${name}/`, trusting, folder);
    await stack.disposeAsync();
    await assertReplays(t, name, captured);
  }
});

test("what is shared of a session's capture replays as the page, without whose it was", async () => {
  await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
  await using opened = await openContext(join(folder, "record"));
  const { context } = opened;
  const site = await serveMembers();
  await keepMemberSessionIn(context, "lantern", site);
  const [outcome] = await captureAll(context, [site.link], { allowPrivate: true, session: "lantern" });
  await site[Symbol.asyncDispose]();
  assert.ok(outcome?.outcome === "sealed", JSON.stringify(outcome));
  const { fields } = await findExhibit(context, outcome.id);
  const archive = (await openField(context.vault, fields, "sharedArchive")) ?? assert.fail();
  const text = (await (await openField(context.vault, fields, "sharedText"))?.text()) ?? assert.fail();
  const file = join(folder, "shared.wacz");
  await writeFile(file, archive.stream());
  await using viewer = await openViewer(file, browser);
  const { frame } = await viewer.replay(await listedPage(file), VIEWPORT.height);
  // A WebSocket's talk can be replayed by no tool, and this page waits for one before it says so.
  const expected = text.replace("\n\nAll is loaded.", "");
  assert.notEqual(expected, text);
  assert.match(expected, new RegExp(`^Signed in as ${MARKER}`));
  assert.equal(await frame.evaluate("document.body.innerText"), expected);
  const answers = ["/api/me", `/api/feed?page=1&token=${MARKER}`, "/api/chunks", "/api/moved"];
  const statuses = `Promise.all(${JSON.stringify(answers)}.map((one) => fetch(one).then((answer) => answer.status)))`;
  assert.deepEqual(await frame.evaluate(statuses), [200, 200, 200, 200], "its script is answered as it was");
  assert.equal(await frame.evaluate("document.querySelector('img').naturalWidth"), 1);
  const seen = await findSeeds("replayed", new TextEncoder().encode(await frame.content()), Object.values(SEEDS));
  assert.deepEqual(seen, []);
});
