/** A page of an invented post, sealed with its picture tile by tile: names and handles in it, a code to scan, and faces where a test has some. */
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { renderSVG } from "uqr";
import { sealCapture } from "../src/app/capture-exhibit.ts";
import { openContext } from "../src/app/open-record.ts";
import { MARKUP_RULES } from "../src/capture/facts/markup/rules.ts";
import { FIND_PRIVATE_PLACES, placeRules, soundPlaces } from "../src/capture/page/private-places.ts";
import { commitScreenshot, openPicture } from "../src/capture/picture/picture.ts";
import type { JsonObject } from "../src/lib/json.ts";
import { POST } from "./server/sealed-exhibits.ts";

export const AUTHOR = "Marrow Quillfeather";
export const HANDLE = "@quillfeather@lanterns.example";
/** Nothing on the page marks it. */
export const NEIGHBOUR = "Tamsin Oddershed";

/** In pixels of the picture: left, top, width, height. */
export const PLACED = {
  name: [80, 40, 320, 40],
  avatar: [20, 36, 48, 48],
  code: [700, 1660, 200, 200],
  photo: [20, 700, 800, 582],
} as const;

/** Where the faces are on the photo below, by eye: their middles. */
export const FACES = [
  [509, 141],
  [357, 105],
  [193, 440],
] as const;

/** Comes with the package of the face detector. */
const photo = (): string =>
  readFileSync(createRequire(import.meta.url).resolve("@vladmandic/face-api/demo/sample5.jpg")).toString("base64");

const at = ([left, top, width, height]: readonly number[], more = ""): string =>
  `style="position:absolute;left:${left}px;top:${top}px;width:${width}px;height:${height}px;${more}"`;

function html(withPhoto: boolean, height: number): string {
  const image = withPhoto ? `<img alt="" src="data:image/jpeg;base64,${photo()}" ${at(PLACED.photo)}>` : "";
  return `<!doctype html><style>body{margin:0;background:#fff;color:#111;font:24px/40px sans-serif}p{margin:0}</style>
<div style="position:relative;height:${height}px;width:1280px"><article class="h-entry">
<img class="avatar" alt="" ${at(PLACED.avatar, "background:#486")} src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>">
<div class="p-author h-card" ${at(PLACED.name)}><span class="p-name">${AUTHOR}</span></div>
<p class="p-nickname" ${at([80, 84, 700, 40])}>${HANDLE}</p>
<p ${at([20, 200, 1200, 40])}>The lamps were put out again, and ${NEIGHBOUR} saw who did it.</p>
<p ${at([20, 260, 1200, 40])}>Write to wardens@lanterns.example or call 020 7946 0999.</p></article>${image}
<div ${at(PLACED.code)}>${renderSVG("https://lanterns.example/u/tamsin")}</div></div>`;
}

interface Wanted {
  /** Besides those of the sample post. */
  readonly facts?: JsonObject;
  readonly withPhoto?: boolean;
  /** Of the page, in pixels. */
  readonly height?: number;
}

/** Seals it in the record in `folder`; returns its id. */
export async function sealRedactable(
  browser: Browser,
  folder: string,
  { facts = {}, withPhoto = false, height = 2000 }: Wanted = {},
): Promise<string> {
  const file = (name: string): string => join(folder, `redactable-${name}.tmp`);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.setContent(html(withPhoto, height));
  await writeFile(file("screenshot"), await page.screenshot({ type: "png", fullPage: true }));
  const said = await page.evaluate(`(${FIND_PRIVATE_PLACES})(${JSON.stringify(placeRules(MARKUP_RULES))})`);
  await page.close();
  await writeFile(file("archive"), "archive");
  await writeFile(file("text"), `${AUTHOR} ${HANDLE}`);
  const seed = Buffer.alloc(32, 5);
  const screenshotTiles = await commitScreenshot(openPicture(await readFile(file("screenshot"))), seed);
  const files = { archive: file("archive"), screenshot: file("screenshot"), text: file("text") };
  const about = { ...POST, author: AUTHOR, handle: HANDLE, privatePlaces: soundPlaces(said) as JsonObject, ...facts };
  await using opened = await openContext(folder);
  return (await sealCapture(opened.context, { files, facts: about, tiles: { seed, screenshotTiles } }, {})).id;
}
