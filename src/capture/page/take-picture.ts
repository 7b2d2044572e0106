/**
 * The picture of a whole page: what moves is brought to its end or its beginning, typefaces have arrived, and no text
 * cursor blinks. Asked of the browser directly: Playwright's own screenshot takes half as long again.
 */
import { join } from "node:path";
import type { CDPSession } from "playwright-core";
import { giveBack } from "../../lib/bytes.ts";
import { VIEWPORT } from "../browser/launch.ts";
import { writeScratch } from "../scratch.ts";
import type { Look } from "./page.ts";

/** Chromium paints no taller or wider picture reliably; what is beyond is in the archive and the text. */
export const TALLEST = 16_000;
const WIDEST = 4_096;
const MOST_PIXELS = 24_000_000;
/** Milliseconds for the browser to paint; and for typefaces to arrive that the page waits for. */
const PICTURE_TIMEOUT = 30_000;
const TYPEFACES_TIMEOUT = 3_000;
const STEP = 40;

export interface Picture {
  readonly screenshot: string;
  /** Whether the page is taller or wider than its picture. */
  readonly screenshotCut: boolean;
}

/**
 * Animations that end are brought to their end, others to their beginning, shadow trees included. Then how far the
 * document reaches, as the layout has it, and whether typefaces are still on their way.
 */
const STILL = `(() => {
  const still = (root) => {
    for (const animation of root.getAnimations()) {
      try {
        if (animation.effect?.getComputedTiming().endTime === Infinity) animation.cancel();
        else animation.finish();
      } catch {}
    }
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) still(element.shadowRoot);
  };
  still(document);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { caret-color: transparent !important }");
  if (!document.adoptedStyleSheets.some(({ cssRules }) => cssRules.length === 1 && cssRules[0].cssText === sheet.cssRules[0].cssText))
    document.adoptedStyleSheets.push(sheet);
  const both = [document.documentElement, document.body].filter(Boolean);
  const most = (...names) => Math.max(1, ...both.flatMap((element) => names.map((name) => element[name] ?? 0)));
  return [
    most("scrollWidth", "offsetWidth", "clientWidth"),
    most("scrollHeight", "offsetHeight", "clientHeight"),
    document.fonts.status === "loading",
  ];
})()`;

/** Throws where the page goes elsewhere meanwhile, or cannot be painted in time; `storage`. */
export async function takePicture(session: CDPSession, look: Look, folder: string): Promise<Picture> {
  const [across, down] = await stillExtent(look);
  const width = Math.min(across, WIDEST);
  const height = Math.min(down, TALLEST, Math.floor(MOST_PIXELS / width));
  const painted = session.send("Page.captureScreenshot", {
    format: "png",
    optimizeForSpeed: true,
    captureBeyondViewport: width > VIEWPORT.width || height > VIEWPORT.height,
    clip: { x: 0, y: 0, width, height, scale: 1 },
  });
  const { data } = await within(PICTURE_TIMEOUT, painted);
  const screenshot = join(folder, "screenshot.png");
  const png = Buffer.from(data, "base64");
  await writeScratch(screenshot, png);
  giveBack(png);
  return { screenshot, screenshotCut: width < across || height < down };
}

async function stillExtent(look: Look): Promise<readonly [number, number]> {
  const until = performance.now() + TYPEFACES_TIMEOUT;
  for (;;) {
    const [across, down, loading] = (await look(STILL)) as readonly [number, number, boolean];
    if (!loading || performance.now() >= until) return [across, down];
    await new Promise((done) => setTimeout(done, STEP));
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error("the page could not be painted in time")), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
