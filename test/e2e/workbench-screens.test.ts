/**
 * Every screen in either language, theme and contrast, on a phone and on a desk: no barrier that axe knows of. In the ordinary
 * run each way of looking has one of the screens, in the deep one all of them. Forced colours and stillness on each, too.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import type { JsonObject } from "../../src/lib/json.ts";
import { good } from "../server/house.ts";
import { saverIn } from "../server/saver.ts";
import { POST, sealPosts } from "../server/sealed-exhibits.ts";
import { barriersOn } from "./barriers.ts";
import { tooWideOrSmall } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "./workbench-house.ts";

const DEEP = process.env["PLACARD_DEEP"] === "1";
const shots = process.env["PLACARD_SHOTS"];
const POSTS: readonly JsonObject[] = [
  { ...POST, title: "Notice board: room 4, בניין ב׳ (2nd floor)", note: "ראיתי את זה ב־12:30, see p. 4" },
  {
    ...POST,
    title: "לוח מודעות",
    author: "שכן",
    handle: "@neighbour_7",
    postText: "גרנו כאן לפני שלרחוב היה שם, 100%.",
  },
  {
    ...POST,
    url: "https://townsquare.example/p/a-very-long-address-that-goes-on/and-on/and-on/?with=parameters&too=1",
  },
];

let workbench: OpenWorkbench;
let ids: readonly string[];
before(async () => {
  workbench = await openWorkbench({ allowPrivate: true }, "צוות Northside");
  const { house, cookie } = workbench;
  ids = await sealPosts(house.folder, POSTS);
  const saver = saverIn(house, cookie);
  const asked = await saver.post("/api/captures", { links: ["http://127.0.0.1:1/why-not"] });
  const { links } = (await asked.json()) as { readonly links: readonly { readonly item: string }[] };
  await saver.whenDone(links.map(({ item }) => item));
  await good(await house.ask("/api/invitations", { method: "POST", cookie, json: { role: "guest" } }));
});
after(() => workbench?.[Symbol.asyncDispose]());

interface Screen {
  readonly name: string;
  readonly path: () => string;
  /** What stands on it once it is all there. */
  readonly shows?: string;
  readonly open?: (page: Page) => Promise<void>;
}

const press = (selector: string) => (page: Page) => page.locator(selector).first().click();
const uncover = async (page: Page): Promise<void> => {
  await press(".covered button")(page);
  await page.locator(".said").waitFor();
};

const SCREENS: readonly Screen[] = [
  { name: "home", path: () => "/", shows: ".way" },
  { name: "save", path: () => "/save", shows: ".saved-row" },
  { name: "save-more", path: () => "/save", shows: ".saved-row", open: press(".more summary") },
  { name: "look", path: () => "/look", shows: ".exhibit-row", open: press("main .stack button, main > div > button") },
  { name: "find", path: () => "/find?text=lane", shows: ".exhibit-row" },
  { name: "found-none", path: () => "/find?text=nothing-says-that" },
  { name: "covered", path: () => `/look/${ids[0]}`, shows: ".covered" },
  { name: "exhibit", path: () => `/look/${ids[1]}`, shows: ".covered", open: uncover },
  {
    name: "changes",
    path: () => `/look/${ids[2]}`,
    shows: ".covered",
    open: (page) => page.getByRole("tab").last().click(),
  },
  { name: "show", path: () => `/show?ids=${encodeURIComponent(JSON.stringify(ids.slice(0, 2)))}`, shows: ".covered" },
  { name: "show-none", path: () => "/show" },
  { name: "people", path: () => "/people", shows: "li.line" },
  { name: "keep", path: () => "/keep" },
  { name: "health", path: () => "/health", shows: ".check" },
  { name: "preferences", path: () => "/preferences", shows: ".switch" },
  { name: "sessions", path: () => "/sessions", shows: "li" },
  { name: "menu", path: () => "/", shows: ".way", open: press("button.member") },
  { name: "lost", path: () => "/nowhere" },
];
/** To those who are not signed in. */
const STRANGERS: readonly Screen[] = ["/sign-in", "/start", "/join"].map((path) => ({
  name: path.slice(1),
  path: () => path,
}));

const SIZES = { phone: PHONE, desk: { width: 1280, height: 800 } } as const;
const WAYS = (["he", "en"] as const).flatMap((language) =>
  (["phone", "desk"] as const).flatMap((size) =>
    (["light", "dark"] as const).flatMap((colorScheme) =>
      (["no-preference", "more"] as const).map((contrast) => ({ language, size, colorScheme, contrast })),
    ),
  ),
);
type Way = (typeof WAYS)[number];

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
  }, path());
  if (!isElsewhere) await page.reload();
  await page.locator("main:not([data-before]) h1").waitFor();
  if (shows !== undefined) await page.locator(shows).first().waitFor();
  await open?.(page);
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

/** A few of them, others for each way. */
const some = (screens: readonly Screen[], turn: number, share: number): readonly Screen[] =>
  screens.filter((_, i) => DEEP || (i + turn) % share === 0);

for (const [turn, way] of WAYS.entries()) {
  const { language, size, colorScheme, contrast } = way;
  const name = [language, size, colorScheme, contrast === "more" ? "contrast" : ""].join(" ").trim();
  test(`screens of members, ${name}`, async () => {
    await speak(language);
    const options: BrowserContextOptions = { viewport: SIZES[size], colorScheme, contrast };
    const { page, complaints } = await workbench.open("/", options);
    await page.locator(`html[lang="${language}"]`).waitFor();
    for (const screen of some(SCREENS, turn, SCREENS.length)) {
      await go(page, screen);
      await shot(page, `${screen.name} ${name}`.replaceAll(" ", "-"));
      await hasNoBarrier(page, `${screen.name}, ${name}`, contrast);
    }
    assert.deepEqual(
      complaints.filter((text) => !text.includes("404")),
      [],
    );
    await page.context().close();
  });
}

test("screens of strangers", async () => {
  for (const [turn, { language, size, colorScheme, contrast }] of WAYS.entries()) {
    if (!DEEP && turn % 5 !== 0) continue;
    const locale = { he: "he-IL", en: "en-GB" }[language];
    const { page } = await workbench.open("/sign-in", { viewport: SIZES[size], colorScheme, contrast, locale });
    await page.context().clearCookies();
    await page.reload();
    for (const screen of some(STRANGERS, turn, 3)) {
      await go(page, screen);
      const name = `${screen.name}-${language}-${size}-${colorScheme}-${contrast}`;
      await shot(page, name);
      await hasNoBarrier(page, name, contrast);
    }
    await page.context().close();
  }
});

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
    const { page } = await workbench.open("/", { reducedMotion: motion === "system" ? "reduce" : "no-preference" });
    if (motion === "reduced") await page.locator('html[data-motion="reduced"]').waitFor();
    for (const screen of some(SCREENS, motion === "system" ? 0 : 1, 4)) {
      await go(page, screen);
      assert.deepEqual(await page.evaluate(moving), [], `${screen.name}, ${motion}`);
    }
    await page.context().close();
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

test("in forced colours every control keeps an edge, and what has the focus is to be seen", async () => {
  await speak("en");
  const { page } = await workbench.open("/", { forcedColors: "active" });
  for (const screen of some(SCREENS, 2, 3)) {
    await go(page, screen);
    await shot(page, `${screen.name}-forced`);
    assert.deepEqual(await page.evaluate(edgeless), [], screen.name);
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => {
      const active = document.activeElement ?? document.body;
      return getComputedStyle(active.closest(".mantine-Input-input") ?? active).outlineStyle;
    });
    assert.notEqual(outline, "none", `${screen.name}: the focus is not to be seen`);
  }
  await page.context().close();
});
