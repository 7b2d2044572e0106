/** capture, composed: browser → network log → WARC → signed WACZ, picture, text, and the facts of the `captured` act. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { giveBack, utf8 } from "../lib/bytes.ts";
import type { Clock } from "../lib/clock.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import type { JsonObject } from "../lib/json.ts";
import { actFacts } from "./act-facts.ts";
import { packWacz } from "./archive/wacz.ts";
import { writeWarc } from "./archive/warc.ts";
import type { Bounds } from "./browser/bounds.ts";
import type { Browser } from "./browser/browser.ts";
import { type PageWithBytes, recordWithBytes } from "./byte-record.ts";
import type { CapturedPage, CaptureRequest, NotCaptured, OnProgress } from "./capture.ts";
import { postTexts } from "./facts/facts.ts";
import { openGate } from "./gate/gate.ts";
import { isPrivateAddress, parseLink, refusePrivate } from "./gate/link.ts";
import { gatherMedia } from "./media/media-facts.ts";
import type { NetLog } from "./netlog/read.ts";
import { withoutFragment } from "./page/same-page.ts";
import { commitScreenshot, openPicture } from "./picture/picture.ts";
import { type CutPost, cutPost } from "./post/cut-post.ts";
import { readForms } from "./post/read-forms.ts";
import type { FindEarlier } from "./recapture/revisit.ts";
import { say } from "./said.ts";
import { openScratch, removeScratch, writeScratch } from "./scratch.ts";
import type { RecordedPage } from "./session.ts";
import { makeShareable } from "./shared/shareable.ts";
import type { Issued } from "./sign-in/visit.ts";
import { notCaptured, whyNotCaptured } from "./walls/what-page.ts";

const SEED_LENGTH = 32;

export interface CaptureParts {
  readonly browser: Browser;
  readonly software: { readonly name: string; readonly version: string };
  readonly clock: Clock;
  readonly bounds: Bounds;
  /** Each capture makes a folder of its own in it. */
  readonly scratchFolder: string;
  /** ECDSA P-384 over SHA-256, raw 96 bytes. */
  readonly signArchive: (message: Uint8Array) => Uint8Array;
  readonly publicKeySpki: Uint8Array;
}

/**
 * Captures one page. What is not a page to seal is returned as `not-captured` with the reason. Throws for our own
 * troubles only: `no_browser`, `storage`, `cancelled`.
 */
export async function capturePage(request: CaptureRequest, parts: CaptureParts): Promise<CapturedPage | NotCaptured> {
  const folder = await openScratch(parts.scratchFolder);
  let keep = false;
  try {
    const result = await captureInto(folder, request, parts);
    keep = result.outcome === "captured";
    return result;
  } catch (error) {
    return outcomeOf(error, request);
  } finally {
    if (!keep) await removeScratch(folder);
  }
}

function outcomeOf(error: unknown, request: CaptureRequest): NotCaptured {
  if (request.signal?.aborted) throw new PlacardError("cancelled", say("capture_stopped"));
  if (isPlacardError(error, "usage")) return notCaptured("refused", error.told ?? error.message);
  if (isPlacardError(error, "too_large")) return notCaptured("too_large", error.told ?? error.message);
  if (isPlacardError(error, "not_captured")) return notCaptured("browser", error.told ?? error.message);
  throw error;
}

async function captureInto(
  folder: string,
  request: CaptureRequest,
  parts: CaptureParts,
): Promise<CapturedPage | NotCaptured> {
  const onProgress = request.onProgress ?? (() => undefined);
  const url = parseLink(request.url);
  if (!request.allowPrivate) refusePrivate(url);
  await using gate = await openGate(
    request.only ? { only: request.only } : request.allowPrivate ? { mayReach: () => true } : {},
  );
  const issued: Issued[] = [];
  const session = {
    browser: parts.browser,
    folder,
    clock: parts.clock,
    signal: request.signal ?? new AbortController().signal,
    bounds: parts.bounds,
    gate,
    onProgress,
    signedIn: request.signedIn,
    onIssued: (found: Issued) => void issued.push(found),
  };
  const pictures = openPictures(folder);
  try {
    const captured = await recordWithBytes(url, session, {
      judge: (page) => {
        const refusal = judge(page, url);
        if (refusal === undefined) void pictures.of(page);
        return refusal;
      },
      use: (bytes) =>
        keepPage(bytes, { folder, request, parts, issued, onProgress, pictured: pictures.of(bytes.page) }),
    });
    return captured.outcome === "captured" ? captured : underSession(captured, request);
  } finally {
    // Where it fails the folder goes: by then nothing may still write to it.
    await pictures.done();
  }
}

interface Keeping {
  readonly folder: string;
  readonly request: CaptureRequest;
  readonly parts: CaptureParts;
  /** What the browser was given of credentials. */
  readonly issued: readonly Issued[];
  readonly onProgress: OnProgress;
  /** What is made of the page's picture. */
  readonly pictured: Promise<Pictured>;
}

/** Makes the files and the facts of a page that is worth sealing; or says why it is not, now that all its bytes are known. */
async function keepPage(
  bytes: PageWithBytes,
  { folder, request, parts, issued, onProgress, pictured }: Keeping,
): Promise<CapturedPage | NotCaptured> {
  if (isCutShort(bytes)) return notCaptured("timeout", say("not_to_its_end"));
  if (!request.allowPrivate && request.only === undefined) refusePrivateContacts(bytes.log);
  request.signal?.throwIfAborted();
  onProgress("packing the archive", "recording");
  const forms = await readForms(bytes.log.exchanges, bytes.page.asked);
  const said = actFacts(request.url, bytes, { software: parts.software, forms });
  const { browser, bounds } = parts;
  const works = [
    pack(folder, bytes, parts, request.earlier?.find),
    gatherMedia(bytes, said, { browser, bounds, folder, signal: request.signal }),
    pictured,
  ] as const;
  // Where one fails the folder goes: by then none may still write to it.
  await Promise.allSettled(works);
  const [packed, media, { screenshotTiles, seed, post }] = await Promise.all(works);
  const text = join(folder, "text.txt");
  await writeScratch(text, utf8(bytes.page.data.text.toWellFormed()));
  const facts = { ...said, postElement: post.element, ...media.facts };
  onProgress("taking out what must not be shared", "recording");
  const shareable = await makeShareable(
    { ...packed, exchanges: bytes.log.exchanges, text, facts, earlier: request.earlier },
    { folder, signal: request.signal, session: request.signedIn && { signedIn: request.signedIn, issued } },
  );
  request.signal?.throwIfAborted();
  return {
    outcome: "captured",
    folder,
    revisits: packed.entries.filter(({ type }) => type === "revisit").length,
    tiles: { screenshotTiles, seed },
    files: {
      archive: packed.archive,
      screenshot: bytes.page.screenshot,
      text,
      ...post.file,
      media: media.files,
      ...shareable.files,
    },
    facts: { ...facts, ...shareable.facts },
  };
}

/** Half a page is none. Of a log that ends early it is not known what was whole; then the document says whether it is. */
function isCutShort({ page, log, main }: PageWithBytes): boolean {
  return main.truncated && (log.complete || !page.data.complete);
}

interface Pictured {
  readonly screenshotTiles: JsonObject;
  /** Of the tiles' salts. */
  readonly seed: Uint8Array;
  readonly post: CutPost;
}

/** One decoding serves the commitment and the post's own picture, so that both are of the same pixels. */
async function lookAtPicture(page: RecordedPage, folder: string): Promise<Pictured> {
  const seed = randomBytes(SEED_LENGTH);
  const png = await readFile(page.screenshot);
  const picture = openPicture(png);
  const post = cutPost(picture, page.data.element);
  const strips = passedBy(picture.strips, post.take);
  const screenshotTiles = await commitScreenshot({ ...picture, strips }, seed);
  giveBack(png);
  return { screenshotTiles, seed, post: await post.finish(folder) };
}

/** Pictures are looked at as soon as they are there, while the browser still ends and its log is read. */
function openPictures(folder: string) {
  const looks = new Map<RecordedPage, Promise<Pictured>>();
  const of = (page: RecordedPage): Promise<Pictured> => {
    const look = looks.get(page) ?? lookAtPicture(page, folder);
    looks.set(page, look);
    // Told to whoever waits for it; until then nobody is.
    look.catch(() => undefined);
    return look;
  };
  return {
    of,
    done: async (): Promise<void> => void (await Promise.allSettled(looks.values())),
  };
}

async function* passedBy<T>(each: AsyncIterable<T> | Iterable<T>, take: (one: T) => void): AsyncGenerator<T> {
  for await (const one of each) {
    take(one);
    yield one;
  }
}

function judge(page: RecordedPage, url: URL): NotCaptured | undefined {
  return whyNotCaptured({ ...page, url: url.href, postTexts: postTexts(page.data, page.finalUrl) });
}

/** A wall in spite of a session, or a refusal (401, 403): the reason names the session. */
function underSession(outcome: NotCaptured, { signedIn }: CaptureRequest): NotCaptured {
  const refused =
    outcome.cause === "login" || (outcome.cause === "http_error" && /answered 40[13]\b/.test(outcome.reason));
  if (signedIn === undefined || !refused) return outcome;
  const { name } = signedIn;
  const { text, ...told } = say("session_not_taken", { name, quoted: JSON.stringify(name) });
  return { ...outcome, reason: `${outcome.reason} ${text}`, told, pageReason: outcome.reason };
}

/** The archive, and all that a second one is made with. */
async function pack(
  folder: string,
  { page, log, main }: PageWithBytes,
  parts: CaptureParts,
  earlier: FindEarlier | undefined,
) {
  const software = `Placard ${parts.software.version}`;
  const warc = join(folder, "data.warc.gz");
  const { entries } = await writeWarc(log.exchanges, warc, {
    software,
    createdAt: page.capturedAt,
    ...(earlier === undefined ? {} : { earlier }),
  });
  const archive = join(folder, "archive.wacz");
  const contents = {
    pages: [{ url: replayAddress(main.url, page.finalUrl), title: page.data.title, time: page.capturedAt }],
    software,
    created: page.capturedAt,
    sign: parts.signArchive,
    publicKeySpki: parts.publicKeySpki,
  };
  const { warcAt } = await packWacz({ warc, entries, ...contents }, archive);
  return { archive, warcAt, entries, contents };
}

/** A page that wrote another address over its own (`history.pushState`) is found in the archive under the one it came from. */
function replayAddress(fetched: string, shown: string): string {
  return withoutFragment(shown) === fetched ? shown : fetched;
}

/** What came from a private network must never be sealed and handed out: the page may have fetched it on purpose. */
function refusePrivateContacts(log: NetLog): void {
  // Each once: thousands of answers come from a few servers.
  const servers = new Set(log.exchanges.flatMap(({ server }) => server?.address ?? []));
  if ([...servers].some(isPrivateAddress)) {
    throw new PlacardError("usage", "The page reached into your own machine or network; it was not kept.");
  }
}
