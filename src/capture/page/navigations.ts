/** Which answer it was that a page is shown from. */
import type { Page, Response } from "playwright-core";
import { moveOf } from "./keep-to-page.ts";
import { isSamePage } from "./same-page.ts";

const LONGEST_ADDRESS = 8192;
const MOST_REDIRECTS = 20;
const LONGEST_RETRY_AFTER = 100;

export interface ShownAnswer {
  readonly status: number;
  readonly retryAfter?: string;
  readonly mediaType: string;
  /** Addresses that sent the browser on, in order, without the last. */
  readonly redirects: readonly string[];
}

/** All answers to the page's own navigations, for as long as it is there. */
export function watchNavigations(page: Page): readonly Response[] {
  const navigations: Response[] = [];
  page.on("response", (response) => {
    if (moveOf(page, response.request())) navigations.push(response);
  });
  return navigations;
}

/** Of all answers to the page's own navigations, the one that is shown: a later one may have been a download. */
export function answersOf(navigations: readonly Response[], finalUrl: string): ShownAnswer {
  const at = navigations.findLastIndex((response) => isSamePage(response.url(), finalUrl));
  const shown = at < 0 ? navigations.length - 1 : at;
  const answer = navigations[shown];
  const retryAfter = answer?.headers()["retry-after"]?.slice(0, LONGEST_RETRY_AFTER);
  return {
    status: answer?.status() ?? 0,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    mediaType: (answer?.headers()["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "",
    redirects: navigations
      .slice(0, Math.max(0, shown))
      .slice(0, MOST_REDIRECTS)
      .map((response) => response.url().slice(0, LONGEST_ADDRESS)),
  };
}
