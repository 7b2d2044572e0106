/** Nothing of a post is met unasked; all of it is covered again at one press; how much one has looked at is one's own. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/workbench/words/en.ts";
import { counted } from "../../src/workbench/words/words.ts";
import { good } from "../server/house.ts";
import { POST, sealPosts } from "../server/sealed-exhibits.ts";
import { looksRight } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "./workbench-house.ts";

const { care, look } = en;
const SAID = "We were here before the lane had a name.";
const TITLE = "They shall all leave the lane";
/** As addresses and files are called after what they hold. */
const SLUG = "they-shall-all-leave";
const NOTE = "Brought up when the lane met";
const shots = process.env["PLACARD_SHOTS"];
const shot = (name: string) => (shots === undefined ? {} : { shot: `${shots}/${name}` });

let workbench: OpenWorkbench;
let ids: readonly string[];
let received: string;
before(async () => {
  workbench = await openWorkbench();
  const file = join(workbench.house.folder, "..", `${SLUG}.html`);
  const from = `<!-- saved from url=(0000)https://townsquare.example/p/${SLUG} -->`;
  await writeFile(file, `<!doctype html>${from}<title>${TITLE}</title>`);
  const record = workbench.house.house.record();
  received = (await record.import(file, { from: "a neighbour" })).id;
  await record.askFor([`https://townsquare.example/p/${SLUG}`], {
    key: randomBytes(16).toString("hex"),
    actor: "another",
  });
  const posts = ["1", "2"].map((n) => {
    const url = `https://townsquare.example/p/${SLUG}-${n}`;
    return { ...POST, url, finalUrl: `${url}?seen`, redirects: [url], title: `${TITLE} ${n}`, note: NOTE };
  });
  ids = await sealPosts(workbench.house.folder, posts);
});
after(() => workbench?.[Symbol.asyncDispose]());

async function prefer(json: object): Promise<void> {
  const { house, cookie } = workbench;
  await good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json }));
}

/** Everything that is drawn, read out or in the window's name. */
function told(page: Page): Promise<string> {
  return page.evaluate(() => `${document.title} ${document.documentElement.outerHTML}`);
}

/** To another screen as a press of a link goes there. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(undefined, "", to), path);
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("no word and no picture of a post is on any screen, or fetched, until it is asked for; Escape covers all again", async () => {
  const { page, complaints } = await workbench.visit("/look");
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  for (const path of [
    "/look",
    "/find?text=lane",
    `/look/${ids[0]}`,
    `/look/${received}`,
    `/show?ids=${encodeURIComponent(JSON.stringify(ids))}`,
  ]) {
    await go(page, path);
    await page.getByText(care.aPost, { exact: true }).first().waitFor();
    const text = await told(page);
    assert.ok(!text.includes(TITLE) && !text.includes(SAID) && !text.includes(SLUG), path);
    assert.equal(await page.locator("main :is(img, video, audio, iframe, canvas)").count(), 0, path);
  }
  assert.deepEqual(
    fetched.filter((path) => /picture|thumbnail|media|text$|preview/.test(path)),
    [],
  );
  assert.equal(await button(page, care.coverAll).count(), 0);
  await go(page, "/save");
  const saved = page.locator(".saved-row");
  assert.match((await saved.textContent()) ?? "", /townsquare\.example\/…/, "what somebody else saved");
  assert.ok(!(await told(page)).includes(SLUG));
  await button(page, care.showTitles).click();
  await saved.getByText(SLUG).waitFor();
  await page.keyboard.press("Escape");
  await saved.getByText(SLUG).waitFor({ state: "detached" });
  await go(page, `/look/${received}`);
  await button(page, care.showTitles).click();
  const facts = page.locator(".facts");
  for (const text of [`${SLUG}.html`, `https://townsquare.example/p/${SLUG}`, TITLE])
    await facts.first().getByText(text, { exact: true }).waitFor();
  await page.locator("summary", { hasText: look.technical }).click();
  await facts.last().getByText(`title ${TITLE}`).waitFor();
  await looksRight(page, shot("received"));
  await button(page, care.coverAll).click();
  await facts.last().locator(".covered-line").first().waitFor();
  await looksRight(page, shot("received-covered"));
  await go(page, "/find?text=lane");
  const hits = page.locator(".exhibit-row").first().locator(".exhibit-hit");
  await hits.nth(1).waitFor();
  assert.deepEqual(await hits.allTextContents(), [look.foundIn.text, look.foundIn.note], "where, and no more");
  assert.ok(!(await told(page)).includes(NOTE));
  await button(page, care.showTitles).click();
  await hits.locator("mark").first().waitFor();
  assert.deepEqual(await page.locator(".exhibit-row").first().locator("mark").allTextContents(), [
    "lane",
    "lane",
    "lane",
  ]);
  assert.deepEqual(await hits.locator(".exhibit-excerpt").allTextContents(), [SAID, NOTE]);
  await looksRight(page, shot("hits"));
  await page.keyboard.press("Escape");
  await hits.locator("mark").first().waitFor({ state: "detached" });
  await go(page, `/look/${ids[0]}`);
  await button(page, care.showTitles).click();
  await page.getByRole("heading", { name: `${TITLE} 1` }).waitFor();
  await button(page, look.show).click();
  await page.getByText(SAID).waitFor();
  await page.locator('.shown[data-grey="true"] img').waitFor();
  assert.match(await page.locator(".shown img").evaluate((image) => getComputedStyle(image).filter), /grayscale/);
  await button(page, care.coverAll).waitFor();
  await looksRight(page, shot("uncovered"));
  await page.keyboard.press("Escape");
  await button(page, look.show).waitFor();
  const covered = await told(page);
  assert.ok(!covered.includes(TITLE) && !covered.includes(SAID));
  assert.equal(await button(page, care.coverAll).count(), 0);
  assert.deepEqual(complaints, []);
});

test("blur, grey and mute are three switches; each stays as it was left, on every device", async () => {
  const all = async () => {
    const { house, cookie } = workbench;
    const answer = await good(await house.ask("/api/me/preferences", { cookie }));
    const { blur, grey, mute } = (await answer.json()) as Record<"blur" | "grey" | "mute", boolean>;
    return [blur, grey, mute];
  };
  await prefer({ grey: false });
  assert.deepEqual(await all(), [true, false, true]);
  await prefer({ blur: false, grey: true });
  assert.deepEqual(await all(), [false, true, true]);
  const { page } = await workbench.visit(`/look/${ids[0]}`, { viewport: PHONE });
  await page.getByText(SAID).waitFor();
  await page.getByRole("heading", { name: `${TITLE} 1` }).waitFor();
  await button(page, care.coverAll).click();
  await button(page, look.show).waitFor();
  assert.ok(!(await told(page)).includes(TITLE), "also where one wants posts uncovered");
  await go(page, `/look/${ids[1]}`);
  await button(page, look.show).waitFor();
  await prefer({ blur: true });
});

/** Whether any file below holds `text`. */
function isIn(folder: string, text: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .some((path) => statSync(path).isFile() && readFileSync(path).includes(text));
}

test("how many were uncovered today is counted on the device, told to nobody, and a break is suggested", async () => {
  await prefer({ breakAfter: 2 });
  const { page, complaints } = await workbench.visit(`/look/${ids[0]}`, { viewport: PHONE });
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  for (let i = 0; i < 2; i++) {
    await button(page, look.show).click();
    await page.getByText(SAID).waitFor();
    await button(page, look.hide).click();
  }
  assert.equal(await page.getByText(care.suggestion).count(), 0, "the same post twice is one");
  await go(page, `/look/${ids[1]}`);
  await button(page, look.show).click();
  await page.getByText(counted("en", care.today, 2)).waitFor();
  await looksRight(page, shot("break"));
  await button(page, care.goOn).click();
  await page.getByText(care.suggestion).waitFor({ state: "hidden" });
  await page.getByText(SAID).waitFor();
  const kept = await page.evaluate(() => localStorage.getItem("placard-exposure") ?? "");
  assert.deepEqual(Object.keys(JSON.parse(kept) as object).toSorted(), ["actor", "answeredAt", "count", "day"]);
  assert.ok(!ids.some((id) => kept.includes(id)));
  assert.ok(!sent.some((text) => /exposure|"count"|answeredAt/.test(text)), "told to nobody");
  assert.ok(!isIn(workbench.house.folder, "exposure"));

  await page.evaluate(() => {
    const now = JSON.parse(localStorage.getItem("placard-exposure") ?? "{}") as object;
    localStorage.setItem("placard-exposure", JSON.stringify({ ...now, count: 4 }));
    globalThis.dispatchEvent(new StorageEvent("storage"));
  });
  await button(page, care.rest).click();
  await page.getByRole("heading", { name: en.shell.home.title }).waitFor();
  await go(page, "/preferences");
  await page.getByText(counted("en", care.today, 4)).waitFor();
  await looksRight(page, shot("care-preferences"));
  await button(page, care.zero).click();
  await page.getByText(care.none).waitFor();
  await page.getByLabel(care.after).selectOption({ label: care.never });
  await page.getByText(en.mine.preferences.saved).waitFor();
  await page.evaluate(() => {
    const now = JSON.parse(localStorage.getItem("placard-exposure") ?? "{}") as object;
    localStorage.setItem("placard-exposure", JSON.stringify({ ...now, count: 900 }));
    globalThis.dispatchEvent(new StorageEvent("storage"));
  });
  await page.getByText(counted("en", care.today, 900)).waitFor();
  assert.equal(await page.getByText(care.suggestion).count(), 0, "never, where that was chosen");
  await page.evaluate(() => {
    const now = JSON.parse(localStorage.getItem("placard-exposure") ?? "{}") as object;
    localStorage.setItem("placard-exposure", JSON.stringify({ ...now, day: "2001-01-01" }));
    globalThis.dispatchEvent(new StorageEvent("storage"));
  });
  await page.getByText(care.none).waitFor();
  assert.deepEqual(complaints, []);
});
