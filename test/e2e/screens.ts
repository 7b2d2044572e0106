/** Every screen of the workbench, as tests open it; screens.test.ts holds that none of its routes is missing. */
import type { Page } from "playwright-core";
import type { JsonObject } from "../../src/lib/json.ts";
import { QUESTION } from "../server/asked-house.ts";
import { good, joinAs, passwordOnly, SETUP_TOKEN } from "../server/house.ts";
import { saverIn } from "../server/saver.ts";
import { POST, sealPosts } from "../server/sealed-exhibits.ts";
import { openDoor, takenIn } from "../server/sender.ts";
import type { OpenWorkbench } from "./workbench-house.ts";

const POSTS: readonly JsonObject[] = [
  {
    ...POST,
    case: "Lane 4, הרחוב הישן, and a name for a case that goes on for quite a while",
    title: "Notice board: room 4, בניין ב׳ (2nd floor)",
    note: "ראיתי את זה ב־12:30, see p. 4",
  },
  {
    ...POST,
    title: "לוח מודעות",
    case: "שכנים",
    author: "שכן",
    handle: "@neighbour_7",
    postText: "גרנו כאן לפני שלרחוב היה שם, 100%.",
  },
  {
    ...POST,
    url: "https://townsquare.example/p/a-very-long-address-that-goes-on/and-on/and-on/?with=parameters&too=1",
  },
];

/** What the addresses of screens are about. */
export interface Shown {
  readonly ids: readonly string[];
  /** Of an invitation, and of the way back to an account. */
  readonly invitation: string;
  readonly recovery: string;
  /** Of somebody who came by password alone. */
  readonly arriving: string;
  readonly receipt: string;
  readonly question: string;
}

export interface Screen {
  readonly name: string;
  readonly path: (shown: Shown) => string;
  /** What stands on it once it is all there. */
  readonly shows?: string;
  readonly open?: (page: Page, shown: Shown) => Promise<void>;
  /** With whose cookies a stranger's screen is opened. */
  readonly cookie?: (shown: Shown) => string;
}

/** What tests say in Latin letters on these screens: names, and what they wrote. */
export const GIVEN = [
  "Ada Owner",
  "guest of the tests",
  "townsquare.example",
  "Townsquare",
  "Lane 4,",
  "and a name for a case that goes on for quite a while",
  "Lanes",
  "The march",
  "Posts about the bins on the lane.",
  "We read English and Hebrew,",
  "see p. 4",
  "Wendel Thornby",
  "Councillor for Hollow Ward",
  "Lanterns Borough Council",
  "The lamps in Hollow Lane have been out since March, and people say in public that this is on purpose.",
  "Will you see to it that they are lit again?",
  "Europe/London",
  "Ask us in a week.",
];

/** Fills a founded house with something for each screen. */
export async function fillHouse({ house, cookie }: OpenWorkbench): Promise<Shown> {
  const ids = await sealPosts(house.folder, POSTS);
  const saver = saverIn(house, cookie);
  const asked = await saver.post("/api/captures", { links: ["http://127.0.0.1:1/why-not"] });
  const { links } = (await asked.json()) as { readonly links: readonly { readonly item: string }[] };
  await saver.whenDone(links.map(({ item }) => item));
  await openDoor(house, cookie, "Posts about the bins on the lane.\nWe read English and Hebrew, עד 12:30.");
  const receipt = await takenIn(house, { links: ["https://townsquare.example/p/1"], words: "ראיתי את זה, see p. 4" });
  for (const json of [
    { name: "Lanes", search: { text: "lane" }, shared: false },
    { name: "רחובות", search: { text: "רחוב" }, shared: true },
  ])
    await good(await house.ask("/api/searches", { method: "POST", cookie, json }));
  const json = { day: "2026-03-14", name: "The march" };
  await good(await house.ask("/api/occasions", { method: "POST", cookie, json }));
  const { accounts } = house;
  const email = "arriving@example.org";
  await joinAs(house, cookie, "guest", email);
  const [owner, guest] = ["owner", "guest"].map((role) => accounts.members.list().find((one) => one.role === role)?.id);
  const acting = { id: owner ?? "", role: "owner" } as const;
  return {
    ids,
    receipt,
    question: await askedIn(house, ids.slice(1, 2)),
    invitation: accounts.invitations.invite(acting, "guest").token,
    arriving: await passwordOnly(house, email),
    recovery: accounts.recoveries.make(acting, guest ?? "", "a computer").token,
  };
}

/** With a reply that waits to be classed. */
async function askedIn({ house }: OpenWorkbench["house"], exhibits: readonly string[]): Promise<string> {
  const { questions } = house.record();
  const by = { actor: "actor-x", name: "Ada Owner" };
  const { id } = await questions.ask({ ...QUESTION, exhibits: [...exhibits] }, by);
  const post = "12 Mill Street, Lanterns";
  const agreed = await questions.agree(id, { channel: "post", by: QUESTION.by, post }, by);
  await questions.carried(id, { letter: agreed.letters[0]?.id ?? "", state: "posted" }, by.actor);
  await questions.note(id, { act: "replied", channel: "post", text: "Ask us in a week." }, by.actor);
  return id;
}

const press = (selector: string) => (page: Page) => page.locator(selector).first().click();
const uncover = async (page: Page): Promise<void> => {
  await press(".covered button")(page);
  await page.locator(".said").waitFor();
};
const at = (path: string) => (): string => path;

export const SCREENS: readonly Screen[] = [
  { name: "home", path: at("/"), shows: ".way" },
  { name: "save", path: at("/save"), shows: ".saved-row" },
  { name: "save-more", path: at("/save"), shows: ".saved-row", open: press(".more summary") },
  { name: "look", path: at("/look"), shows: ".exhibit-row", open: press("main .stack button, main > div > button") },
  { name: "find", path: at("/find?text=lane"), shows: ".exhibit-row" },
  { name: "found-none", path: at("/find?text=nothing-says-that") },
  { name: "find-kept", path: at("/find?text=gone"), open: press("details.more summary") },
  {
    name: "find-chosen",
    path: at("/find"),
    shows: ".exhibit-row",
    open: async (page) => {
      await press(".exhibit-row input[type=checkbox]")(page);
      await page.locator(".chosen-bar").waitFor();
    },
  },
  {
    name: "find-charts",
    path: at("/find?view=charts"),
    shows: ".chart-drawn svg",
    open: async (page) => {
      for (const table of await page.locator(".chart summary").all()) await table.click();
    },
  },
  { name: "cases", path: at("/cases"), shows: ".line" },
  { name: "case-renaming", path: at("/cases"), shows: ".line", open: press(".line button") },
  { name: "covered", path: ({ ids }) => `/look/${ids[0]}`, shows: ".covered" },
  { name: "exhibit", path: ({ ids }) => `/look/${ids[1]}`, shows: ".covered", open: uncover },
  {
    name: "changes",
    path: ({ ids }) => `/look/${ids[2]}`,
    shows: ".covered",
    open: (page) => page.getByRole("tab").last().click(),
  },
  { name: "publish", path: ({ ids }) => `/look/${ids[1]}/public`, shows: ".gate" },
  {
    name: "redact",
    path: ({ ids }) => `/look/${ids[1]}/redact`,
    shows: ".covered",
    open: async (page) => {
      await press(".covered button")(page);
      await page.locator(".redact-picture img").first().waitFor();
      await page
        .getByRole("button")
        .filter({ hasText: /^(?:Add a place|להוסיף מקום)/ })
        .click();
      await press(".redact-place summary")(page);
    },
  },
  { name: "questions", path: at("/questions"), shows: ".question-row" },
  {
    name: "question",
    path: ({ question }) => `/questions/${question}`,
    shows: ".thread li form",
    open: async (page) => {
      for (const summary of await page.locator(".deed summary").all()) await summary.click();
    },
  },
  {
    name: "ask",
    path: ({ ids }) => `/questions/ask?ids=${encodeURIComponent(JSON.stringify(ids.slice(0, 1)))}`,
    shows: "form",
  },
  {
    name: "show",
    path: ({ ids }) => `/show?ids=${encodeURIComponent(JSON.stringify(ids.slice(0, 2)))}`,
    shows: ".covered",
  },
  { name: "show-none", path: at("/show") },
  { name: "people", path: at("/people"), shows: "li.line" },
  { name: "keep", path: at("/keep") },
  { name: "health", path: at("/health"), shows: ".check" },
  { name: "inbox", path: at("/inbox"), shows: "article" },
  {
    name: "inbox-opened",
    path: at("/inbox"),
    shows: "article",
    open: async (page) => {
      await press("article button")(page);
      await page.locator("article .said").first().waitFor();
    },
  },
  { name: "intake", path: at("/intake"), shows: ".door-qr" },
  { name: "settings", path: at("/settings"), shows: "#limits" },
  { name: "account", path: at("/account"), shows: "#sign-ins" },
  { name: "preferences", path: at("/preferences"), shows: ".switch" },
  { name: "sessions", path: at("/sessions"), shows: "li" },
  { name: "menu", path: at("/"), shows: ".way", open: press("button.member") },
  { name: "lost", path: at("/nowhere") },
];

/** To those who are not signed in. */
export const STRANGERS: readonly Screen[] = [
  { name: "sign-in", path: at("/sign-in"), shows: "input[name=password]" },
  { name: "start", path: at(`/start#${SETUP_TOKEN}`), shows: "input[name=name]" },
  { name: "start-no-key", path: at("/start") },
  { name: "join", path: ({ invitation }) => `/join#${invitation}`, shows: "input[name=name]" },
  { name: "join-no-key", path: at("/join") },
  { name: "recover", path: ({ recovery }) => `/recover#${recovery}`, shows: "input[name=password]" },
  { name: "recover-no-key", path: at("/recover") },
  { name: "second-factor", path: at("/second-factor"), cookie: ({ arriving }) => arriving },
  { name: "send", path: at("/send"), shows: "#contact" },
  { name: "code", path: at("/send#code"), shows: "#code" },
  {
    name: "receipt",
    path: at("/send#code"),
    shows: "#code",
    open: async (page, { receipt }) => {
      await page.locator("#code").fill(receipt);
      await page.keyboard.press("Enter");
      await page.locator("main h2").waitFor();
    },
  },
];
