import { PlacardError } from "../../lib/error.ts";
import { type Attempt, discrepancyOf, toExchange } from "./attempt.ts";
import { type Connections, noConnections, onSessionEvent, onSocketEvent } from "./connections.ts";
import { type EventBatch, type NetLogEvent, readEvents } from "./event.ts";
import type { Exchange, ServerAddress } from "./exchange.ts";
import { DEFAULT_LIMITS, type NetLogLimits } from "./limits.ts";
import { attemptOf, onJobEvent, onRequestEvent, type Requests } from "./requests.ts";
import { Spool } from "./spool.ts";
import { messageBudget } from "./websocket-log.ts";

export interface NetLogOptions {
  /** Folder for the bodies while they are read and used; the file in it goes when the result is disposed of. */
  readonly scratch: string;
  readonly limits?: Partial<NetLogLimits>;
  /** Settles when nobody writes to the log any more, where that is not so yet: it is read as it grows. */
  readonly written?: Promise<unknown>;
  /** Where a connection from this local port leads, where that is to a proxy (gate.ts); undefined where it is not. */
  readonly serverOf?: (localPort: number) => ServerAddress | undefined;
}

export interface NetLog extends AsyncDisposable {
  /** In the order they were sent. Each hop of a redirect, each retry and each CORS preflight is one. */
  readonly exchanges: readonly Exchange[];
  /** Addresses the browser answered from its cache: nothing crossed the wire. */
  readonly cached: readonly string[];
  /** Addresses the browser asked for on its own account (updates and the like); left out of `exchanges`. */
  readonly ownRequests: readonly string[];
  /** Where the connection's bytes and the request layer disagree: address and how. Empty unless Chromium changed under us. */
  readonly discrepancies: readonly string[];
  /** Whether the log was closed properly; where not, the last exchanges may be cut short and are marked truncated. */
  readonly complete: boolean;
}

/**
 * Reads the file of Chromium's `--log-net-log=FILE --net-log-capture-mode=Everything`, line by line; memory does not
 * grow with the bodies. Dispose of the result (`await using`) when its bodies have been used.
 *
 * Throws `unsupported` where the log lacks what we need (another format, a lesser capture mode): fall back to
 * DevTools bodies. `malformed`, `too_large`, `not_found`, `storage` mean what they say.
 */
export async function readNetLog(path: string, options: NetLogOptions): Promise<NetLog> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const spool = await Spool.open(options.scratch);
  try {
    const { requests, complete } = await readAll(readEvents(path, limits, options.written), spool, {
      limits,
      connections: noConnections(options.serverOf),
    });
    await spool.drain(true);
    return {
      exchanges: requests.attempts.map(toExchange),
      cached: requests.cached,
      ownRequests: requests.ownRequests,
      discrepancies: requests.attempts.map(describeDiscrepancy).filter((text) => text !== undefined),
      complete,
      [Symbol.asyncDispose]: () => spool[Symbol.asyncDispose](),
    };
  } catch (error) {
    await spool[Symbol.asyncDispose]();
    throw error;
  }
}

interface Reading {
  readonly requests: Requests;
  readonly complete: boolean;
}

async function readAll(
  batches: AsyncIterable<EventBatch>,
  spool: Spool,
  { limits, connections }: { readonly limits: NetLogLimits; readonly connections: Connections },
): Promise<Reading> {
  let requests: Requests | undefined;
  let complete = false;
  for await (const batch of batches) {
    requests ??= noRequests(connections, spool, batch);
    for (const event of batch.events) {
      takeEvent(requests, event);
      checkSize(requests, limits);
    }
    checkHeads(requests, limits);
    complete = batch.complete;
    await spool.drain();
  }
  if (requests === undefined) throw new PlacardError("unsupported", "The browser's network log is empty.");
  for (const attempt of requests.attempts) attempt.webSocket?.end();
  return { requests, complete };
}

function noRequests(connections: Connections, spool: Spool, { constants }: EventBatch): Requests {
  return {
    bySource: new Map(),
    jobSockets: new Map(),
    jobRequests: new Map(),
    attempts: [],
    cached: [],
    ownRequests: [],
    connections,
    spool,
    messageBudget: messageBudget(),
    errorNames: constants.errorNames,
  };
}

function takeEvent(requests: Requests, event: NetLogEvent): void {
  switch (event.sourceType) {
    case "URL_REQUEST":
      onRequestEvent(requests, event);
      return;
    case "SOCKET":
      onSocketEvent(requests.connections, event);
      return;
    case "HTTP_STREAM_JOB":
      onJobEvent(requests, event);
      return;
    case "HTTP2_SESSION":
      onSessionEvent(requests.connections, event, (source) => attemptOf(requests, source));
  }
}

function checkSize(requests: Requests, limits: NetLogLimits): void {
  const { connections } = requests;
  const sources =
    requests.bySource.size +
    requests.jobSockets.size +
    requests.jobRequests.size +
    requests.attempts.length +
    connections.bySocket.size +
    connections.sessions.size;
  if (sources > limits.sources) {
    throw new PlacardError(
      "too_large",
      `The network log speaks of more than ${limits.sources} requests and connections.`,
    );
  }
}

function checkHeads(requests: Requests, limits: NetLogLimits): void {
  let bytes = 0;
  for (const { requestHead, responseHead } of requests.attempts) bytes += requestHead.length + responseHead.length;
  if (bytes > limits.headBytes) {
    throw new PlacardError("too_large", `The heads in the network log are longer than ${limits.headBytes} bytes.`);
  }
}

function describeDiscrepancy(attempt: Attempt): string | undefined {
  const what = discrepancyOf(attempt);
  return what === undefined ? undefined : `${attempt.url}: ${what}`;
}
