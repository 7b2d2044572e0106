/**
 * The lesser byte record, for a browser whose network log cannot be read: what the DevTools protocol tells of the
 * page's traffic. Its bodies are decoded, its repeated headers were joined, and it does not see workers or frames of
 * other sites, nor which address behind the gate answered. An act made from it says so (`byteRecord: "decoded"`).
 */
import type { CDPSession } from "playwright-core";
import { utf8 } from "../lib/bytes.ts";
import type { Exchange, Header, TlsSession } from "./netlog/exchange.ts";
import { composeHead } from "./netlog/head.ts";
import type { NetLog } from "./netlog/read.ts";
import { Spool, type SpoolTarget } from "./netlog/spool.ts";
import { withoutFragment } from "./page/same-page.ts";

const BUFFERS = { maxTotalBufferSize: 256 << 20, maxResourceBufferSize: 64 << 20 };
/** Headers that speak of the body's form on the wire, which it no longer has. */
const OF_THE_WIRE = /^(content-encoding|content-length|transfer-encoding)$/i;

interface Told {
  readonly url: string;
  readonly method: string;
  readonly mainFrame: boolean;
  readonly startedAt: number;
  readonly started: number;
  readonly requestHeaders: readonly Header[];
  readonly requestBody: SpoolTarget;
  readonly responseBody: SpoolTarget;
  response?: DevToolsResponse;
  finished?: number;
  whole: boolean;
  error?: string;
}

interface DevToolsResponse {
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly protocol?: string;
  readonly securityDetails?: { readonly protocol: string; readonly cipher: string };
}

export interface DevToolsRecord extends AsyncDisposable {
  /** Watches a page's session; what it returns resolves when every body has been fetched. */
  watch(session: CDPSession): Promise<() => Promise<void>>;
  /** In the form a network log is read into. Bodies last until the record is disposed of. */
  read(): NetLog;
}

export async function openDevToolsRecord(scratch: string): Promise<DevToolsRecord> {
  const spool = await Spool.open(scratch);
  const told: Told[] = [];
  const chains = new Map<string, readonly string[]>();
  const dispose = (): Promise<void> => spool[Symbol.asyncDispose]();
  return {
    watch: (session) => watch(session, spool, told, chains),
    read: () => ({
      exchanges: told.map((one) => asExchange(one, chains)),
      cached: [],
      ownRequests: [],
      discrepancies: [],
      complete: true,
      [Symbol.asyncDispose]: dispose,
    }),
    [Symbol.asyncDispose]: dispose,
  };
}

async function watch(
  session: CDPSession,
  spool: Spool,
  told: Told[],
  chains: Map<string, readonly string[]>,
): Promise<() => Promise<void>> {
  const open = new Map<string, Told>();
  const fetching: Promise<void>[] = [];
  const end = (requestId: string, timestamp: number): Told | undefined => {
    const one = open.get(requestId);
    open.delete(requestId);
    if (one !== undefined) one.finished = timestamp;
    return one;
  };
  const { frameTree } = await session.send("Page.getFrameTree");
  session.on("Network.requestWillBeSent", (event) => {
    if (event.redirectResponse !== undefined) {
      const hop = end(event.requestId, event.timestamp);
      if (hop !== undefined) Object.assign(hop, { response: event.redirectResponse });
    }
    if (!/^https?:/.test(event.request.url)) return;
    const one: Told = {
      url: withoutFragment(event.request.url),
      method: event.request.method,
      mainFrame: event.requestId === event.loaderId && event.frameId === frameTree.frame.id,
      startedAt: Math.round(event.wallTime * 1000),
      started: event.timestamp,
      requestHeaders: headersOf(event.request.headers),
      requestBody: spool.target(),
      responseBody: spool.target(),
      whole: false,
    };
    one.requestBody.append(utf8((event.request.postData ?? "").toWellFormed()));
    told.push(one);
    open.set(event.requestId, one);
  });
  session.on("Network.responseReceived", ({ requestId, response }) => {
    const one = open.get(requestId);
    if (one !== undefined) one.response = response as DevToolsResponse;
  });
  session.on("Network.loadingFailed", ({ requestId, timestamp, errorText }) => {
    const one = end(requestId, timestamp);
    if (one !== undefined) one.error = errorText.replace(/^net::/, "");
  });
  session.on("Network.loadingFinished", ({ requestId, timestamp }) => {
    const one = end(requestId, timestamp);
    if (one !== undefined) fetching.push(fetchBody(session, requestId, one));
  });
  await session.send("Network.enable", BUFFERS);
  return async () => {
    await Promise.all(fetching);
    for (const origin of secureOrigins(told)) chains.set(origin, await chainOf(session, origin));
  };
}

async function fetchBody(session: CDPSession, requestId: string, one: Told): Promise<void> {
  try {
    const { body, base64Encoded } = await session.send("Network.getResponseBody", { requestId });
    one.responseBody.append(base64Encoded ? Buffer.from(body, "base64") : utf8(body.toWellFormed()));
    one.whole = true;
  } catch {
    // The browser has dropped it meanwhile (too large, or its page is gone): the exchange stays, marked as cut short.
  }
}

function secureOrigins(told: readonly Told[]): ReadonlySet<string> {
  return new Set(told.filter(({ response }) => response?.securityDetails).map(({ url }) => new URL(url).origin));
}

async function chainOf(session: CDPSession, origin: string): Promise<readonly string[]> {
  return session.send("Network.getCertificate", { origin }).then(
    ({ tableNames }) => tableNames,
    () => [],
  );
}

function asExchange(one: Told, chains: ReadonlyMap<string, readonly string[]>): Exchange {
  const { response } = one;
  const responseHeaders = headersOf(response?.headers ?? {}).map(
    ([name, value]): Header => [OF_THE_WIRE.test(name) ? `X-Archive-Orig-${name}` : name, value],
  );
  const status = response?.status ?? 0;
  const statusText = response?.statusText ?? "";
  const { pathname, search } = new URL(one.url);
  const tls = tlsOf(response, chains.get(new URL(one.url).origin) ?? []);
  return {
    url: one.url,
    method: one.method,
    protocol: response?.protocol ?? "http/1.1",
    mainFrame: one.mainFrame,
    startedAt: one.startedAt,
    finishedAt: one.startedAt + Math.round(((one.finished ?? one.started) - one.started) * 1000),
    ...(tls === undefined ? {} : { tls }),
    requestHead: composeHead(`${one.method} ${pathname}${search} HTTP/1.1`, one.requestHeaders),
    requestHeaders: one.requestHeaders,
    requestBody: one.requestBody,
    status,
    statusText,
    responseHead: status === 0 ? new Uint8Array() : composeHead(`HTTP/1.1 ${status} ${statusText}`, responseHeaders),
    responseHeaders,
    responseBody: one.responseBody,
    form: "entity",
    truncated: status !== 0 && !one.whole,
    ...(one.error === undefined ? {} : { error: one.error }),
  };
}

function headersOf(headers: Readonly<Record<string, string>>): readonly Header[] {
  return Object.entries(headers).flatMap(([name, value]) => value.split("\n").map((one): Header => [name, one]));
}

function tlsOf(response: DevToolsResponse | undefined, chain: readonly string[]): TlsSession | undefined {
  const details = response?.securityDetails;
  const version = /^TLS (\d(?:\.\d)?)$/.exec(details?.protocol ?? "")?.[1];
  return details === undefined || version === undefined
    ? undefined
    : { version: `tls/${version}`, cipher: details.cipher, chain };
}
