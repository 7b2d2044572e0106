/** A press of the mouse, on nothing else than what was looked at. */
import type { CDPSession, Page } from "playwright-core";
import { comesWithin } from "./comes-within.ts";

/** How far a document is scrolled, as an expression. */
export const SCROLLED = "[scrollX, scrollY]";

export type Point = readonly [x: number, y: number];

/** Looks at where it is: what moves with the pointer over it may come to rest. */
const MOST_LOOKS = 5;
/** Milliseconds for a page to do what it does where the pointer comes over it. */
const HOVERED = 40;
/** What moves less than this, in CSS pixels, stands. */
const STANDS = 2;
/** A page that hangs does not take what the mouse did. */
const TAKEN = 1_000;

/**
 * The pointer comes over it first; it is pressed only if it stands there still, so that nothing else can be put under the
 * pointer by a page that waits for it. `where` gives undefined where it is not to be touched; `isUnder` has the last word.
 */
export async function pressAt(
  page: Page,
  where: () => Promise<Point | undefined>,
  isUnder: () => Promise<boolean> = async () => true,
): Promise<boolean> {
  let point = await where();
  for (let looks = 0; point !== undefined && looks < MOST_LOOKS; looks++) {
    await comesWithin(TAKEN, page.mouse.move(...point));
    await new Promise((done) => setTimeout(done, HOVERED));
    const now = await where();
    if (now !== undefined && isNear(point, now) && (await isUnder())) {
      await comesWithin(TAKEN, Promise.all([page.mouse.down(), page.mouse.up()]));
      await comesWithin(TAKEN, page.mouse.move(0, 0));
      return true;
    }
    point = now;
  }
  await comesWithin(TAKEN, page.mouse.move(0, 0));
  return false;
}

const FRAMES: ReadonlySet<string> = new Set(["IFRAME", "FRAME", "OBJECT", "EMBED", "FENCEDFRAME"]);

/**
 * Whether what lies at a point of a frame is that frame's own: another may lie in a closed shadow tree, where only the browser sees it.
 * `at` is a point of the frame's window, `scrolled` how far it is scrolled.
 */
export async function isOfFrame(session: CDPSession, frameId: string, at: Point, scrolled: Point): Promise<boolean> {
  const [x, y] = [Math.round(at[0] + scrolled[0]), Math.round(at[1] + scrolled[1])];
  const found = await session.send("DOM.getNodeForLocation", { x, y });
  const { node } = await session.send("DOM.describeNode", { backendNodeId: found.backendNodeId });
  return found.frameId === frameId && !FRAMES.has(node.nodeName.toUpperCase());
}

function isNear([x, y]: Point, [left, top]: Point): boolean {
  return Math.abs(x - left) <= STANDS && Math.abs(y - top) <= STANDS;
}
