/** What the public may see is decided: places are proposed, drawn and moved, shown as the public would see them, sealed and handed out. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { verifyFile } from "../../src/app/verify-file.ts";
import { cutTile, type Picture } from "../../src/verify/picture.ts";
import { readPlainPng } from "../../src/verify/plain-png.ts";
import { openZip } from "../../src/verify/zip.ts";
import { AUTHOR, HANDLE, NEIGHBOUR, sealRedactable } from "../redactable.ts";
import { findSeeds } from "../seeded-secrets.ts";
import { arrive, emailOf, good, joinAs } from "../server/house.ts";
import { looksRight } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "./workbench-house.ts";

const SEEDS = [AUTHOR, "quillfeather", NEIGHBOUR, "Oddershed"];
const SHOTS = process.env["PLACARD_SHOTS"];
const shot = (name: string) => (SHOTS ? { shot: `${SHOTS}/${name}` } : {});

let workbench: OpenWorkbench;
let id: string;

before(async () => {
  workbench = await openWorkbench();
  const facts = { title: `${AUTHOR} on Lanterns`, postText: `The lamps were put out again, and ${NEIGHBOUR} saw it.` };
  id = await sealRedactable(workbench.browser, workbench.house.folder, { facts });
});
after(() => workbench?.[Symbol.asyncDispose]());

/** The picture in what is handed out, and the bytes of all of it. */
async function handedOut(path: string): Promise<{ readonly picture: Picture; readonly bytes: Buffer }> {
  const bytes = await readFile(path);
  const { find } = await openZip(new Blob([Uint8Array.from(bytes)]), { plain: true });
  return { picture: await readPlainPng(find("tiles/screenshot.png")?.packed ?? assert.fail()), bytes };
}

const isGrey = (picture: Picture, tile: number): boolean => cutTile(picture, tile).every((value) => value === 0x80);

test("places are proposed, found, drawn and moved by keys; what is sealed is handed out, and tells no more", async () => {
  const { page, complaints } = await workbench.visit(`/look/${id}`);
  await page.getByRole("link", { name: "For the public" }).click();
  await page.getByRole("link", { name: "Decide what the public may see" }).click();
  await page.getByRole("heading", { name: "What the public may see." }).waitFor();
  await page.getByText("Nobody has decided yet.").waitFor();
  assert.equal(await page.locator(".redact-picture img").count(), 0, "covered is not there at all");
  const preview = page.getByRole("region", { name: "What would be told" });
  assert.equal(await preview.getByText("put out").count(), 0);
  const picture = page.getByRole("region", { name: "The picture" });
  await picture.getByRole("button", { name: "Show it" }).click();
  const upper = picture.locator("img").first();
  await upper.evaluate((image: HTMLImageElement) => image.decode());
  const places = page.getByRole("list", { name: "Places" });
  await places.getByRole("switch", { name: /^Cover: .*A portrait/ }).waitFor();
  const byPage = await places.getByRole("listitem").count();

  await page.getByLabel("Words that may be read nowhere").fill(`${AUTHOR}\n${HANDLE}\n${NEIGHBOUR}`);
  await preview.getByRole("button", { name: "Show it" }).click();
  await preview.getByText("Left out, since it would tell what you leave out").first().waitFor();
  assert.equal(await preview.getByText("put out").count(), 0);

  await page.getByRole("button", { name: "Let a machine look through it" }).click();
  await page.getByText(/It found \W?\w+\W? more places\./).waitFor({ timeout: 60_000 });
  assert.ok((await places.getByRole("listitem").count()) > byPage);
  await places.getByRole("switch", { name: /A code to scan/ }).waitFor();
  await page.getByText(/places are proposed and not covered/).waitFor();
  await looksRight(page, shot("redact-proposed"));
  await page.getByRole("button", { name: "Cover all of them" }).click();
  assert.equal(await page.getByText(/proposed and not covered/).count(), 0);

  await picture.getByRole("button", { name: "Draw a place" }).click();
  const marks = picture.locator(".redact-marks");
  const drawnAt = { x: 300, y: 250 };
  await marks.scrollIntoViewIfNeeded();
  const sheet = (await marks.boundingBox()) ?? assert.fail();
  await page.mouse.move(sheet.x + drawnAt.x, sheet.y + drawnAt.y);
  await page.mouse.down();
  await page.mouse.move(sheet.x + drawnAt.x + 20, sheet.y + drawnAt.y + 10, { steps: 3 });
  await page.mouse.up();
  await picture.getByRole("button", { name: "Stop drawing" }).click();
  await places.getByRole("switch", { name: /A place of yours/ }).waitFor();

  await picture.getByRole("button", { name: "Add a place by numbers" }).focus();
  await page.keyboard.press("Enter");
  const last = places.getByRole("listitem").last();
  await last.locator("summary").focus();
  await page.keyboard.press("Enter");
  await last.getByLabel("Squares from the top").focus();
  for (let i = 0; i < 9; i++) await page.keyboard.press("ArrowUp");
  await last.getByLabel("Squares from the left").fill("18");
  await places.getByRole("switch", { name: /A place of yours.*1152.*576/ }).waitFor();
  await looksRight(page, shot("redact-covered"));

  await picture.getByRole("switch", { name: "As the public will see it" }).click();
  await upper.evaluate((image: HTMLImageElement) => image.decode());
  assert.match((await upper.getAttribute("src")) ?? "", /covered=/);
  const part = await good(
    await workbench.house.ask((await upper.getAttribute("src")) ?? "", { cookie: workbench.cookie }),
  );
  const png = await readPlainPng(new Blob([await part.arrayBuffer()]));
  assert.ok(isGrey(png, 1) && isGrey(png, 9 * 20 + 18) && isGrey(png, 9 * 20 + 19) && !isGrey(png, 9 * 20 + 17));
  await looksRight(page, shot("redact-public"));

  await page.getByRole("button", { name: "Seal this decision" }).click();
  await page.getByText("Sealed. This is what the public may see").waitFor();
  await page.getByText(/Decided .*Ada Owner/).waitFor();
  const saving = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the redacted proof" }).first().click();
  const download = await saving;
  assert.equal(download.suggestedFilename(), `${id}-redacted.placard`);
  const path = await download.path();
  const { picture: shown, bytes } = await handedOut(path);
  assert.deepEqual(await findSeeds("file", bytes, SEEDS), []);
  assert.ok(isGrey(shown, 1) && isGrey(shown, 9 * 20 + 18) && !isGrey(shown, 9 * 20 + 17));
  const drawnTile =
    Math.floor((drawnAt.y * 1280) / sheet.width / 64) * 20 + Math.floor((drawnAt.x * 1280) / sheet.width / 64);
  assert.ok(isGrey(shown, drawnTile), "what was drawn is covered");
  assert.equal((await verifyFile(path)).verdict, "holds");
  await page.getByRole("link", { name: "Back to its way to the public" }).click();
  await page.getByRole("link", { name: "Download the redacted proof" }).waitFor();
  assert.deepEqual(complaints, []);
});

test("on a phone, in Hebrew: what stands is there to be changed, and a place is drawn with a finger", async () => {
  const { house, cookie } = workbench;
  const prefer = async (language: string) =>
    good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { language } }));
  await prefer("he");
  const { page, complaints } = await workbench.open(`/look/${id}/redact`, {
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
  });
  await page.locator(".covered button").first().tap();
  const picture = page.locator(".redact-picture");
  await picture
    .locator("img")
    .first()
    .evaluate((image: HTMLImageElement) => image.decode());
  assert.ok((await picture.boundingBox())?.width ?? 999 <= PHONE.width);
  await page.getByText(/הוחלט/).waitFor();
  const before = await page.locator(".redact-place").count();
  await page.getByRole("button", { name: "לצייר מקום" }).tap();
  const marks = page.locator(".redact-marks");
  await marks.scrollIntoViewIfNeeded();
  const sheet = (await marks.boundingBox()) ?? assert.fail();
  const touch = await page.context().newCDPSession(page);
  const at = (x: number, y: number) => [{ x: sheet.x + x, y: sheet.y + y }];
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(100, 100) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(120, 130) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await page.locator(".redact-place").nth(before).waitFor();
  await looksRight(page, shot("redact-phone"));
  await page.context().close();
  await prefer("en");
  assert.deepEqual(complaints, []);
});

test("of a picture twenty screens long only what is near is fetched", async () => {
  const long = await sealRedactable(workbench.browser, workbench.house.folder, { height: 16_000 });
  const { page, complaints } = await workbench.visit(`/look/${long}/redact`);
  await page.getByRole("button", { name: "Show it" }).first().click();
  const parts = page.locator(".redact-picture img");
  await parts.first().evaluate((image: HTMLImageElement) => image.decode());
  assert.equal(await parts.count(), 21);
  const last = parts.last();
  assert.equal(await last.evaluate((image: HTMLImageElement) => image.naturalWidth), 0);
  await last.scrollIntoViewIfNeeded();
  await last.evaluate((image: HTMLImageElement) => image.decode());
  assert.deepEqual(complaints, []);
});

test("whoever does not answer for what goes out is not shown the way there, and is refused", async () => {
  const { house, cookie } = workbench;
  await joinAs(house, cookie, "contributor");
  const { cookie: contributor } = await arrive(house, emailOf("contributor"));
  const { page } = await workbench.open(`/look/${id}/public`, { as: contributor });
  await page.getByText("Somebody has looked at what is left").waitFor();
  assert.equal(await page.getByRole("link", { name: /Decide|redacted/ }).count(), 0);
  assert.equal((await house.ask(`/api/exhibits/${id}/redaction/proof`, { cookie: contributor })).status, 403);
  await page.context().close();
});
