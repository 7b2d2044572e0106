/**
 * Scrolls through a page before its picture is taken, so that what is fetched only when it comes into view is fetched.
 * In bounded steps: a page that grows as one scrolls has no end.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Look } from "./page.ts";
import type { Traffic } from "./settle.ts";
import { TALLEST } from "./take-picture.ts";

/** Milliseconds for all the scrolling of a capture. */
const LONGEST = 5_000;
/** For a page to ask for more whose end was reached, and to grow where it did. */
const ASKING = 100;
const GROWTH = 500;
/** For the two frames in which a page sees where it stands: on a busy machine they come late. At its end it asks for more by them. */
const FRAMES = 250;
const FRAMES_AT_END = 800;
/** A page behind windows that it opened has no clock that runs: after so long it is looked at without. */
const LATE = 1_000;
/** Between two looks at whether a page has grown, and at whether its pictures have come. */
const STEP = 10;
const PICTURE_STEP = 40;
/** For pictures to arrive that came into view. */
const PICTURES = 2_000;

export interface Scrolled {
  /** How far down from the top the page was in view, in CSS pixels … */
  readonly to: number;
  /** … and how long it was. */
  readonly of: number;
}

export interface Scroller {
  /**
   * Goes on from where it was, as far as the page now reaches, and back to the top. A page that fits its window is left
   * alone. Throws where the page went elsewhere meanwhile; another document begins anew.
   */
  through(): Promise<void>;
  /** Whether the page has grown since beyond what was in view, and can be scrolled on. */
  hasMore(): Promise<boolean>;
  readonly reached: Scrolled | undefined;
}

/**
 * Stands at `top`, no deeper than pictures reach, and tells how far the window reaches, how long the page is, and when its
 * document began, which tells it from the one before. With patience (milliseconds), until two frames were made there; and
 * at the page's end from then on until it has grown, or patience ends: what sees the end come into view asks for more only
 * once a frame was made.
 */
const STAND = `((top, patience) => {
  const page = document.scrollingElement ?? document.documentElement;
  page?.scrollTo({ top: Math.min(top, ${TALLEST} - innerHeight), behavior: "instant" });
  const stands = () => [Math.ceil((page?.scrollTop ?? 0) + innerHeight), page?.scrollHeight ?? 0, performance.timeOrigin];
  if (patience === 0) return stands();
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const twoFrames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return (async () => {
    const isEnd = ([to, of]) => to >= of;
    await Promise.race([twoFrames(), pause(isEnd(stands()) ? ${FRAMES_AT_END} : ${FRAMES})]);
    const drawn = performance.now();
    for (;;) {
      const now = stands();
      if (!isEnd(now) || performance.now() - drawn >= patience) return now;
      await pause(${STEP});
    }
  })();
})`;
/** How long the page is, and when its document began. */
const LENGTH = "[(document.scrollingElement ?? document.documentElement)?.scrollHeight ?? 0, performance.timeOrigin]";
/** Of pictures that have a place on the page: those of no place are not fetched. */
const WAITING = `((to) => [...document.images].some((image) =>
  !image.complete && image.getClientRects().length > 0 && image.getBoundingClientRect().top < to))`;

/** `deadline` is `performance.now()` time. */
export function openScroller(look: Look, traffic: Traffic, deadline: number): Scroller {
  let reached: Scrolled | undefined;
  let began: number | undefined;
  let left = LONGEST;
  /** A length that it had when it could not be scrolled on. */
  let stuck = 0;

  const standAt = async (top: number, patience = 0): Promise<Scrolled & { readonly origin: number }> => {
    const [to = 0, of = 0, origin = 0] = (await stand(look, top, patience)) as readonly number[];
    return { to: Math.min(to, of), of, origin };
  };
  const go = async (top: number, patience?: number): Promise<Scrolled> => {
    const { origin, ...now } = await standAt(top, patience);
    if (origin !== began) throw new Error("the page went elsewhere while it was scrolled through");
    return now;
  };

  /** Down from where it was; whether that came further. */
  const walk = async (from: Scrolled, until: number): Promise<boolean> => {
    let at = from;
    while (at.to < Math.min(at.of, TALLEST) && performance.now() < until) {
      const now = await nextStep(go, traffic, at.to, until);
      if (now.to <= at.to) {
        stuck = at.of; // The page does not let itself be scrolled.
        break;
      }
      reached = at = now;
    }
    return at.to > from.to;
  };

  const down = async (until: number): Promise<void> => {
    const { origin, to, of } = await standAt(0);
    const isSame = origin === began;
    if (!isSame) stuck = 0;
    began = origin;
    let now: Scrolled = { to: Math.max(to, Math.min(isSame ? (reached?.to ?? 0) : 0, of)), of };
    reached = now;
    while (now.to < now.of) {
      const cameOn = await walk(now, until);
      await go(0);
      const pictures = Math.min(deadline, performance.now() + PICTURES);
      while (performance.now() < pictures && (await look(`${WAITING}(${reached.to})`)) === true)
        await pause(PICTURE_STEP);
      // What it asked for may have come only now, or its pictures have made it longer.
      now = { to: reached.to, of: (await go(0)).of };
      if (!cameOn || now.to >= TALLEST || performance.now() >= until) return;
    }
  };

  return {
    get reached() {
      return reached;
    },
    async through() {
      const started = performance.now();
      try {
        await down(Math.min(deadline, started + Math.max(0, left)));
      } finally {
        left -= performance.now() - started;
      }
    },
    async hasMore() {
      const [of = 0, origin = 0] = (await look(LENGTH)) as readonly number[];
      if (origin !== began || reached === undefined) return true;
      // What it is now, where nothing is left to go there with.
      reached = { to: reached.to, of: Math.max(reached.of, of) };
      return left > 0 && Math.min(of, TALLEST) > Math.max(reached.to, stuck);
    },
  };
}

async function stand(look: Look, top: number, patience: number): Promise<unknown> {
  const at = (left: number): string => `${STAND}(${top}, ${left})`;
  if (patience === 0) return look(at(0));
  const answer = look(at(patience), "a promise").catch((error: unknown) => {
    if (!/Promise was collected/.test(String(error))) throw error;
  });
  return (await Promise.race([answer, pause(patience + LATE)])) ?? look(at(0));
}

/**
 * One window further down; at the end of the page, once more as soon as it has grown. One that grows only after that has
 * another text than was read, and all is taken again.
 */
async function nextStep(
  go: (top: number, patience: number) => Promise<Scrolled>,
  traffic: Traffic,
  top: number,
  until: number,
): Promise<Scrolled> {
  const arrived = performance.now();
  const since = (): number => performance.now() - arrived;
  const patience = (): number => Math.max(1, Math.min(ASKING, until - performance.now()));
  let now = await go(top, patience());
  while (now.to >= now.of && performance.now() < until && since() < GROWTH && traffic.movedWithin(since()))
    now = await go(top, patience());
  return now;
}
