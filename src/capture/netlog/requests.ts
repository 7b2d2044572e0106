/** The requests of a log: what was asked for, on which connection, and how it ended. */
import { PlacardError } from "../../lib/error.ts";
import { type Attempt, startAttempt } from "./attempt.ts";
import { type Connections, carry, connectionOf } from "./connections.ts";
import type { NetLogEvent } from "./event.ts";
import { composeHead } from "./head.ts";
import { http2Request } from "./http2-heads.ts";
import { bytesOf, dependencyOf, headersOf, linesOf, numberParam, textParam } from "./params.ts";
import type { Spool } from "./spool.ts";
import type { MessageBudget } from "./websocket-log.ts";

/** One `URL_REQUEST`: a page, image, script … with its redirects and retries. */
interface Request {
  url: string;
  method: string;
  mainFrame: boolean;
  /** The browser asks on its own account, not for a page. */
  own: boolean;
  startedAt: number;
  /** The socket its stream runs on, as far as known. */
  socket: number | undefined;
  /** The hop it is at: attempts made, and whether the browser answered it by itself. */
  attempt: Attempt | undefined;
  internalRedirect: boolean;
  cacheRead: boolean;
}

export interface Requests {
  readonly bySource: Map<number, Request>;
  /** Stream job to the socket it got, and to the request it works for. */
  readonly jobSockets: Map<number, number>;
  readonly jobRequests: Map<number, number>;
  readonly attempts: Attempt[];
  readonly cached: string[];
  readonly ownRequests: string[];
  readonly connections: Connections;
  readonly spool: Spool;
  readonly messageBudget: MessageBudget;
  readonly errorNames: ReadonlyMap<number, string>;
}

/** The attempt that a stream job (or the request itself) is making. */
export function attemptOf(all: Requests, source: number): Attempt | undefined {
  return all.bySource.get(all.jobRequests.get(source) ?? source)?.attempt;
}

/** Takes an event of a stream job. */
export function onJobEvent(all: Requests, event: NetLogEvent): void {
  if (event.name !== "SOCKET_POOL_BOUND_TO_SOCKET") return;
  const socket = dependencyOf(event);
  if (socket !== undefined) all.jobSockets.set(event.source, socket);
}

/** Takes an event of a request. */
export function onRequestEvent(all: Requests, event: NetLogEvent): void {
  if (event.name === "URL_REQUEST_START_JOB" && event.phase === "begin") {
    startHop(all, event);
    return;
  }
  const request = all.bySource.get(event.source);
  if (request === undefined) return;
  const { attempt } = request;
  switch (event.name) {
    case "HTTP_STREAM_REQUEST_BOUND_TO_JOB":
      bind(all, request, event);
      return;
    case "HTTP_TRANSACTION_SEND_REQUEST_HEADERS":
      sendOverHttp1(all, request, event);
      return;
    case "HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS":
    case "HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS":
      sendOverStreams(all, request, event);
      return;
    case "URL_REQUEST_REDIRECT_JOB":
      request.internalRedirect = true;
      return;
    case "HTTP_CACHE_READ_DATA":
    case "IN_MEMORY_CACHE_BYTES_READ":
      request.cacheRead = true;
      if (attempt !== undefined) attempt.mixedWithCache = true;
      return;
    case "REQUEST_ALIVE":
      if (event.phase === "end") endRequest(all, request, event);
      return;
    default:
      if (attempt !== undefined) onAttemptEvent(all, attempt, event);
  }
}

function startHop(all: Requests, event: NetLogEvent): void {
  const before = all.bySource.get(event.source);
  if (before !== undefined) endHop(all, before);
  const isolation = textParam(event, "network_isolation_key") ?? "";
  const mainFrame = textParam(event, "request_type") === "main frame";
  all.bySource.set(event.source, {
    url: addressOf(event),
    method: textParam(event, "method") ?? "GET",
    mainFrame,
    own: !mainFrame && isolation === "null null" && textParam(event, "initiator") === "not an origin",
    startedAt: event.time,
    socket: undefined,
    attempt: undefined,
    internalRedirect: false,
    cacheRead: false,
  });
}

function bind(all: Requests, request: Request, event: NetLogEvent): void {
  const job = dependencyOf(event);
  if (job === undefined) return;
  all.jobRequests.set(job, event.source);
  request.socket = all.jobSockets.get(job);
}

function newAttempt(all: Requests, request: Request, startedAt: number): Attempt {
  const { url, method, mainFrame } = request;
  const attempt = startAttempt({ url, method, mainFrame, startedAt }, all.spool, all.messageBudget);
  if (request.own) {
    if (request.attempt === undefined) all.ownRequests.push(url);
  } else {
    all.attempts.push(attempt);
  }
  request.attempt = attempt;
  return attempt;
}

function sendOverHttp1(all: Requests, request: Request, event: NetLogEvent): void {
  const attempt = newAttempt(all, request, event.time);
  if (request.socket !== undefined) {
    carry(connectionOf(all.connections, request.socket), attempt);
    return;
  }
  const headers = headersOf(linesOf(event, "headers"));
  attempt.requestHeaders = headers;
  attempt.requestHead = composeHead((textParam(event, "line") ?? "").trimEnd(), headers);
  all.connections.unbound.add(attempt);
}

function sendOverStreams(all: Requests, request: Request, event: NetLogEvent): void {
  const attempt = newAttempt(all, request, event.time);
  attempt.protocol = event.name === "HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS" ? "h3" : "h2";
  Object.assign(attempt, http2Request(linesOf(event, "headers")));
  if (attempt.protocol === "h2") all.connections.unbound.add(attempt);
}

function onAttemptEvent(all: Requests, attempt: Attempt, event: NetLogEvent): void {
  switch (event.name) {
    case "HTTP_TRANSACTION_READ_RESPONSE_HEADERS":
      attempt.loggedHead = linesOf(event, "headers");
      return;
    case "URL_REQUEST_FILTERS_SET":
      attempt.filtered = true;
      return;
    case "URL_REQUEST_JOB_BYTES_READ":
      takeEntity(attempt, event);
      return;
    case "URL_REQUEST_JOB_FILTERED_BYTES_READ":
      if (!attempt.filtered) takeEntity(attempt, event);
      return;
    case "URL_REQUEST_REDIRECTED": {
      const location = textParam(event, "location");
      if (location !== undefined) attempt.redirectedTo = location;
      return;
    }
    case "CANCELLED":
      attempt.cancelled = true;
      noteError(all, attempt, event);
      return;
    case "HTTP_TRANSACTION_RESTART_AFTER_ERROR":
    case "FAILED":
      noteError(all, attempt, event);
  }
}

function takeEntity(attempt: Attempt, event: NetLogEvent): void {
  attempt.loggedBytes += numberParam(event, "byte_count") ?? 0;
  if (attempt.via !== undefined) return;
  attempt.responseBody.append(bytesOf(event));
  attempt.finishedAt = event.time;
}

function noteError(all: Requests, attempt: Attempt, event: NetLogEvent): void {
  const number = numberParam(event, "net_error");
  if (number !== undefined && number !== 0) attempt.error ??= all.errorNames.get(number) ?? `net error ${number}`;
}

function endRequest(all: Requests, request: Request, event: NetLogEvent): void {
  const failed = (numberParam(event, "net_error") ?? 0) !== 0;
  if (failed && request.attempt === undefined && !request.cacheRead) newAttempt(all, request, request.startedAt);
  const { attempt } = request;
  if (attempt !== undefined) {
    if (attempt.responseHead.length === 0 && attempt.finishedAt < event.time) attempt.finishedAt = event.time;
    if (failed) noteError(all, attempt, event);
    else attempt.finished = !attempt.cancelled;
  }
  endHop(all, request);
  all.bySource.delete(event.source);
}

/** A hop that ended without anything being sent was answered by the browser itself: from its cache, or by a rule (HSTS). */
function endHop(all: Requests, request: Request): void {
  if (request.attempt !== undefined) all.connections.unbound.delete(request.attempt);
  if (request.attempt === undefined && !request.internalRedirect && !request.own) all.cached.push(request.url);
}

/** The address without its fragment; Chromium writes addresses in ASCII, so anything else is not its. */
function addressOf(event: NetLogEvent): string {
  const url = textParam(event, "url") ?? "";
  if (!/^[\x21-\x7e]+$/.test(url))
    throw new PlacardError("malformed", "The network log has a request without address.");
  const hash = url.indexOf("#");
  return hash < 0 ? url : url.slice(0, hash);
}
