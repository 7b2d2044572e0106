import { equal } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import type { Exchange, Header, ServerAddress, TlsSession } from "./exchange.ts";
import {
  composeHead,
  type HeadReader,
  parseHead,
  parseStatusLine,
  readHead,
  type StatusLine,
  valuesOf,
} from "./head.ts";
import { type Http1Reader, readHttp1Response } from "./http1.ts";
import type { Spool, SpoolTarget } from "./spool.ts";
import { readWebSocket, type WebSocketReader } from "./websocket.ts";
import type { MessageBudget } from "./websocket-log.ts";

const NOTHING = new Uint8Array(0);

/** One request on its way: sent once, answered at most once. Filled in from the connection's events and the request's. */
export interface Attempt {
  readonly url: string;
  readonly method: string;
  readonly mainFrame: boolean;
  readonly startedAt: number;
  finishedAt: number;
  server?: ServerAddress;
  tls?: TlsSession;

  /** Which connection its bytes are read from; undefined where only the request layer speaks of it. */
  via: "http1" | "h2" | undefined;
  protocol: string;
  requestHead: Uint8Array;
  requestHeaders: readonly Header[];
  readonly requestBody: SpoolTarget;
  readonly requestReader: HeadReader;
  statusLine: StatusLine | undefined;
  responseHead: Uint8Array;
  responseHeaders: readonly Header[];
  readonly responseBody: SpoolTarget;
  responseReader?: Http1Reader;
  /** Once the handshake of a WebSocket succeeded: what its connection carries from then on. */
  webSocket?: WebSocketReader;
  readonly openWebSocket: (responseHeaders: readonly Header[]) => WebSocketReader;
  /** HTTP/2: the server ended the stream. */
  ended: boolean;

  /** What the request layer says: its view of the response head, and how many body bytes it was handed. */
  loggedHead: readonly string[];
  loggedBytes: number;
  /** A content coding was undone above the layer that counts `URL_REQUEST_JOB_BYTES_READ`. */
  filtered: boolean;
  /** Part of what the request layer was handed came from the cache, so its count says nothing of the wire. */
  mixedWithCache: boolean;
  /** The request was seen through to its end without an error. */
  finished: boolean;
  /** The page or the browser gave up waiting for it. */
  cancelled: boolean;
  error?: string;
  redirectedTo?: string;
}

export interface AttemptStart {
  readonly url: string;
  readonly method: string;
  readonly mainFrame: boolean;
  readonly startedAt: number;
}

export function startAttempt(start: AttemptStart, spool: Spool, budget: MessageBudget): Attempt {
  return {
    ...start,
    finishedAt: start.startedAt,
    via: undefined,
    protocol: "http/1.1",
    requestHead: NOTHING,
    requestHeaders: [],
    requestBody: spool.target(),
    requestReader: readHead(),
    statusLine: undefined,
    responseHead: NOTHING,
    responseHeaders: [],
    responseBody: spool.target(),
    openWebSocket: (responseHeaders) => readWebSocket(responseHeaders, spool.target(), budget),
    ended: false,
    loggedHead: [],
    loggedBytes: 0,
    filtered: false,
    mixedWithCache: false,
    finished: false,
    cancelled: false,
  };
}

/** From now on its bytes are those an HTTP/1 connection sends and receives. */
export function readFromHttp1(attempt: Attempt): void {
  attempt.via = "http1";
  attempt.requestHead = NOTHING;
  attempt.requestHeaders = [];
  attempt.responseReader = readHttp1Response(attempt.method, {
    head: ({ head, headers, statusLine }) => {
      attempt.responseHead = head;
      attempt.responseHeaders = headers;
      attempt.statusLine = statusLine;
      if (statusLine !== undefined) attempt.protocol = statusLine.protocol;
      if (statusLine?.status === 101 && /^wss?:/.test(attempt.url)) attempt.webSocket = attempt.openWebSocket(headers);
    },
    body: (bytes) => attempt.responseBody.append(bytes),
    switched: (bytes) => attempt.webSocket?.received(bytes, attempt.finishedAt),
  });
}

/** Whether `bytes` start with the head that the request layer says it sends. */
export function isSentBy(attempt: Attempt, bytes: Uint8Array): boolean {
  const { requestHead } = attempt;
  return requestHead.length > 0 && equal(bytes.subarray(0, requestHead.length), requestHead);
}

/** Bytes its HTTP/1 connection received. */
export function takeReceived(attempt: Attempt, bytes: Uint8Array, time: number): void {
  if (attempt.webSocket !== undefined) {
    attempt.webSocket.received(bytes, time);
    return;
  }
  if (attempt.responseReader === undefined || attempt.responseReader.state === "complete") return;
  attempt.finishedAt = time;
  attempt.responseReader.push(bytes);
}

/** Bytes its HTTP/1 connection sent. */
export function takeSent(attempt: Attempt, bytes: Uint8Array, time: number): void {
  if (attempt.webSocket !== undefined) {
    attempt.webSocket.sent(bytes, time);
    return;
  }
  if (attempt.requestHead.length > 0) {
    attempt.requestBody.append(bytes);
    return;
  }
  const whole = attempt.requestReader.push(bytes);
  if (whole === undefined) {
    if (attempt.requestReader.broken)
      throw new PlacardError("too_large", "A request head in the network log is endless.");
    return;
  }
  attempt.requestHead = whole.head;
  attempt.requestHeaders = parseHead(whole.head).headers;
  attempt.requestBody.append(whole.rest);
}

/** Whether the body's own framing (or, where it has none, the request layer) says that it is whole. */
function isWhole(attempt: Attempt): boolean {
  if (attempt.via === "h2") return isWholeStream(attempt);
  if (attempt.via === undefined) return attempt.finished;
  const state = attempt.responseReader?.state;
  return state === "complete" || (state === "until-close" && attempt.finished);
}

/**
 * A declared length decides where there is one (RFC 9113 §8.1.1): the browser resets a stream it has had enough of (a
 * redirect's), so the end may be missing though every byte came, and a server may end a stream too early.
 */
function isWholeStream(attempt: Attempt): boolean {
  const [length, ...others] = valuesOf(attempt.responseHeaders, "content-length");
  const bodiless = attempt.method === "HEAD" || attempt.statusLine?.status === 304;
  if (bodiless || length === undefined || others.length > 0) return attempt.ended;
  return length === String(attempt.responseBody.length);
}

/** What the layers of the log say differently about this attempt; undefined where they agree. */
export function discrepancyOf(attempt: Attempt): string | undefined {
  const logged = parseStatusLine(attempt.loggedHead[0] ?? "")?.status;
  if (attempt.via === undefined || logged === undefined) return undefined;
  if (attempt.statusLine?.status !== logged) {
    return `The connection says status ${attempt.statusLine?.status ?? "none"}, the request ${logged}.`;
  }
  const received = attempt.responseReader?.entityBytes ?? attempt.responseBody.length;
  if (!attempt.mixedWithCache && received < attempt.loggedBytes) {
    return `The connection holds ${received} bytes of body, the request was handed ${attempt.loggedBytes}.`;
  }
  return undefined;
}

export function toExchange(attempt: Attempt): Exchange {
  const response = responseOf(attempt);
  const truncated = response.status !== 0 && !isWhole(attempt);
  const gaveUp = attempt.cancelled && (truncated || response.status === 0);
  // Chromium's way to end a request whose handshake succeeded.
  const failed = attempt.error === "ERR_WS_UPGRADE" ? undefined : attempt.error;
  const error = failed ?? (gaveUp ? "ERR_ABORTED" : undefined);
  return {
    url: attempt.url,
    method: attempt.method,
    protocol: attempt.protocol,
    mainFrame: attempt.mainFrame,
    startedAt: attempt.startedAt,
    finishedAt: attempt.finishedAt,
    ...(attempt.server === undefined ? {} : { server: attempt.server }),
    ...(attempt.tls === undefined ? {} : { tls: attempt.tls }),
    ...(wasSent(attempt)
      ? { requestHead: attempt.requestHead, requestHeaders: attempt.requestHeaders }
      : { requestHead: NOTHING, requestHeaders: [] }),
    requestBody: attempt.requestBody,
    ...response,
    responseBody: attempt.responseBody,
    form: attempt.via === undefined ? "entity" : "wire",
    ...(attempt.webSocket === undefined ? {} : { messages: attempt.webSocket.messages }),
    truncated,
    ...(error === undefined ? {} : { error }),
    ...(attempt.redirectedTo === undefined ? {} : { redirectedTo: attempt.redirectedTo }),
  };
}

/**
 * The request layer tells of a request before its connection does: one that was given up in between never left. QUIC's
 * connections are not read, so there its word is taken.
 */
function wasSent({ via, protocol, loggedHead }: Attempt): boolean {
  return via !== undefined || protocol === "h3" || loggedHead.length > 0;
}

type ResponseHead = Pick<Exchange, "status" | "statusText" | "responseHead" | "responseHeaders">;

function responseOf(attempt: Attempt): ResponseHead {
  const { statusLine, responseHead, responseHeaders, loggedHead } = attempt;
  if (responseHead.length > 0) {
    return { status: statusLine?.status ?? 0, statusText: statusLine?.statusText ?? "", responseHead, responseHeaders };
  }
  const logged = parseStatusLine(loggedHead[0] ?? "");
  if (attempt.via !== undefined || logged === undefined) {
    return { status: 0, statusText: "", responseHead: NOTHING, responseHeaders: [] };
  }
  const head = parseHead(Buffer.from(`${loggedHead.join("\r\n")}\r\n\r\n`, "latin1"));
  const firstLine = `HTTP/1.1 ${logged.status} ${logged.statusText}`;
  return {
    status: logged.status,
    statusText: logged.statusText,
    responseHead: composeHead(firstLine, head.headers),
    responseHeaders: head.headers,
  };
}
