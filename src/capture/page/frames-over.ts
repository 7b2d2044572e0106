/**
 * Frames that lie over a page, as those in which consent to tracking is asked for: read, and a button in one pressed. They
 * may be of another site and in a process of their own, lie within one another, and be made to harm: whatever is asked of
 * one takes a bounded time, in a world in which its scripts have changed nothing.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { CDPSession, Page } from "playwright-core";
import { TRACKING_SOURCE } from "../walls/wall-statements.ts";
import { comesWithin } from "./comes-within.ts";
import { FIND_FRAMES, type FrameButton, type FrameOver, LIES_THERE, POINT_OUTWARD, READ_FRAME } from "./frame-data.ts";
import { evaluate, makeWorld } from "./page.ts";
import { FIND_BUTTONS, POINT_AT } from "./page-buttons.ts";
import { LONGEST_CONTENT } from "./page-data.ts";
import { isOfFrame, type Point, pressAt, SCROLLED } from "./press.ts";

/** Milliseconds for reading all of them, and for a press. */
const READING = 4_000;
const PRESSING = 4_000;
/** A frame that is there may fill itself a little later. */
const FILLING = 500;
/** After a press, for the frame to go. */
const GOING = 2_000;
const STEP = 50;
/** A frame in a frame in a frame. */
const DEEPEST = 3;
const MOST_READ = 6;
/** Frames that are looked through for one in a process of its own. */
const MOST_APART = 30;

/** A frame's document, as far as we look at it. */
interface Inside {
  readonly session: CDPSession;
  /** Unique id of a world of our own. */
  readonly world: string;
}

interface Inner extends Inside {
  readonly id: string;
  /** Its element, in our world of the document around it. */
  readonly element: string;
  readonly around: CDPSession;
}

interface Frames {
  readonly top: Inside;
  /** The frames that a reader touches in a document. */
  within(place: Inside): Promise<readonly Inner[]>;
}

/** The frames that lie over the page, as far as they let themselves be read in time. */
export async function readFramesOver(page: Page): Promise<readonly FrameOver[]> {
  const until = performance.now() + FILLING;
  for (;;) {
    const found: FrameOver[] = [];
    await withFrames(page, READING, (frames) => readInto(found, frames, frames.top, []));
    if (found.some(({ text }) => text.trim() !== "") || performance.now() >= until) return found;
    await pause(STEP);
  }
}

async function readInto(found: FrameOver[], frames: Frames, place: Inside, path: readonly string[]): Promise<void> {
  const read = `(${READ_FRAME})(${LONGEST_CONTENT}, new RegExp(${JSON.stringify(TRACKING_SOURCE)}, "iu"))`;
  for (const inner of await frames.within(place)) {
    if (found.length >= MOST_READ) return;
    const to = [...path, inner.id];
    const said = (await evaluate(inner.session, inner.world, read)) as Omit<FrameOver, "path">;
    found.push({ ...said, path: to });
    if (to.length < DEEPEST) await readInto(found, frames, inner, to);
  }
}

/**
 * Presses a button that was read in a frame: only where the same document still has it under the same label, every frame
 * on the way is touched at that point, and the pointer is over that very button.
 */
export async function pressInFrame(page: Page, frame: FrameOver, button: FrameButton): Promise<boolean> {
  const pressed = await withFrames(page, PRESSING + GOING, async (frames) => {
    const way = await wayTo(frames, frame.path);
    const last = way?.at(-1);
    if (way === undefined || last === undefined) return false;
    const inFrame = (expression: string): Promise<unknown> =>
      evaluate(last.session, last.world, `performance.timeOrigin === ${frame.began} ? ${expression} : null`);
    const point = `(${POINT_AT})(${button.at}, ${JSON.stringify(button.label)})`;
    const where = async (): Promise<Point | undefined> => outward(way, (await inFrame(point)) as Point | null);
    const isUnder = async (): Promise<boolean> => {
      const is = (await inFrame(`(${FIND_BUTTONS})()[${button.at}]?.matches(":hover")`)) === true;
      return is && liesOpen(frames, way, (await inFrame(point)) as Point | null);
    };
    if ((await comesWithin(PRESSING, pressAt(page, where, isUnder))) !== true) return false;
    await untilGone(where);
    return true;
  });
  return pressed === true;
}

/** Whether at that point of the innermost frame nothing of another frame lies, as far as the process knows that draws it. */
async function liesOpen(frames: Frames, way: readonly Inner[], point: Point | null): Promise<boolean> {
  const last = way.at(-1);
  if (last === undefined) return false;
  const apart = way.findLastIndex(({ around }) => around !== last.session);
  const root: Inside = way[apart] ?? frames.top;
  const at = await outward(way.slice(apart + 1), point);
  const scrolled = (await evaluate(root.session, root.world, SCROLLED)) as Point;
  return at !== undefined && isOfFrame(root.session, last.id, at, scrolled);
}

/** A page tells a frame's going by nothing that a reader reads. */
async function untilGone(where: () => Promise<Point | undefined>): Promise<void> {
  const until = performance.now() + GOING;
  while (performance.now() < until && (await where().catch(() => undefined)) !== undefined) await pause(STEP);
}

async function wayTo(frames: Frames, path: readonly string[]): Promise<readonly Inner[] | undefined> {
  const way: Inner[] = [];
  for (const id of path) {
    const next = (await frames.within(way.at(-1) ?? frames.top)).find((inner) => inner.id === id);
    if (next === undefined) return undefined;
    way.push(next);
  }
  return way;
}

/** From a point in the innermost frame to the point of the window. */
async function outward(way: readonly Inner[], from: Point | null): Promise<Point | undefined> {
  let point: Point | null = from;
  for (const { around, element } of way.toReversed()) {
    if (point === null) return undefined;
    const { result } = await around.send("Runtime.callFunctionOn", {
      objectId: element,
      functionDeclaration: POINT_OUTWARD,
      arguments: point.map((value) => ({ value })),
      returnByValue: true,
    });
    point = (result.value ?? null) as Point | null;
  }
  return point ?? undefined;
}

/** Undefined where `work` fails or takes longer; what it opened is closed. */
async function withFrames<T>(
  page: Page,
  longest: number,
  work: (frames: Frames) => Promise<T>,
): Promise<T | undefined> {
  const sessions: CDPSession[] = [];
  try {
    return await comesWithin(longest, openFrames(page, sessions).then(work));
  } finally {
    for (const session of sessions) void session.detach().catch(() => undefined);
  }
}

async function openFrames(page: Page, sessions: CDPSession[]): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  sessions.push(session);
  const { frameTree } = await session.send("Page.getFrameTree");
  let apart: Promise<ReadonlyMap<string, CDPSession>> | undefined;
  const enter = async (id: string, near: CDPSession): Promise<Inside | undefined> => {
    const world = await makeWorld(near, id).catch(() => undefined);
    if (world !== undefined) return { session: near, world };
    apart ??= framesApart(page, sessions);
    const own = (await apart).get(id);
    return own && { session: own, world: await makeWorld(own, id) };
  };
  return {
    top: { session, world: await makeWorld(session, frameTree.frame.id) },
    within: async (place) => {
      const inner: Inner[] = [];
      for (const element of await elementsOf(place)) {
        const { node } = await place.session.send("DOM.describeNode", { objectId: element });
        const inside = node.frameId === undefined ? undefined : await enter(node.frameId, place.session);
        if (inside !== undefined) inner.push({ ...inside, id: node.frameId as string, element, around: place.session });
      }
      return inner;
    },
  };
}

/** Frames that have a process of their own, by id: of these the browser tells by themselves. */
async function framesApart(page: Page, sessions: CDPSession[]): Promise<ReadonlyMap<string, CDPSession>> {
  const found = new Map<string, CDPSession>();
  for (const frame of page.frames().slice(1, MOST_APART)) {
    const session = await page
      .context()
      .newCDPSession(frame)
      .catch(() => undefined);
    if (session === undefined) continue;
    sessions.push(session);
    const { targetInfo } = await session.send("Target.getTargetInfo");
    found.set(targetInfo.targetId, session);
  }
  return found;
}

/** The elements of the frames that a reader touches in a document, as objects of our world. */
async function elementsOf({ session, world }: Inside): Promise<readonly string[]> {
  const find = `(${FIND_FRAMES})(${LIES_THERE})`;
  const count = Number(await evaluate(session, world, `${find}.length`));
  const found: string[] = [];
  for (let i = 0; i < count; i++) {
    const { result } = await session.send("Runtime.evaluate", { expression: `${find}[${i}]`, uniqueContextId: world });
    if (result.objectId !== undefined) found.push(result.objectId);
  }
  return found;
}
