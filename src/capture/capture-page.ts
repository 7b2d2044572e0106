/** capture, composed: browser → network log → WARC → signed WACZ, picture, text, and the facts of the `captured` act. */
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { utf8 } from "../lib/bytes.ts";
import type { Clock } from "../lib/clock.ts";
import { makeFolder, writeDurable } from "../lib/durable.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import type { JsonObject } from "../lib/json.ts";
import type { Browser } from "./browser.ts";
import type { CapturedPage, CaptureRequest, NotCaptured } from "./capture.ts";
import { postTexts, readFacts } from "./facts/facts.ts";
import { isPrivateAddress, parseLink, refusePrivate } from "./gate.ts";
import type { Exchange } from "./netlog/exchange.ts";
import { type NetLog, readNetLog } from "./netlog/read.ts";
import { commitScreenshot } from "./picture.ts";
import { type RecordedPage, recordPage } from "./session.ts";
import { packWacz } from "./wacz.ts";
import { writeWarc } from "./warc.ts";
import { notCaptured, whyNotCaptured } from "./what-page.ts";

const DEFAULT_TIMEOUT = 60_000;
const SEED_LENGTH = 32;

export interface CaptureParts {
  readonly browser: Browser;
  readonly software: { readonly name: string; readonly version: string };
  readonly clock: Clock;
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
  await makeFolder(parts.scratchFolder, { mode: 0o700 });
  const folder = await mkdtemp(join(parts.scratchFolder, `${process.pid}-`));
  let keep = false;
  try {
    const result = await captureInto(folder, request, parts);
    keep = result.outcome === "captured";
    return result;
  } catch (error) {
    if (isTimeout(error)) return notCaptured("timeout", "The page did not come to rest in time.");
    if (request.signal?.aborted)
      throw new PlacardError("cancelled", "The capture was stopped; nothing of it was kept.");
    if (isPlacardError(error, "not_captured")) return notCaptured(causeOf(error.message), error.message);
    if (isPlacardError(error, "usage")) return notCaptured("refused", error.message);
    throw error;
  } finally {
    if (!keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function captureInto(
  folder: string,
  request: CaptureRequest,
  parts: CaptureParts,
): Promise<CapturedPage | NotCaptured> {
  const onProgress = request.onProgress ?? (() => undefined);
  const url = parseLink(request.url);
  if (!request.allowPrivate) await refusePrivate(url);
  const timeout = request.timeout ?? DEFAULT_TIMEOUT;
  const seed = randomBytes(SEED_LENGTH);
  let tiles: Promise<JsonObject> | undefined;
  const page = await recordPage(url, {
    browser: parts.browser,
    folder,
    signal: AbortSignal.any([AbortSignal.timeout(timeout), ...(request.signal ? [request.signal] : [])]),
    patience: timeout / 2,
    onProgress,
    // The browser takes a while to close; the picture is done by then.
    onPicture: (path) => {
      tiles = readFile(path).then((png) => commitScreenshot(png, seed));
      tiles.catch(() => undefined);
    },
  });
  const refusal = whyNotCaptured({ ...page, postTexts: postTexts(page.data, page.finalUrl) });
  if (refusal !== undefined) return refusal;
  onProgress("reading what crossed the wire");
  await using log = await readNetLog(page.netLog, { scratch: folder });
  const main = mainExchange(log, page.finalUrl);
  if (main === undefined) throw new PlacardError("not_captured", "The browser's network log does not hold the page.");
  if (!request.allowPrivate) refusePrivateContacts(log);
  onProgress("packing the archive");
  const archive = await pack(folder, page, log, parts);
  const text = join(folder, "text.txt");
  await writeDurable(text, utf8(page.data.text.toWellFormed()), { mode: 0o600 });
  return {
    outcome: "captured",
    folder,
    tiles: { screenshotTiles: (await tiles) ?? {}, seed },
    files: { archive, screenshot: page.screenshot, text },
    facts: factsOf(request.url, page, main, log, parts),
  };
}

async function pack(folder: string, page: RecordedPage, log: NetLog, parts: CaptureParts): Promise<string> {
  const software = `Placard ${parts.software.version}`;
  const warc = join(folder, "data.warc.gz");
  const { entries } = await writeWarc(log.exchanges, warc, { software, createdAt: page.capturedAt });
  const archive = join(folder, "archive.wacz");
  await packWacz(
    {
      warc,
      entries,
      pages: [{ url: page.finalUrl, title: page.data.title, time: page.capturedAt }],
      software,
      created: page.capturedAt,
      sign: parts.signArchive,
      publicKeySpki: parts.publicKeySpki,
    },
    archive,
  );
  return archive;
}

function mainExchange(log: NetLog, finalUrl: string): Exchange | undefined {
  const bare = finalUrl.replace(/#.*$/, "");
  const candidates = log.exchanges.filter((exchange) => exchange.mainFrame && exchange.status > 0);
  return (
    candidates.findLast((exchange) => exchange.url === bare) ??
    candidates.findLast((exchange) => exchange.redirectedTo === undefined)
  );
}

/** What came from a private network must never be sealed and handed out: the page may have fetched it on purpose. */
function refusePrivateContacts(log: NetLog): void {
  const reached = log.exchanges.find(
    (exchange) => exchange.server !== undefined && isPrivateAddress(exchange.server.address),
  );
  if (reached !== undefined) {
    throw new PlacardError("usage", "The page reached into your own machine or network; it was not kept.");
  }
}

function factsOf(asked: string, page: RecordedPage, main: Exchange, log: NetLog, parts: CaptureParts): JsonObject {
  const truncated = log.exchanges.filter((exchange) => exchange.truncated).length;
  return {
    url: asked,
    finalUrl: page.finalUrl,
    redirects: [...page.redirects],
    status: page.status,
    ...(main.server === undefined ? {} : { server: { ...main.server, protocol: main.protocol } }),
    ...(main.tls === undefined ? {} : { tls: { ...main.tls, chain: [...main.tls.chain] } }),
    capturedAt: new Date(page.capturedAt).toISOString(),
    browser: { ...page.browser },
    software: { ...parts.software },
    byteRecord: "network-log",
    requests: { recorded: log.exchanges.length, truncated, complete: log.complete },
    ...(page.atRest ? {} : { atRest: false }),
    ...(log.discrepancies.length === 0
      ? {}
      : { discrepancies: log.discrepancies.slice(0, 20).map((text) => text.slice(0, 500)) }),
    ...(page.screenshotCut ? { screenshotCut: true } : {}),
    ...(page.data.textCut ? { visibleTextCut: true } : {}),
    ...readFacts(page.data, page.finalUrl),
  };
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

function causeOf(message: string): string {
  if (/not a web page/.test(message)) return "not_a_page";
  if (/in time/.test(message)) return "timeout";
  return /browser|page could not be read|network log/.test(message) ? "browser" : "unreachable";
}
