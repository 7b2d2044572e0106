/**
 * Every screen in either language, theme and contrast, on a phone and on a desk: no barrier that axe knows of. In the ordinary
 * run the screens are spread over half of the ways of looking; in the deep one each has half of all ways. In Hebrew no other word is left
 * but names. Forced colours and stillness, too.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { good } from "../server/house.ts";
import { barriersOn } from "./barriers.ts";
import { latinWordsOn } from "./latin-words.ts";
import { fillHouse, GIVEN, SCREENS, type Screen, type Shown, STRANGERS } from "./screens.ts";
import { tooWideOrSmall, type Watched } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE, signIn } from "./workbench-house.ts";

const DEEP = process.env["PLACARD_DEEP"] === "1";
const shots = process.env["PLACARD_SHOTS"];

let workbench: OpenWorkbench;
let shown: Shown;
before(async () => {
  workbench = await openWorkbench({ allowPrivate: true }, "צוות Northside");
  shown = await fillHouse(workbench);
});
after(() => workbench?.[Symbol.asyncDispose]());

const SIZES = { phone: PHONE, desk: { width: 1280, height: 800 } } as const;
const ALL_WAYS = (["he", "en"] as const).flatMap((language) =>
  (["phone", "desk"] as const).flatMap((size) =>
    (["light", "dark"] as const).flatMap((colorScheme) =>
      (["no-preference", "more"] as const).map((contrast) => ({ language, size, colorScheme, contrast })),
    ),
  ),
);
type Way = (typeof ALL_WAYS)[number];
const PLAIN: Way = { language: "en", size: "desk", colorScheme: "light", contrast: "no-preference" };

/**
 * Eight of the sixteen are those in which an even number of the four values is the second of its two, eight the others. Of any three
 * of the values, and so of any two, every choice is there in either half: the fourth is what makes the number even, or odd.
 */
const isEven = ({ language, size, colorScheme, contrast }: Way): boolean =>
  [language === "en", size === "desk", colorScheme === "dark", contrast === "more"].filter(Boolean).length % 2 === 0;
const WAYS = ALL_WAYS.filter((way) => DEEP || isEven(way));
/** Each screen in one of the ways, its neighbours in others; in the deep run in one half of them, its neighbours in the other. */
const screensFor = (screens: readonly Screen[], turn: number, way: Way): readonly Screen[] =>
  screens.filter((_, i) => (DEEP ? isEven(way) === (i % 2 === 0) : i % WAYS.length === turn));

test("either half of the ways has every choice of any three values", () => {
  for (const half of [true, false]) {
    const values = ALL_WAYS.filter((way) => isEven(way) === half).map((way) => Object.values(way));
    for (let without = 0; without < 4; without++)
      assert.equal(new Set(values.map((four) => four.toSpliced(without, 1).join())).size, 8);
  }
});

async function speak(language: string): Promise<void> {
  const { house, cookie } = workbench;
  await good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { language } }));
}

async function go(page: Page, { path, shows, open }: Screen): Promise<void> {
  const isElsewhere = await page.evaluate((to) => {
    document.querySelector("main")?.setAttribute("data-before", "");
    const was = location.pathname;
    history.pushState(undefined, "", to);
    return was !== location.pathname;
  }, path(shown));
  if (!isElsewhere) await page.reload();
  await page.locator("main:not([data-before]) h1").waitFor();
  await settled(page, { shows, open });
}

/** As somebody does who has its address only. */
async function arriveAt(page: Page, { path, shows, open, cookie }: Screen): Promise<void> {
  const { origin } = new URL(page.url());
  await page.context().clearCookies();
  if (cookie !== undefined) await signIn(page, origin, cookie(shown));
  // Else an address that differs in what follows its # only would open nothing anew.
  await page.goto(`${origin}/icon.svg`);
  await page.goto(origin + path(shown));
  await page.locator("h1").waitFor();
  await settled(page, { shows, open });
}

async function settled(
  page: Page,
  { shows, open }: { readonly shows: string | undefined; readonly open: Screen["open"] | undefined },
): Promise<void> {
  if (shows !== undefined) await page.locator(shows).first().waitFor();
  await open?.(page, shown);
  await page.evaluate(() => document.fonts.ready);
}

/** High contrast means 7 : 1. */
async function hasNoBarrier(page: Page, what: string, contrast: Way["contrast"]): Promise<void> {
  const looking = contrast === "more" ? "high contrast" : "everything";
  assert.deepEqual(await barriersOn(page, looking), [], what);
  assert.deepEqual(await page.evaluate(tooWideOrSmall), [], what);
}

async function shot(page: Page, name: string): Promise<void> {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

/** One window in each language looks in all the ways there are: to begin another costs more than to look at a screen. */
const windows = new Map<string, Watched>();
const LOCALES = { he: "he-IL", en: "en-GB" } as const;

async function windowFor({ language, size, colorScheme, contrast }: Way): Promise<Watched> {
  const watched = windows.get(language) ?? (await workbench.open("/", { locale: LOCALES[language] }));
  windows.set(language, watched);
  const { page } = watched;
  await page.setViewportSize(SIZES[size]);
  await page.emulateMedia({ colorScheme, contrast, reducedMotion: null, forcedColors: null });
  const { origin } = new URL(page.url());
  // The last of the strangers is not signed in, or somebody else.
  await page.context().clearCookies();
  await signIn(page, origin, workbench.cookie);
  await page.goto(`${origin}/`);
  await page.locator(`html[lang="${language}"] h1`).waitFor();
  return watched;
}

for (const [turn, way] of WAYS.entries()) {
  const { language, size, colorScheme, contrast } = way;
  const name = [language, size, colorScheme, contrast === "more" ? "contrast" : ""].join(" ").trim();
  test(`screens of members and of strangers, ${name}`, async () => {
    await speak(language);
    const { page, complaints } = await windowFor(way);
    const look = async (screen: Screen): Promise<void> => {
      await shot(page, `${screen.name} ${name}`.replaceAll(" ", "-"));
      await hasNoBarrier(page, `${screen.name}, ${name}`, contrast);
      if (language === "he") assert.deepEqual(await latinWordsOn(page, [...GIVEN, "Northside"]), [], screen.name);
    };
    for (const screen of screensFor(SCREENS, turn, way)) {
      await go(page, screen);
      await look(screen);
    }
    for (const screen of screensFor(STRANGERS, turn, way)) {
      await arriveAt(page, screen);
      await look(screen);
    }
    assert.deepEqual(
      complaints.filter((text) => !/404|401/.test(text)),
      [],
    );
  });
}

/** One of so many. */
const some = (turn: number, share: number): readonly Screen[] =>
  SCREENS.filter((_, i) => DEEP || (i + turn) % share === 0);

/** Of all that stands on the page: what moves, or would if something changed. */
function moving(): readonly string[] {
  const seconds = (list: string): number => Math.max(...list.split(",").map((part) => Number.parseFloat(part)));
  return [...document.querySelectorAll("*")].flatMap((element) => {
    const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element);
    const isStill = seconds(transitionDuration) < 0.001 && seconds(animationDuration) < 0.001;
    return isStill && scrollBehavior !== "smooth" ? [] : [element.outerHTML.slice(0, 120)];
  });
}

test("who asks for stillness, of the device or of Placard, sees nothing move", async () => {
  await speak("en");
  const { house, cookie } = workbench;
  for (const motion of ["system", "reduced"] as const) {
    await good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { motion } }));
    const { page } = await windowFor(PLAIN);
    await page.emulateMedia({ reducedMotion: motion === "system" ? "reduce" : "no-preference" });
    if (motion === "reduced") await page.locator('html[data-motion="reduced"]').waitFor();
    for (const screen of some(motion === "system" ? 0 : 1, 6)) {
      await go(page, screen);
      assert.deepEqual(await page.evaluate(moving), [], `${screen.name}, ${motion}`);
    }
  }
  await good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { motion: "system" } }));
});

/** Controls that have no edge of their own once the system takes colours and shadows away. */
function edgeless(): readonly string[] {
  const drawn = ({ borderTopWidth, borderTopStyle, outlineStyle, textDecorationLine }: CSSStyleDeclaration): boolean =>
    (borderTopStyle !== "none" && Number.parseFloat(borderTopWidth) > 0) ||
    outlineStyle !== "none" ||
    textDecorationLine.includes("underline");
  return (
    [...document.querySelectorAll("button.mantine-Button-root, input:not([type=hidden]), select, textarea, .sheet")]
      .filter((element) => element.checkVisibility() && (element as HTMLElement).offsetWidth > 1)
      // Of a field within a frame, the frame has the edge; of a switch, what stands beside it.
      .map((element) => element.closest(".mantine-Input-input") ?? element)
      .map((element) => (element.getAttribute("role") === "switch" ? (element.nextElementSibling ?? element) : element))
      .filter((element) => !drawn(getComputedStyle(element)))
      .map(({ outerHTML }) => outerHTML.slice(0, 160))
  );
}

/** What sets its colours itself, where the system does, and is not to be told from its ground, or from the page's. */
function unreadable(): readonly string[] {
  const light = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => (Number(part) / 255) ** 2.2);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const isNear = (a: string, b: string): boolean => Math.max(light(a), light(b)) / Math.min(light(a), light(b)) < 3;
  const { backgroundColor: paper } = getComputedStyle(document.body);
  const drawn = "button, a, .chart-bar, .chart-label, .chip-dot, .bar-drawn";
  return [...document.querySelectorAll(drawn)].flatMap((element) => {
    const { color, backgroundColor, forcedColorAdjust, fill } = getComputedStyle(element);
    const isDrawing = element instanceof SVGElement;
    if (!isDrawing && forcedColorAdjust !== "none") return [];
    const isText = !isDrawing && element.textContent !== "";
    const [own, ground] = isDrawing ? [fill, paper] : isText ? [color, backgroundColor] : [backgroundColor, paper];
    return isNear(own, ground) ? [`${own} on ${ground}: ${element.outerHTML.slice(0, 160)}`] : [];
  });
}

test("in forced colours every control keeps an edge, and what has the focus is to be seen", async () => {
  await speak("en");
  const { house, cookie } = workbench;
  const prefer = async (theme: string): Promise<void> =>
    void (await good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { theme } })));
  // Our ink is dark then, and the system's ground is, too.
  await prefer("light");
  const { page } = await windowFor(PLAIN);
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  const charts = SCREENS.filter(({ name }) => name === "find-charts");
  for (const screen of new Set([...some(2, 5), ...charts])) {
    await go(page, screen);
    await shot(page, `${screen.name}-forced`);
    assert.deepEqual(await page.evaluate(edgeless), [], screen.name);
    assert.deepEqual(await page.evaluate(unreadable), [], screen.name);
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => {
      const active = document.activeElement ?? document.body;
      return getComputedStyle(active.closest(".mantine-Input-input") ?? active).outlineStyle;
    });
    assert.notEqual(outline, "none", `${screen.name}: the focus is not to be seen`);
  }
  await prefer("system");
});
