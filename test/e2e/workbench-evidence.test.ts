/** What came with a post is played, what was saved has a small picture, and it is looked at again: as a member does it. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openContext } from "../../src/app/open-record.ts";
import { MOVING, tone, VIDEO } from "../sample-media.ts";
import { tsSegment } from "../sample-segments.ts";
import { good } from "../server/house.ts";
import { POST, sealActs, sealPosts } from "../server/sealed-exhibits.ts";
import { looksRight } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "./workbench-house.ts";

const PICTURE = join(import.meta.dirname, "../vectors/reading.png");

let workbench: OpenWorkbench;
/** Where a post stood that is gone. */
let site: Server;
let id: string;
let gone: string;

before(async () => {
  workbench = await openWorkbench({ allowPrivate: true });
  const media = [
    { bytes: VIDEO, mediaType: "video/webm" },
    { bytes: tone(), mediaType: "audio/wav" },
    { bytes: MOVING, mediaType: "image/gif" },
    { bytes: tsSegment(1), mediaType: "video/mp2t" },
  ];
  const part = { digest: `sha256:${"0".repeat(64)}`, from: 0, bytes: 376 };
  const parts = [part, { ...part, fetched: true }, { ...part, fetched: true }];
  const media4About = { url: "blob:https://townsquare.example/1", joined: { of: "playlist", playlists: [], parts } };
  [id = ""] = await sealPosts(workbench.house.folder, [{ ...POST, media4About }], media);
  site = createServer((_, response) => response.writeHead(410).end("gone")).listen(0, "127.0.0.1");
  await once(site, "listening");
  const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/p/1`;
  [gone = ""] = await sealPosts(workbench.house.folder, [{ ...POST, url, finalUrl: url }]);
});
after(async () => {
  await workbench?.[Symbol.asyncDispose]();
  site?.close();
});

async function prefer(json: Readonly<Record<string, unknown>>): Promise<void> {
  const { house, cookie } = workbench;
  await good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json }));
}

/** As the process that captures notes it. */
async function sealedAs(folder: string, exhibit: string): Promise<void> {
  await using opened = await openContext(folder);
  using batch = await opened.context.agenda.resumeBatch("asked");
  const item = batch?.items[0]?.item ?? "";
  batch?.note(item, JSON.stringify({ outcome: "sealed", id: exhibit }), { exhibit, times: [] });
}

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env["PLACARD_SHOTS"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test("videos and sounds are covered, then silent and still until they are played; sound is a switch that is kept", async () => {
  const { page, complaints } = await workbench.visit(`/look/${id}`);
  const media = page.getByRole("region", { name: "What came with it" });
  await media.getByRole("button", { name: "Show it" }).waitFor();
  assert.equal(await page.locator("video, audio, canvas").count(), 0);
  await media.getByRole("button", { name: "Show it" }).click();
  const video = media.locator("video");
  const players = media.locator("video, audio");
  await players.nth(1).waitFor();
  const readyAll = () =>
    players.evaluateAll((all: HTMLMediaElement[]) =>
      Promise.all(
        all.map((one) => one.readyState >= 1 || new Promise((done) => one.addEventListener("loadedmetadata", done))),
      ).then(() => all.length),
    );
  assert.equal(await readyAll(), 2);
  const saving = page.waitForEvent("download");
  await media.getByRole("link", { name: /^Save the file: .MPEG-TS/ }).click();
  assert.equal((await saving).suggestedFilename(), `${id}-media-4.ts`, "what it does not play can be saved");
  await media
    .getByText(/It came in .3. parts, which were put together\. Placard asked for .2. of them itself\./)
    .waitFor();
  const states = () => players.evaluateAll((all: HTMLMediaElement[]) => all.map((one) => [one.paused, one.muted]));
  assert.deepEqual(await states(), [
    [true, true],
    [true, true],
  ]);
  await looksRight(page);
  await shot(page, "media");
  const heard = media.locator("audio").evaluate(async (one: HTMLAudioElement) => {
    const sought = new Promise((done) => one.addEventListener("seeked", done));
    one.currentTime = 0.5;
    await sought;
    const ended = new Promise((done) => one.addEventListener("ended", done));
    await one.play();
    await ended;
    return one.currentTime;
  });
  assert.ok((await heard) >= 0.99);
  await media.getByRole("switch", { name: "Keep sound off" }).click();
  await media.getByRole("switch", { name: "Keep sound off", checked: false }).waitFor();
  assert.deepEqual(
    (await states()).map(([, isMuted]) => isMuted),
    [false, false],
  );
  await page.reload();
  await media.getByRole("button", { name: "Show it" }).click();
  await video.waitFor();
  assert.deepEqual(await states(), [
    [true, false],
    [true, false],
  ]);
  assert.equal(await media.locator("canvas").count(), 1);
  await media.getByRole("button", { name: "Let it move" }).click();
  await media.locator("img").waitFor();
  await media.getByRole("button", { name: "Keep it still" }).click();
  assert.equal(await media.locator("img").count(), 0);
  await prefer({ mute: true });
  assert.deepEqual(complaints, []);
});

test("it is looked at again when that is asked for, and a placard made of it is told of", async () => {
  const { house, cookie } = workbench;
  await good(await house.ask("/api/placards", { method: "POST", cookie, json: { ids: [gone], size: "A4" } }));
  const { page, complaints } = await workbench.visit(`/look/${gone}`);
  const made = page.getByRole("region", { name: "Placards made of it" });
  await made.getByText("by ⁨Ada Owner").waitFor();
  assert.match((await made.textContent()) ?? "", /One placard, \W?A4/);
  await page.getByRole("button", { name: "Look at it again now" }).click();
  await page.getByText("It is being looked at again.").waitFor();
  await looksRight(page);
  await shot(page, "again");
  await page.getByText("Looked at again: it was not there.").waitFor({ timeout: 60_000 });
  await page.getByText("The link is opened once more").waitFor();
  await shot(page, "again-done");
  const recaptureOf = { id: gone, leaf: "0".repeat(64), position: 1 };
  const postText = { before: "We were here before the lane.", after: "Nobody was here before the lane." };
  const visibleText = { removed: ["A notice"], added: ["לוח מודעות"], lines: 4 };
  const found = { act: "recaptured", recaptureOf, result: "edited", changes: { postText, visibleText } };
  await sealActs(house.folder, [{ ...POST, ...found }]);
  await page.goto(new URL(`/look/${gone}?tab=changes`, page.url()).href);
  const changes = page.getByRole("tabpanel", { name: "Changes" });
  await changes.getByText("410").waitFor();
  await changes.getByText("What it says was changed.").waitFor();
  assert.equal(await page.locator("ins, del").count(), 0, "covered as the post is");
  await changes.getByRole("button", { name: "Show it" }).click();
  assert.deepEqual(await changes.locator("del").allTextContents(), ["We were", "A notice"]);
  assert.deepEqual(await changes.locator("ins").allTextContents(), ["Nobody was", "לוח מודעות"]);
  await changes.getByText(/more lines are not shown/).waitFor();
  await looksRight(page, process.env["PLACARD_SHOTS"] ? { shot: `${process.env["PLACARD_SHOTS"]}/changes` } : {});
  await changes.getByRole("link", { name: "Look at what was found then" }).first().click();
  await page.getByText("This was found when a post was looked at again.").waitFor();
  await looksRight(page, process.env["PLACARD_SHOTS"] ? { shot: `${process.env["PLACARD_SHOTS"]}/found-again` } : {});
  await page.getByRole("link", { name: "The post it belongs to" }).click();
  await changes.getByText("What it says was changed.").waitFor();
  assert.deepEqual(complaints, []);
});

test("a link that was sealed has a small picture, which is fetched when it is asked for", async () => {
  const { house, cookie } = workbench;
  const key = randomBytes(16).toString("hex");
  const links = ["https://townsquare.example/p/88213", "https://townsquare.example/p/2"];
  const record = house.house.record();
  const { actor } = (await (await good(await house.ask("/api/me", { cookie }))).json()) as { readonly actor: string };
  await record.askFor(links, { key, actor });
  await sealedAs(house.folder, id);
  const { page, complaints } = await workbench.visit("/save");
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/thumbnail")) fetched.push(request.url());
  });
  const picture = page.getByRole("button", { name: "Small picture of" });
  await picture.waitFor();
  assert.equal(await page.locator(".saved-row").count(), 2);
  assert.deepEqual([await picture.count(), fetched.length], [1, 0]);
  await looksRight(page);
  await picture.click();
  await picture.locator("img").evaluate((image: HTMLImageElement) => image.decode());
  assert.equal(fetched.length, 1);
  await looksRight(page);
  await shot(page, "save-picture");
  await picture.click();
  assert.equal(await picture.locator("img").count(), 0);
  assert.deepEqual(complaints, []);
});

test("on a phone, in the dark, in Hebrew", async () => {
  await prefer({ language: "he" });
  const { page, complaints } = await workbench.visit(`/look/${id}`, { viewport: PHONE, colorScheme: "dark" });
  await page.locator("section .covered button").click();
  await page.locator("video").waitFor();
  await looksRight(page);
  await shot(page, "media-phone");
  await prefer({ language: "en" });
  assert.deepEqual(complaints, []);
});

test("the text in a screenshot is read when asked for, covered, and a link in it is saved with one press", async () => {
  const { house, cookie } = workbench;
  const handedIn = await house.house.record().import(PICTURE, { from: "a neighbour" });
  const { page, complaints } = await workbench.visit(`/look/${handedIn.id}`);
  await page.getByRole("button", { name: "Read the text in the picture" }).click();
  const read = page.getByRole("region", { name: "What a machine read in the picture" });
  await read.getByText("Read by machine: it may be wrong").waitFor();
  assert.equal(await read.getByText("before the lane").count(), 0, "covered is not there at all");
  await looksRight(page);
  await read.getByRole("button", { name: "Show it" }).click();
  await read.getByText("We were here before the lane had a name.").waitFor();
  await read.getByText("<img src=x onerror=alert(1)>").waitFor();
  await page.getByRole("button", { name: "Show it" }).click();
  await page.getByAltText("The picture of the post").evaluate((image: HTMLImageElement) => image.decode());
  await looksRight(page);
  await shot(page, "reading");
  await read.getByRole("button", { name: "Save this link: https://townsquare.example/p/88213" }).click();
  await read.getByRole("link", { name: "Being saved: look" }).waitFor();
  const { batches } = (await (await good(await house.ask("/api/captures", { cookie }))).json()) as {
    readonly batches: readonly { readonly links: readonly { readonly url: string }[] }[];
  };
  assert.equal(batches[0]?.links[0]?.url, "https://townsquare.example/p/88213");
  await good(await house.ask(`/api/exhibits/${handedIn.id}`, { method: "DELETE", cookie, json: { reason: "done" } }));
  assert.deepEqual(complaints, []);
});
