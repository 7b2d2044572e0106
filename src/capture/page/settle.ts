/**
 * Reads a page and takes its picture in one state: nothing under way on the network, and the same text before and after
 * the picture. The waiting and the work are the same time.
 */
import type { Page } from "playwright-core";
import type { Look } from "./page.ts";
import { untilShown } from "./shown.ts";

/** Milliseconds without network traffic that count as rest. */
const QUIET = 100;
/** … of which so much passes before one begins to wait for the page to show what came. */
const ARRIVED = 50;
/** A page that never rests (tickers, polling) is taken as it is after this long, once it has loaded. */
const LONGEST_UNREST = 8_000;
/** A page that is still blank gets this long to fill itself. */
const BLANK_PATIENCE = 4_000;
/**
 * A page that is still blank, or another than before, after so many takings will be for a while. Each taking is a whole
 * picture: from then on there is a pause between them, in milliseconds, or a processor would do nothing else meanwhile.
 */
const QUICK_TAKINGS = 4;
const PAUSE = 400;
const STEP = 20;

export interface Settled<T> {
  readonly taken: T;
  /** False where the page kept changing: text and picture may then differ by a moment. */
  readonly atRest: boolean;
}

export interface Taking<T> {
  /** Of this page, from before it was opened: what is under way already counts too. */
  readonly traffic: Traffic;
  /** Reads the page and takes its picture. */
  readonly take: () => Promise<T>;
  /** Whether there was nothing on the page yet. */
  readonly isBlank: (taken: T) => boolean;
  /** Whether the page still says what was taken, and is no longer than was looked through. */
  readonly stillSo: (taken: T) => Promise<boolean>;
}

/** Resolves with what was taken at rest, or at `deadline` (`performance.now()` time) with what is there then. */
export async function takeAtRest<T>(
  page: Page,
  look: Look,
  deadline: number,
  { traffic, take, isBlank, stillSo }: Taking<T>,
): Promise<Settled<T>> {
  const left = (most: number): number => Math.max(1, Math.min(most, deadline - performance.now()));
  await page.waitForLoadState("load", { timeout: left(60_000) }).catch(() => undefined);
  const blankUntil = performance.now() + left(BLANK_PATIENCE);
  const until = performance.now() + left(LONGEST_UNREST);
  /** Nothing moves, and what came is shown, by as much as one can wait for that. */
  const rests = async (): Promise<boolean> => {
    while (await traffic.quietFor(ARRIVED, until)) {
      const [isQuiet] = await Promise.all([traffic.quietFor(QUIET, until), untilShown(look)]);
      if (!isQuiet) return false;
      if (!traffic.movedWithin(QUIET)) return true;
    }
    return false;
  };
  for (let takings = 1; ; takings++) {
    const taken = await take();
    const pause = takings < QUICK_TAKINGS ? 0 : PAUSE;
    if (isBlank(taken) && performance.now() < blankUntil) {
      await new Promise((done) => setTimeout(done, Math.max(QUIET, pause)));
      continue;
    }
    if ((await rests()) && (await stillSo(taken))) return { taken, atRest: true };
    if (performance.now() >= until) return { taken, atRest: false };
    if (pause > 0) await new Promise((done) => setTimeout(done, left(pause)));
    await rests();
  }
}

export interface Traffic {
  /** Whether something is under way, or has moved in the last `milliseconds`. */
  movedWithin(milliseconds: number): boolean;
  /** Waits until nothing has moved for `quiet` milliseconds; false where `until` comes first. */
  quietFor(quiet: number, until: number): Promise<boolean>;
}

/** For as long as the page is there. */
export function watchTraffic(page: Page): Traffic {
  const open = new Set<unknown>();
  let moved = performance.now();
  const move = (): void => void (moved = performance.now());
  const start = (request: unknown): void => {
    open.add(request);
    move();
  };
  const end = (request: unknown): void => {
    open.delete(request);
    move();
  };
  page.on("request", start).on("requestfinished", end).on("requestfailed", end);
  // A socket that is open is at rest while nobody speaks.
  page.on("websocket", (socket) => {
    move();
    socket.on("framesent", move).on("framereceived", move).on("close", move);
  });
  const movedWithin = (milliseconds: number): boolean => open.size > 0 || performance.now() - moved < milliseconds;
  return {
    movedWithin,
    quietFor: async (quiet, until) => {
      while (movedWithin(quiet)) {
        if (performance.now() >= until) return false;
        const left = open.size > 0 ? STEP : Math.max(1, quiet - (performance.now() - moved));
        await new Promise((done) => setTimeout(done, left));
      }
      return true;
    },
  };
}
