/**
 * Makes the pictures in docs/pictures anew, of a house with invented posts. Run: `node scripts/doc-pictures.ts`, with names of pictures
 * to make only those. What is on a picture is looked through first: a path of the machine it is made on has no place there.
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { startForum } from "../src/sample/forum.ts";
import { type PlacardContent, placardHtml } from "../src/show/placard.ts";
import { printIn } from "../src/show/print.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "../test/e2e/workbench-house.ts";
import { ownBrowser } from "../test/own-browser.ts";
import { samplePlacard } from "../test/sample-placard.ts";
import { good } from "../test/server/house.ts";
import { buildVerifyPage } from "./build-verify-page.ts";
import { fillPictured } from "./pictures/pictured-house.ts";
import { type Pictured, SHOTS, type Shot } from "./pictures/shots.ts";

const PICTURES = join(import.meta.dirname, "..", "docs", "pictures");
const DESK = { width: 1280, height: 800 };
/** As it stands in addresses on the pictures. */
const FORUM_PORT = 7530;
const PLACARD: PlacardContent = { ...samplePlacard(12), headline: "“Never seen it”? Look." };
/** Pixels an inch on the placard: 1082 of them across an A3 sheet. */
const RESOLUTION = "92.5";

const asked = process.argv.slice(2);
const isAsked = (name: string): boolean => asked.length === 0 || asked.includes(name);

/** Few colours: a picture in a document is to be small. */
async function keep(name: string, png: Uint8Array): Promise<void> {
  const small = await sharp(png).png({ palette: true, colours: 96, effort: 10, compressionLevel: 9 }).toBuffer();
  await writeFile(join(PICTURES, `${name}.png`), small);
  process.stdout.write(`${name}.png  ${Math.ceil(small.length / 1024)} KB\n`);
}

async function refusePaths(page: Page, name: string): Promise<void> {
  const text = await page.evaluate(() => document.body.innerText);
  const found = [homedir(), tmpdir(), process.cwd(), hostname()].filter((one) => one.length > 1 && text.includes(one));
  if (found.length > 0) throw new Error(`${name} would show ${found.join(", ")}.`);
}

/** Where the health page names a place on this machine, it names it without the way there. */
async function hidePlaces(page: Page, folder: string): Promise<void> {
  const { path: browser } = await ownBrowser();
  await page.route("**/api/health", async (route) => {
    const answer = await route.fetch();
    const told = await answer.text();
    await route.fulfill({ response: answer, body: told.replaceAll(folder, "record").replaceAll(browser, "chromium") });
  });
}

async function takePicture(page: Page, name: string, { height, part }: Partial<Shot> = {}): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await refusePaths(page, name);
  if (part !== undefined) return keep(name, await page.locator(part).screenshot({ animations: "disabled" }));
  const width = page.viewportSize()?.width ?? DESK.width;
  const clip = height === undefined ? {} : { clip: { x: 0, y: 0, width, height } };
  await keep(name, await page.screenshot({ fullPage: true, animations: "disabled", ...clip }));
}

async function takeShot(workbench: OpenWorkbench, pictured: Pictured, shot: Shot): Promise<void> {
  const { name, path, size, colorScheme = "light", language = "en", shows, open } = shot;
  const { house, cookie } = workbench;
  await good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { language } }));
  const looking = { viewport: size === "phone" ? PHONE : DESK, colorScheme } as const;
  const { page } = await workbench.open("/", { ...looking, locale: language === "he" ? "he-IL" : "en-GB" });
  page.setDefaultTimeout(90_000);
  await hidePlaces(page, house.folder);
  await page.goto(new URL(path(pictured), page.url()).href);
  await page.locator(shows).first().waitFor();
  await open?.(page);
  await takePicture(page, name, shot);
  await page.context().close();
}

async function takeVerifyPage({ browser, house }: OpenWorkbench, { post }: Pictured, folder: string): Promise<void> {
  await buildVerifyPage(folder);
  const proof = join(folder, `${post}.placard`);
  await house.house.record().export(post, proof);
  const page = await browser.newPage({ viewport: DESK, locale: "en-GB", colorScheme: "light" });
  await page.goto(`${pathToFileURL(folder).href}/index.html`);
  await page.setInputFiles("#file", proof);
  await page.locator("#verdict[data-verdict]").waitFor();
  await takePicture(page, "verify-page", { height: 1230 });
  await page.close();
}

async function takePlacard({ browser }: OpenWorkbench, folder: string): Promise<void> {
  const pdf = join(folder, "placard.pdf");
  await writeFile(pdf, await printIn(browser, placardHtml([PLACARD], { size: "A3" }), { size: "A3" }));
  const stem = join(folder, "placard");
  execFileSync("pdftoppm", ["-r", RESOLUTION, "-png", "-singlefile", pdf, stem]);
  await keep("placard-a3", await sharp(`${stem}.png`).toBuffer());
}

await using workbench = await openWorkbench({ allowPrivate: true }, "Hollow Lane Residents");
await using forum = await startForum({ port: FORUM_PORT });
const pictured = await fillPictured(workbench, forum);
const folder = await mkdtemp(join(tmpdir(), "placard-pictures-"));
try {
  for (const shot of SHOTS) if (isAsked(shot.name)) await takeShot(workbench, pictured, shot);
  if (isAsked("verify-page")) await takeVerifyPage(workbench, pictured, folder);
  if (isAsked("placard-a3")) await takePlacard(workbench, folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
