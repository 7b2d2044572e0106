/** Keeps a browser to the one page that is captured: nothing else is opened, nothing waits for a person who is not there. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext, Frame, Page, Request } from "playwright-core";
import type { NotCaptured } from "../capture.ts";
import { say } from "../said.ts";
import { notCaptured } from "../walls/what-page.ts";

/** Times a page may go to another page (or to itself again) by itself; sign-in detours and consent pages take two or three. */
const MOST_MOVES = 20;
const STEP = 50;

export interface PageWatch {
  /** Resolves when there is no page left to capture: it crashed, or never stays. */
  readonly failed: Promise<NotCaptured>;
  /** Does `work` again where the page went elsewhere under it, until `deadline` (`performance.now()` time). Throws what it throws. */
  whereItStays<T>(deadline: number, work: () => Promise<T>): Promise<T>;
}

export function keepToOnePage(context: BrowserContext, page: Page): PageWatch {
  let moves = 0;
  /** Beginnings and ends of moves: either can come while the page is looked at. */
  let changes = 0;
  let fail: (outcome: NotCaptured) => void = () => undefined;
  const failed = new Promise<NotCaptured>((resolve) => (fail = resolve));
  page.on("dialog", (dialog) => void dialog.dismiss().catch(() => undefined));
  page.on("download", (download) => void download.cancel().catch(() => undefined));
  context.on("page", (other) => void other.close().catch(() => undefined));
  page.on("crash", () => fail(CRASHED));
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame()) changes++;
  });
  page.on("request", (request) => {
    // Where a redirect leads is not the page's doing, and an address for another program moves nothing.
    if (!moveOf(page, request) || request.redirectedFrom() !== null || !/^(https?|blob):/.test(request.url())) return;
    moves++;
    changes++;
    if (moves > MOST_MOVES) fail(KEEPS_MOVING);
  });
  return {
    failed,
    whereItStays: async (deadline, work) => {
      for (;;) {
        const before = changes;
        try {
          return await work();
        } catch (error) {
          await sleep(STEP);
          if (changes === before) throw error;
          if (performance.now() < deadline) continue;
          fail(KEEPS_MOVING);
          throw error;
        }
      }
    },
  };
}

/** Whether a request is for what the page itself is to be replaced by. */
export function moveOf(page: Page, request: Request): boolean {
  return request.isNavigationRequest() && frameOf(request) === page.mainFrame();
}

function frameOf(request: Request): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined; // A service worker's request has none.
  }
}

const CRASHED = notCaptured("browser", say("crashed"));
const KEEPS_MOVING = notCaptured("keeps_moving", say("keeps_moving"));
