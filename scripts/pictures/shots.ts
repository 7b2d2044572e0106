/** Which pictures of the workbench the documents show: where each is taken, and how it is looked at. */
import type { Page } from "playwright-core";

/** What the house that is pictured holds. */
export interface Pictured {
  /** A post of the sample forum, captured by a browser. */
  readonly post: string;
}

export interface Shot {
  /** Of the file in docs/pictures, without its ending. */
  readonly name: string;
  readonly path: (pictured: Pictured) => string;
  /** A desk in light English, where nothing else is said. */
  readonly size?: "phone";
  readonly colorScheme?: "dark";
  readonly language?: "he";
  /** What stands on it once it is all there. */
  readonly shows: string;
  readonly open?: (page: Page) => Promise<void>;
  /** Pixels of it, from its top; else as much as there is. */
  readonly height?: number;
  /** Only this part of it. */
  readonly part?: string;
}

const at = (path: string) => (): string => path;
const uncover = async (page: Page): Promise<void> => {
  await page.locator(".covered button").first().click();
  await page.locator(".said, .preview iframe").first().waitFor();
};

export const SHOTS: readonly Shot[] = [
  { name: "workbench-save", path: at("/save"), shows: ".saved-row .chip" },
  {
    name: "workbench-exhibit",
    path: ({ post }) => `/look/${post}`,
    shows: ".covered",
    height: 1015,
    open: async (page) => {
      await page.getByRole("button", { name: "Check it now" }).click();
      await page.getByRole("heading", { name: "Everything holds" }).waitFor();
      await uncover(page);
    },
  },
  {
    name: "workbench-find",
    path: at("/find?view=charts"),
    shows: ".chart-bar",
    height: 1284,
  },
  { name: "workbench-charts", path: at("/find?view=charts"), shows: ".heat", part: ".chart:has(.heat)" },
  {
    name: "workbench-cases-phone-he",
    path: at("/cases"),
    size: "phone",
    language: "he",
    shows: ".line",
  },
  {
    name: "workbench-look-phone-dark",
    path: at("/look"),
    size: "phone",
    colorScheme: "dark",
    shows: ".exhibit-row",
    height: 844,
  },
  {
    name: "workbench-show",
    path: ({ post }) => `/show?ids=${encodeURIComponent(JSON.stringify([post]))}&headline=Never%20seen%20it%3F%20Look.`,
    shows: ".covered",
    open: async (page) => {
      await uncover(page);
      await page.locator("section[aria-busy=false] .preview").waitFor();
    },
  },
  {
    name: "workbench-redact",
    path: ({ post }) => `/look/${post}/redact`,
    shows: ".covered",
    height: 1000,
    open: async (page) => {
      await page.locator(".covered button").first().click();
      await page
        .locator(".redact-picture img")
        .first()
        .evaluate((image: HTMLImageElement) => image.decode());
    },
  },
  { name: "workbench-publish", path: ({ post }) => `/look/${post}/public`, shows: ".gate", height: 1200 },
  { name: "workbench-keep", path: at("/keep"), shows: "input[name=passphrase]", height: 1306 },
  { name: "workbench-people", path: at("/people"), shows: "li.line" },
  { name: "workbench-settings", path: at("/settings"), shows: "#limits", height: 1724 },
  { name: "workbench-health", path: at("/health"), shows: ".check" },
  { name: "workbench-send-phone", path: at("/send"), size: "phone", shows: "#contact" },
];
