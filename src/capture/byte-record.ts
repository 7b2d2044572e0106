/** A page recorded together with its traffic: from the browser's network log, or where that cannot be read, from DevTools. */
import { isPlacardError, PlacardError } from "../lib/error.ts";
import type { NotCaptured } from "./capture.ts";
import { openDevToolsRecord } from "./devtools-record.ts";
import type { Exchange } from "./netlog/exchange.ts";
import { type NetLog, type NetLogOptions, readNetLog } from "./netlog/read.ts";
import { withoutFragment } from "./page/same-page.ts";
import { type Ending, type RecordedPage, recordPage, type SessionOptions } from "./session.ts";

export interface PageWithBytes {
  readonly page: RecordedPage;
  readonly log: NetLog;
  /** The page's own document. */
  readonly main: Exchange;
  readonly byteRecord: "network-log" | "decoded";
}

export interface Recording<T> {
  /** Says of a recorded page what it is, before its traffic is read. */
  readonly judge: (page: RecordedPage) => NotCaptured | undefined;
  /** Makes of page and traffic what is wanted, while the browser still ends; the bodies last as long as this does. */
  readonly use: (recorded: PageWithBytes) => Promise<T>;
}

/**
 * Records the page. Where the network log turns out to be unusable the page is opened once more, watched over DevTools:
 * to watch every capture so would cost every capture. Of a browser known to have versions whose log does not hold it is watched
 * at once.
 */
export async function recordWithBytes<T>(
  url: URL,
  options: SessionOptions,
  { judge, use }: Recording<T>,
): Promise<T | NotCaptured> {
  const { unfitVersions = [] } = options.browser;
  if (unfitVersions.length > 0) {
    const mayTakeLog = ({ browser }: RecordedPage): boolean => !unfitVersions.includes(browser.version);
    return recordWatched(url, options, { judge, use }, mayTakeLog);
  }
  const done = await recordPage(
    url,
    options,
    async (page, ending) => judge(page) ?? useLog(page, { ...options, ending }, use),
  );
  if (done !== undefined) return done;
  options.onProgress("once more, since this browser keeps no network log we can read", "opening");
  return recordWatched(url, options, { judge, use }, () => false);
}

/** With both records at hand; the network log is taken where it may be and can. */
async function recordWatched<T>(
  url: URL,
  options: SessionOptions,
  { judge, use }: Recording<T>,
  mayTakeLog: (page: RecordedPage) => boolean,
): Promise<T | NotCaptured> {
  await using record = await openDevToolsRecord(options.folder);
  return await recordPage(url, { ...options, watch: record.watch }, async (page, ending) => {
    const refusal = judge(page);
    if (refusal !== undefined) return refusal;
    const done = mayTakeLog(page) ? await useLog(page, { ...options, ending }, use) : undefined;
    if (done !== undefined) return done;
    const told = withBytes(page, record.read(), "decoded");
    if (told === undefined)
      throw new PlacardError("not_captured", "The browser did not tell where the page came from.");
    return use(told);
  });
}

interface LogOptions extends Pick<SessionOptions, "folder" | "gate" | "onProgress"> {
  readonly ending: Ending;
}

/** What `use` makes of the network log; undefined where that does not tell of the page. */
async function useLog<T>(
  page: RecordedPage,
  { folder, gate, ending, onProgress }: LogOptions,
  use: Recording<T>["use"],
): Promise<T | undefined> {
  onProgress("reading what crossed the wire", "recording");
  await using log = await readableLog(page.netLog, { scratch: folder, serverOf: gate.serverOf, written: ending.ended });
  if (log?.complete) ending.letGo();
  const told = log && withBytes(page, log, "network-log");
  return told && (await use(told));
}

async function readableLog(path: string, options: NetLogOptions): Promise<NetLog | undefined> {
  try {
    return await readNetLog(path, options);
  } catch (error) {
    if (isPlacardError(error) && ["unsupported", "malformed", "not_found"].includes(error.code)) return undefined;
    throw error;
  }
}

/** Undefined where the log does not tell of the page's own document. */
function withBytes(
  page: RecordedPage,
  log: NetLog,
  byteRecord: PageWithBytes["byteRecord"],
): PageWithBytes | undefined {
  const main = mainOf(log, page.finalUrl);
  return main && { page, log, main, byteRecord };
}

function mainOf(log: NetLog, finalUrl: string): Exchange | undefined {
  const bare = withoutFragment(finalUrl);
  const candidates = log.exchanges.filter((exchange) => exchange.mainFrame && exchange.status > 0);
  return (
    candidates.findLast((exchange) => exchange.url === bare) ??
    candidates.findLast((exchange) => exchange.redirectedTo === undefined)
  );
}
