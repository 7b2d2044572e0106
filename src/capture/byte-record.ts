/** A page recorded together with its traffic: from the browser's network log, or where that cannot be read, from DevTools. */
import { isPlacardError, PlacardError } from "../lib/error.ts";
import type { NotCaptured } from "./capture.ts";
import { openDevToolsRecord } from "./devtools-record.ts";
import type { Exchange } from "./netlog/exchange.ts";
import { type NetLog, readNetLog } from "./netlog/read.ts";
import { withoutFragment } from "./same-page.ts";
import { type RecordedPage, recordPage, type SessionOptions } from "./session.ts";

export interface PageWithBytes extends AsyncDisposable {
  readonly outcome: "recorded";
  readonly page: RecordedPage;
  readonly log: NetLog;
  /** The page's own document. */
  readonly main: Exchange;
  readonly byteRecord: "network-log" | "decoded";
}

type Judge = (page: RecordedPage) => NotCaptured | undefined;

/**
 * Records the page. Where the network log turns out to be unusable the page is opened once more, watched over DevTools:
 * to watch every capture so would cost every capture. Of a browser known to have versions whose log does not hold it is watched
 * at once. `judge` says of a recorded page what it is, before its traffic is read.
 */
export async function recordWithBytes(
  url: URL,
  options: SessionOptions,
  judge: Judge,
): Promise<PageWithBytes | NotCaptured> {
  const { unfitVersions = [] } = options.browser;
  if (unfitVersions.length > 0) {
    return recordWatched(url, options, judge, ({ browser }) => !unfitVersions.includes(browser.version));
  }
  const page = await recordPage(url, options);
  if (page.outcome !== "recorded") return page;
  const refusal = judge(page);
  if (refusal !== undefined) return refusal;
  options.onProgress("reading what crossed the wire");
  const log = await usableLog(page, options);
  if (log !== undefined) return withBytes(page, log, "network-log");
  options.onProgress("once more, since this browser keeps no network log we can read");
  return recordWatched(url, options, judge, () => false);
}

/** With both records at hand; the network log is taken where it may be and can. */
async function recordWatched(
  url: URL,
  options: SessionOptions,
  judge: Judge,
  mayTakeLog: (page: RecordedPage) => boolean,
): Promise<PageWithBytes | NotCaptured> {
  const record = await openDevToolsRecord(options.folder);
  let taken = false;
  try {
    const page = await recordPage(url, { ...options, watch: record.watch });
    if (page.outcome !== "recorded") return page;
    const refusal = judge(page);
    if (refusal !== undefined) return refusal;
    const log = mayTakeLog(page) ? await usableLog(page, options) : undefined;
    if (log !== undefined) return withBytes(page, log, "network-log");
    const whole = withBytes(page, record.read(), "decoded");
    taken = true;
    return whole;
  } finally {
    if (!taken) await record[Symbol.asyncDispose]();
  }
}

async function usableLog(page: RecordedPage, { folder, gate }: SessionOptions): Promise<NetLog | undefined> {
  try {
    const log = await readNetLog(page.netLog, { scratch: folder, serverOf: gate.serverOf });
    if (mainOf(log, page.finalUrl) !== undefined) return log;
    await log[Symbol.asyncDispose]();
    return undefined;
  } catch (error) {
    if (isPlacardError(error) && ["unsupported", "malformed", "not_found"].includes(error.code)) return undefined;
    throw error;
  }
}

function withBytes(page: RecordedPage, log: NetLog, byteRecord: PageWithBytes["byteRecord"]): PageWithBytes {
  const main = mainOf(log, page.finalUrl);
  if (main === undefined) throw new PlacardError("not_captured", "The browser did not tell where the page came from.");
  return { outcome: "recorded", page, log, main, byteRecord, [Symbol.asyncDispose]: () => log[Symbol.asyncDispose]() };
}

function mainOf(log: NetLog, finalUrl: string): Exchange | undefined {
  const bare = withoutFragment(finalUrl);
  const candidates = log.exchanges.filter((exchange) => exchange.mainFrame && exchange.status > 0);
  return (
    candidates.findLast((exchange) => exchange.url === bare) ??
    candidates.findLast((exchange) => exchange.redirectedTo === undefined)
  );
}
