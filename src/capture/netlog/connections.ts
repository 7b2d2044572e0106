/** The connections of a log: where they lead, under which certificate, and which request their bytes belong to. */
import { equal } from "../../lib/bytes.ts";
import { type Attempt, isSentBy, readFromHttp1, takeReceived, takeSent } from "./attempt.ts";
import type { NetLogEvent } from "./event.ts";
import type { ServerAddress, TlsSession } from "./exchange.ts";
import { type FrameScanner, scanFrames } from "./http2.ts";
import { http2Request, http2Response } from "./http2-heads.ts";
import { bytesOf, dependencyOf, linesOf, numberParam, textParam } from "./params.ts";
import { certificatesOf, sessionOf } from "./tls.ts";

/** A socket (TCP, with or without TLS). */
export interface Connection {
  server?: ServerAddress | undefined;
  tls?: TlsSession;
  chain: readonly string[];
  /** Once a handshake began, the socket's own bytes are ciphertext; the TLS layer's are read instead. */
  encrypted: boolean;
  /** HTTP/1: the request it is busy with. */
  current: Attempt | undefined;
  /** HTTP/2: what both sides send, and the requests by stream. */
  h2:
    | { readonly sent: FrameScanner; readonly received: FrameScanner; readonly streams: Map<number, Attempt> }
    | undefined;
}

export interface Connections {
  readonly bySocket: Map<number, Connection>;
  /** HTTP/2 session to the socket it runs on. */
  readonly sessions: Map<number, number>;
  /** Requests on their way whose connection the log does not name (Chromium's newer connection pool): known by their head. */
  readonly unbound: Set<Attempt>;
  /** Where a connection from a local port leads, where it goes by way of a proxy. */
  readonly serverOf: (localPort: number) => ServerAddress | undefined;
}

export function noConnections(serverOf: Connections["serverOf"] = () => undefined): Connections {
  return { bySocket: new Map(), sessions: new Map(), unbound: new Set(), serverOf };
}

export function connectionOf(all: Connections, socket: number): Connection {
  let connection = all.bySocket.get(socket);
  if (connection === undefined) {
    connection = { chain: [], encrypted: false, current: undefined, h2: undefined };
    all.bySocket.set(socket, connection);
  }
  return connection;
}

/** Takes an event of a socket. */
export function onSocketEvent(all: Connections, event: NetLogEvent): void {
  const connection = connectionOf(all, event.source);
  switch (event.name) {
    case "TCP_CONNECT":
      if (event.phase === "end") connection.server = serverOf(all, event);
      return;
    case "SSL_CONNECT":
      onHandshake(connection, event);
      return;
    case "SSL_CERTIFICATES_RECEIVED":
      connection.chain = certificatesOf(event);
      return;
    case "SOCKET_BYTES_SENT":
      if (!connection.encrypted) onSent(all, connection, event);
      return;
    case "SSL_SOCKET_BYTES_SENT":
      onSent(all, connection, event);
      return;
    case "SOCKET_BYTES_RECEIVED":
      if (!connection.encrypted) onReceived(connection, event);
      return;
    case "SSL_SOCKET_BYTES_RECEIVED":
      onReceived(connection, event);
      return;
    case "SOCKET_ALIVE":
      if (event.phase !== "end") return;
      connection.current?.webSocket?.end();
      all.bySocket.delete(event.source);
  }
}

function serverOf(all: Connections, event: NetLogEvent): ServerAddress | undefined {
  const local = addressOf(textParam(event, "local_address"));
  return (local && all.serverOf(local.port)) ?? addressOf(textParam(event, "remote_address"));
}

function addressOf(text: string | undefined): ServerAddress | undefined {
  const match = /^(?:\[([0-9A-Fa-f:.%\w]+)\]|([0-9.]+)):(\d{1,5})$/.exec(text ?? "");
  return match === null ? undefined : { address: (match[1] ?? match[2]) as string, port: Number(match[3]) };
}

function onHandshake(connection: Connection, event: NetLogEvent): void {
  if (event.phase === "begin") connection.encrypted = true;
  if (event.phase !== "end") return;
  const session = sessionOf(event, connection.chain);
  if (session !== undefined) connection.tls = session;
  if (textParam(event, "next_proto") === "h2") speakHttp2(connection);
}

function speakHttp2(connection: Connection): void {
  const streams = new Map<number, Attempt>();
  const sent = scanFrames(
    { data: (stream, bytes) => streams.get(stream)?.requestBody.append(bytes), end: () => undefined },
    true,
  );
  const received = scanFrames(
    {
      data: (stream, bytes) => streams.get(stream)?.responseBody.append(bytes),
      end: (stream) => {
        const attempt = streams.get(stream);
        if (attempt !== undefined) attempt.ended = true;
      },
    },
    false,
  );
  connection.h2 = { sent, received, streams };
}

/** Makes `attempt` the one whose bytes this HTTP/1 connection carries from now on. */
export function carry(connection: Connection, attempt: Attempt): void {
  connection.current = attempt;
  setConnection(attempt, connection);
  readFromHttp1(attempt);
}

function onSent(all: Connections, connection: Connection, event: NetLogEvent): void {
  const bytes = bytesOf(event);
  if (connection.h2 !== undefined) {
    connection.h2.sent.push(bytes);
    return;
  }
  for (const attempt of all.unbound) {
    if (!isSentBy(attempt, bytes)) continue;
    all.unbound.delete(attempt);
    carry(connection, attempt);
    break;
  }
  if (connection.current !== undefined) takeSent(connection.current, bytes, event.time);
}

function onReceived(connection: Connection, event: NetLogEvent): void {
  if (connection.h2 !== undefined) {
    connection.h2.received.push(bytesOf(event));
    return;
  }
  if (connection.current !== undefined) takeReceived(connection.current, bytesOf(event), event.time);
}

/** Takes an event of an HTTP/2 session; `requester` finds the request that a stream job works for. */
export function onSessionEvent(
  all: Connections,
  event: NetLogEvent,
  requester: (source: number) => Attempt | undefined,
): void {
  if (event.name === "HTTP2_SESSION_INITIALIZED") {
    const socket = dependencyOf(event);
    if (socket !== undefined) all.sessions.set(event.source, socket);
    return;
  }
  const connection = all.bySocket.get(all.sessions.get(event.source) ?? -1);
  const stream = numberParam(event, "stream_id");
  if (connection?.h2 === undefined || stream === undefined) return;
  if (event.name === "HTTP2_SESSION_SEND_HEADERS") {
    const lines = linesOf(event, "headers");
    const attempt = requester(dependencyOf(event) ?? -1) ?? unboundWith(all, lines);
    if (attempt === undefined || attempt.via !== undefined) return;
    all.unbound.delete(attempt);
    attempt.via = "h2";
    Object.assign(attempt, http2Request(lines));
    setConnection(attempt, connection);
    connection.h2.streams.set(stream, attempt);
    return;
  }
  const attempt = connection.h2.streams.get(stream);
  if (attempt === undefined) return;
  if (event.name === "HTTP2_SESSION_RECV_DATA") attempt.finishedAt = event.time;
  if (event.name !== "HTTP2_SESSION_RECV_HEADERS") return;
  attempt.finishedAt = event.time;
  if (attempt.responseHead.length === 0) Object.assign(attempt, http2Response(linesOf(event, "headers")));
}

function setConnection(attempt: Attempt, connection: Connection): void {
  if (connection.server !== undefined) attempt.server = connection.server;
  if (connection.tls !== undefined) attempt.tls = connection.tls;
}

function unboundWith(all: Connections, lines: readonly string[]): Attempt | undefined {
  const { requestHead } = http2Request(lines);
  return [...all.unbound].find((attempt) => equal(attempt.requestHead, requestHead));
}
