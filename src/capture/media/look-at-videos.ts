/**
 * Sizes, lengths and perceptual hashes of frames of videos. Decoded by a browser of the capture's own kind, started for it alone: it
 * has no way to any server, is given one file at a time, and is ended with all its processes (docs/decisions/0039).
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { makeFolder } from "../../lib/durable.ts";
import { type Bounds, watchBounds } from "../browser/bounds.ts";
import type { Browser } from "../browser/browser.ts";
import { browserFiles, launch } from "../browser/launch.ts";
import { openGate } from "../gate/gate.ts";
import { comesWithin } from "../page/comes-within.ts";
import { type PdqHash, pdqOf } from "./pdq.ts";
import { DRAW_FRAME, FRAME_SIDE, OPEN_VIDEO, type OpenedVideo, VIDEO_PAGE } from "./video-frames.ts";

/** Frames of a video that are hashed: in the middle of each of so many parts of equal length. */
const FRAMES = 8;
/** Milliseconds for one video, and for all of a capture, starts of the browser included. */
const PATIENCE = 10_000;
const PATIENCE_IN_ALL = 20_000;
const CLOSE_TIME = 5_000;
/** As large as videos are (8K). */
const MOST_PIXELS = 1 << 25;
/** Of what the browser writes: its profile. The video it reads where it lies. */
const DISK = 256;
const MEMORY = 1536;

const NOT_STARTED = "The browser did not start once more to look at it.";
const TOO_LONG = "The video takes too long to look at, or ends the browser.";

export interface VideoFile {
  readonly path: string;
  readonly mediaType: string;
  /** What its list says, where it came by one. */
  readonly seconds?: number | undefined;
}

export interface SeenFrame extends PdqHash {
  /** Seconds from the beginning. */
  readonly at: number;
}

export interface SeenVideo {
  readonly width?: number;
  readonly height?: number;
  readonly seconds?: number;
  readonly frames?: readonly SeenFrame[];
  /** Why there are no frames. */
  readonly why?: string;
}

export interface VideoOptions {
  readonly browser: Browser;
  /** Scratch folder of the capture. */
  readonly folder: string;
  /** Of the capture; what is to be had here is less. */
  readonly bounds: Bounds;
  readonly signal?: AbortSignal | undefined;
}

/** Looks at each file in turn, each for at most `patience` milliseconds. Of one that cannot be looked at, it says why; never throws. */
export async function lookAtVideos(
  videos: readonly VideoFile[],
  options: VideoOptions,
  patience = PATIENCE,
): Promise<readonly SeenVideo[]> {
  const seen: SeenVideo[] = [];
  let left = Math.min(PATIENCE_IN_ALL, 1000 * options.bounds.seconds);
  let player: Player | undefined;
  try {
    for (const video of videos) {
      if (left <= 0 || options.signal?.aborted) {
        seen.push({ why: "There was no time left to look at it." });
        continue;
      }
      const started = performance.now();
      player ??= await startPlayer(options).catch(() => undefined);
      const one = await player?.look(video, Math.min(patience, left));
      left -= performance.now() - started;
      seen.push(one ?? { why: player === undefined ? NOT_STARTED : TOO_LONG });
      // One that did not answer is in no known state.
      if (one === undefined) {
        await player?.[Symbol.asyncDispose]();
        player = undefined;
      }
    }
  } finally {
    await player?.[Symbol.asyncDispose]();
  }
  return seen;
}

interface Player extends AsyncDisposable {
  /** Undefined where it takes longer, or the browser is gone. Never throws. */
  look(video: VideoFile, patience: number): Promise<SeenVideo | undefined>;
}

/** Throws `no_browser`, `storage`. */
async function startPlayer({ browser, folder, bounds, signal }: VideoOptions): Promise<Player> {
  await using stack = new AsyncDisposableStack();
  const gate = stack.use(await openGate({ mayReach: () => false }));
  const own = join(folder, "player");
  stack.defer(() => rm(own, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined));
  await makeFolder(own, { mode: 0o700 });
  const files = browserFiles(own);
  const { context, tree } = await launch({ browser, files, gate: gate.port, keepsLog: false });
  stack.defer(async () => void (await comesWithin(CLOSE_TIME, context.close())));
  stack.defer(tree.end);
  stack.use(
    watchBounds({
      bounds: {
        seconds: (PATIENCE_IN_ALL + CLOSE_TIME) / 1000,
        memoryMiB: Math.min(MEMORY, bounds.memoryMiB),
        diskMiB: Math.min(DISK, bounds.diskMiB),
      },
      files: [files.profile, files.artifacts, files.temporary],
      tree,
      onPassed: () => void tree.end(),
    }),
  );
  signal?.throwIfAborted();
  const stop = (): void => void tree.end();
  signal?.addEventListener("abort", stop, { once: true });
  stack.defer(() => signal?.removeEventListener("abort", stop));
  const open = stack.move();
  return {
    look: (video, patience) => comesWithin(patience, lookAt(context, video)),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** Throws where the browser is ended meanwhile. */
async function lookAt(context: BrowserContext, { path, mediaType, seconds }: VideoFile): Promise<SeenVideo> {
  const page = await context.newPage();
  try {
    await page.setContent(VIDEO_PAGE);
    await page.setInputFiles("input", path);
    const listed = mediaType === "video/mp2t" ? (seconds ?? null) : null;
    const opened = (await page.evaluate(`(${OPEN_VIDEO})(${listed})`)) as OpenedVideo | null;
    if (opened === null) return { why: "The browser cannot play this video." };
    const { width, height } = opened;
    if (!(width > 0 && height > 0)) return { why: "There is nothing to see in it." };
    if (width * height > MOST_PIXELS) return { width, height, why: "The video's pictures are too large." };
    const size = { width, height, ...(opened.seconds === null ? {} : { seconds: thousandths(opened.seconds) }) };
    if (opened.seconds === null) return { ...size, why: "The video does not say how long it is." };
    const frames: SeenFrame[] = [];
    for (const at of placesIn(opened.seconds)) {
      const told = (await page.evaluate(`(${DRAW_FRAME})(${at})`)) as string | null;
      if (told === null) return { ...size, why: "The video cannot be played to its end." };
      frames.push({ at, ...hashOf(told) });
    }
    return { ...size, frames };
  } finally {
    void page.close().catch(() => undefined);
  }
}

function placesIn(seconds: number): readonly number[] {
  return [...new Set(Array.from({ length: FRAMES }, (_, i) => thousandths(((i + 0.5) * seconds) / FRAMES)))];
}

function thousandths(seconds: number): number {
  return Math.round(1000 * seconds) / 1000;
}

/** The page's own process has just decoded what is anybody's: what it tells is not taken on trust. */
function hashOf(told: string): PdqHash {
  const rgba = Buffer.from(told, "base64");
  const isFrame = rgba.length === 4 * FRAME_SIDE ** 2;
  const pdq = isFrame ? pdqOf({ width: FRAME_SIDE, height: FRAME_SIDE, rgba }) : undefined;
  if (pdq === undefined) throw new Error("it is no frame");
  return pdq;
}
