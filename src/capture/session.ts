/**
 * One capture: one browser process with a fresh profile, driven to one page. The browser's own network log is the byte
 * record; the DevTools protocol only drives the page and takes its picture.
 */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import type { Clock } from "../lib/clock.ts";
import { realFileSystem } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import { type Bounds, watchBounds } from "./browser/bounds.ts";
import type { Browser } from "./browser/browser.ts";
import { browserFiles, type Launched, launch } from "./browser/launch.ts";
import type { NotCaptured, OnProgress, Step } from "./capture.ts";
import { readFacts } from "./facts/facts.ts";
import type { Gate } from "./gate/gate.ts";
import { askRest } from "./media/ask-rest.ts";
import { type AskedPart } from "./media/asking.ts";
import { postAddresses, streamsOf } from "./media/post-addresses.ts";
import { comesWithin } from "./page/comes-within.ts";
import { keepToOnePage, type PageWatch } from "./page/keep-to-page.ts";
import { answersOf, type ShownAnswer, watchNavigations } from "./page/navigations.ts";
import { takeOpened } from "./page/opening.ts";
import { changedMeanwhile, openEye, openPage, readPage, visibleText } from "./page/page.ts";
import type { SaidPage } from "./page/said-page.ts";
import { openScroller, type Scrolled } from "./page/scroll.ts";
import { watchTraffic } from "./page/settle.ts";
import { takePicture } from "./page/take-picture.ts";
import { watchAnswers } from "./page/watch-answers.ts";
import { type AskedForm, fetchForms, formsOf } from "./post/other-forms.ts";
import { holdPost, readPost } from "./post/post.ts";
import { say } from "./said.ts";
import type { SignedIn } from "./sign-in/state.ts";
import { type Issued, issuedIn, signIn } from "./sign-in/visit.ts";
import { isBlank, notCaptured } from "./walls/what-page.ts";

const LONGEST_ADDRESS = 8192;
/** Of the capture's time, what the rest of the post's media may take after the page's half; the browser needs some to end. */
const SHARE_FOR_MEDIA = 0.25;
/** What the browser writes of a byte that comes, and more. */
const LOG_PER_BYTE = 6;
/** Milliseconds a browser gets to end by itself, its log complete, before it is ended. */
const CLOSE_TIME = 10_000;

export interface SessionOptions {
  readonly browser: Browser;
  /** Scratch folder: the profile, the network log and the picture go there. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Half of the time in it is given to the page to load and come to rest. */
  readonly bounds: Bounds;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly onProgress: OnProgress;
  /** The page is opened under this session; what the browser holds of credentials at the end is told to `onIssued`. */
  readonly signedIn?: SignedIn | undefined;
  readonly onIssued?: (issued: Issued) => void;
  /** Watches the page's traffic over DevTools; what it returns is awaited before the browser closes. */
  readonly watch?: (session: CDPSession) => Promise<() => Promise<void>>;
}

interface Visiting extends SessionOptions {
  /** Bytes the browser may yet write. */
  readonly room: () => number;
}

/** A browser that was told to end. */
export interface Ending {
  /** When it and all its processes are gone: nothing of its is written any more. */
  readonly ended: Promise<void>;
  /** What it had to write is written: it need not clear up after itself. */
  letGo(): void;
}

export interface RecordedPage extends ShownAnswer {
  readonly outcome: "recorded";
  readonly netLog: string;
  readonly screenshot: string;
  /** Whether the page is taller or wider than its picture. */
  readonly screenshotCut: boolean;
  /** How far down the page was in view before its picture was taken. */
  readonly scrolled?: Scrolled;
  /** False where the page never came to rest: text and picture may then differ by a moment. */
  readonly atRest: boolean;
  /** What was pressed before, in order. */
  readonly steps: readonly Step[];
  readonly data: SaidPage;
  /** Other forms of the post that were asked for; whether they came, the traffic tells. */
  readonly asked: readonly AskedForm[];
  /** … and what of its media. */
  readonly askedMedia: readonly AskedPart[];
  readonly finalUrl: string;
  /** Milliseconds since 1970 when the picture was taken. */
  readonly capturedAt: number;
  readonly browser: { readonly name: string; readonly version: string; readonly sandbox: boolean };
}

/**
 * Opens `url`, waits until it is at rest, reads it and takes its picture; then tells the browser to end, and calls `use`
 * meanwhile: the network log is written until it has ended. When it returns, all processes of the browser are gone.
 * Throws `no_browser`, `storage`, what `use` throws, and the signal's reason when that is aborted.
 */
export async function recordPage<T>(
  url: URL,
  options: SessionOptions,
  use: (page: RecordedPage, ending: Ending) => Promise<T>,
): Promise<T | NotCaptured> {
  options.onProgress("starting the browser", "opening");
  const files = browserFiles(options.folder);
  const launched = await launch({ ...options, files, gate: options.gate.port });
  const { context, tree } = launched;
  let cut: NotCaptured | undefined;
  let onCut: (outcome: NotCaptured) => void = () => undefined;
  const untilCut = new Promise<NotCaptured>((resolve) => (onCut = resolve));
  const onPassed = (outcome: NotCaptured): void => {
    cut = outcome;
    void tree.end();
    onCut(outcome);
  };
  const onAbort = (): void => void tree.end();
  options.signal.addEventListener("abort", onAbort, { once: true });
  const watching = watchBounds({ ...options, files: Object.values(files), tree, onPassed });
  try {
    const visiting = { ...options, room: watching.room };
    const page = await Promise.race([tryVisit(launched, url, visiting, files.netLog), untilCut]);
    if (cut !== undefined) return cut;
    if (page.outcome !== "recorded") return page;
    watching.allowMaking();
    const ended = comesWithin(CLOSE_TIME, context.close())
      .then(() => tree.end())
      .then(() => watching[Symbol.dispose]());
    // Should `use` fail before it looks at this, that is what is told.
    ended.catch(() => undefined);
    const used = await use(page, { ended, letGo: () => void tree.end() });
    await ended;
    options.signal.throwIfAborted();
    return cut ?? used;
  } catch (error) {
    // What a browser that was ended left half done is no fault of its own.
    if (options.signal.aborted) throw options.signal.reason;
    if (cut !== undefined) return cut;
    throw error;
  } finally {
    options.signal.removeEventListener("abort", onAbort);
    watching[Symbol.dispose]();
    await tree.end();
    await comesWithin(CLOSE_TIME, context.close());
    await dropProfile(files.profile);
  }
}

/** Out of the way of a browser that may be started next, and removed while the rest goes on; what is left goes with the whole folder. */
async function dropProfile(profile: string): Promise<void> {
  const aside = `${profile}-${randomUUID()}`;
  await realFileSystem.rename(profile, aside).catch(() => undefined);
  void rm(aside, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
}

/** A page whose browser was ended under it looks like one that could not be opened: whoever ended it knows better. */
async function tryVisit(
  launched: Launched,
  url: URL,
  options: Visiting,
  netLog: string,
): Promise<RecordedPage | NotCaptured> {
  options.signal.throwIfAborted();
  try {
    return await visit(launched, url, options, netLog);
  } catch (error) {
    return failure(error);
  } finally {
    options.signal.throwIfAborted();
  }
}

function failure(error: unknown): NotCaptured {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof PlacardError) throw error;
  if (code === "ENOSPC" || code === "EIO" || code === "EDQUOT") {
    throw new PlacardError("storage", `The capture could not be written: ${message}`, {
      cause: error,
      next: say("free_then_again"),
    });
  }
  return notCaptured(
    "browser",
    say("browser_failed", { why: (String(message).split("\n", 1)[0] ?? "").slice(0, 300) }),
  );
}

async function visit(
  { context, sandbox }: Launched,
  url: URL,
  options: Visiting,
  netLog: string,
): Promise<RecordedPage | NotCaptured> {
  if (!sandbox)
    options.onProgress("this system does not let the browser confine its processes (no sandbox)", "opening");
  if (options.signedIn !== undefined) await signIn(context, options.signedIn);
  const page = context.pages()[0] ?? (await context.newPage());
  const kept = keepToOnePage(context, page);
  return Promise.race([visitKept({ context, page, kept, sandbox }, url, options, netLog), kept.failed]);
}

interface Kept {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly kept: PageWatch;
  readonly sandbox: boolean;
}

async function visitKept(
  { context, page, kept, sandbox }: Kept,
  url: URL,
  options: Visiting,
  netLog: string,
): Promise<RecordedPage | NotCaptured> {
  const navigations = watchNavigations(page);
  const session = await context.newCDPSession(page);
  const finishWatching = await options.watch?.(session);
  const version = versionOf(session);
  version.catch(() => undefined);
  options.onProgress("opening the page", "opening");
  const patience = 500 * options.bounds.seconds;
  const deadline = performance.now() + patience;
  const traffic = watchTraffic(page);
  const seen = watchAnswers(page);
  const unopened = await openPage(page, url, { timeout: patience, gate: options.gate });
  if (unopened !== undefined) return unopened;
  options.onProgress("waiting for the page to come to rest", "recording");
  const look = await openEye(session);
  const scroller = openScroller(look, traffic, deadline);
  let isOfOneMoment = true;
  const { taken, atRest, steps } = await takeOpened(page, look, deadline, {
    traffic,
    take: () =>
      kept.whereItStays(deadline, async () => {
        await scroller.through();
        const address = page.url();
        const said = await readPost(look, await readPage(look), address);
        const picture = await takePicture(session, look, options.folder);
        isOfOneMoment = !(await changedMeanwhile(look));
        return { data: await holdPost(look, said, address), ...picture, capturedAt: options.clock.now() };
      }),
    isBlank: ({ data }) => isBlank(data),
    stillSo: ({ data }) =>
      kept.whereItStays(
        deadline,
        async () => isOfOneMoment && (await visibleText(look)) === data.text && !(await scroller.hasMore()),
      ),
  });
  const finalUrl = page.url();
  if (finalUrl.length > LONGEST_ADDRESS) return notCaptured("refused", say("address_too_long"));
  if (options.signedIn !== undefined) options.onIssued?.(await issuedIn(context, page));
  const asked = formsOf(taken.data);
  if (asked.length > 0) options.onProgress("asking for the post's other forms", "recording");
  await fetchForms(context.browser(), asked);
  const askedMedia = await askRest(context.browser(), {
    addresses: postAddresses(taken.data.element, readFacts(taken.data, finalUrl)),
    streams: streamsOf(taken.data.element),
    seen,
    until: deadline + SHARE_FOR_MEDIA * 1000 * options.bounds.seconds,
    room: options.room() / LOG_PER_BYTE,
    onAsk: () => options.onProgress("asking for the rest of the post's media", "recording"),
  });
  await finishWatching?.();
  return {
    outcome: "recorded",
    netLog,
    ...taken,
    asked,
    askedMedia,
    ...(scroller.reached === undefined ? {} : { scrolled: scroller.reached }),
    atRest,
    steps,
    finalUrl,
    ...answersOf(navigations, finalUrl),
    browser: { ...(await version), sandbox },
  };
}

async function versionOf(session: CDPSession): Promise<{ readonly name: string; readonly version: string }> {
  const { product } = await session.send("Browser.getVersion");
  const [name = "Chromium", version = ""] = product.split("/");
  return { name: name.replace("HeadlessChrome", "Chromium (headless)"), version };
}
