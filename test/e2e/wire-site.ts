/**
 * Servers that say what no server should (heads out of form, lengths that lie, connections cut in the middle), byte for
 * byte as scripted, and write down what they said and heard. What servers usually say is in src/sample/conformance.
 */

import { randomBytes } from "node:crypto";
import http2 from "node:http2";
import net, { type AddressInfo, type Socket } from "node:net";
import tls from "node:tls";
import type { KeyPair } from "../../src/sample/conformance/certificate.ts";

/** What one request made a server hear and say, byte for byte. */
export interface Served {
  readonly method: string;
  readonly path: string;
  readonly request: Buffer;
  response: Buffer;
}

/** A scripted HTTP/1 answer: pieces written one after the other, then (if `hangUp`) the connection is cut. */
export interface Answer {
  readonly pieces: readonly (string | Buffer)[];
  readonly hangUp?: boolean;
  /** Interim responses (1xx) that go before; not part of `Served.response`. */
  readonly interim?: string;
}

export interface Site extends AsyncDisposable {
  readonly origin: string;
  readonly served: Served[];
}

/** An HTTP/1 server that writes raw bytes, so that what crossed the wire is known exactly. */
export async function serveHttp1(answer: (request: Served, seen: number) => Answer, keys?: KeyPair): Promise<Site> {
  const served: Served[] = [];
  const sockets = new Set<Socket>();
  const onSocket = (socket: Socket): void => {
    sockets.add(socket);
    let heard = Buffer.alloc(0);
    let busy = Promise.resolve();
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      for (let request = takeRequest(heard); request !== undefined; request = takeRequest(heard)) {
        heard = heard.subarray(request.request.length);
        const seen = served.filter((one) => one.path === request?.path).length;
        const current = request;
        served.push(current);
        busy = busy.then(() => say(socket, current, answer(current, seen)));
      }
    });
  };
  const server = keys === undefined ? net.createServer(onSocket) : tls.createServer(keys, onSocket);
  const port = await listen(server);
  return {
    origin: keys === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    served,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function takeRequest(heard: Buffer): Served | undefined {
  const end = heard.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = heard.subarray(0, end).toString("latin1");
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  if (heard.length < end + 4 + length) return undefined;
  const [method = "", path = ""] = head.split(" ");
  return { method, path, request: heard.subarray(0, end + 4 + length), response: Buffer.alloc(0) };
}

async function say(socket: Socket, served: Served, answer: Answer): Promise<void> {
  if (answer.interim !== undefined) socket.write(answer.interim);
  for (const piece of answer.pieces) {
    const bytes = typeof piece === "string" ? Buffer.from(piece, "latin1") : piece;
    served.response = Buffer.concat([served.response, bytes]);
    await new Promise((done) => socket.write(bytes, done));
    if (answer.pieces.length > 1) await new Promise((done) => setTimeout(done, 15));
  }
  if (answer.hangUp) socket.end();
}

/** What an HTTP/2 server was told to send; heads are lists there, so only bodies are bytes. */
export interface Http2Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Buffer;
  /** Reset the stream after the body instead of ending it. */
  readonly reset?: boolean;
}

interface Http2Served {
  readonly method: string;
  readonly path: string;
  readonly requestBody: Buffer;
  readonly answer: Http2Answer;
}

export interface Http2Site extends AsyncDisposable {
  readonly origin: string;
  readonly served: Http2Served[];
}

/** An HTTP/2 server that pads its frames as much as it may. */
export async function serveHttp2(answer: (path: string) => Http2Answer, keys: KeyPair): Promise<Http2Site> {
  const served: Http2Served[] = [];
  const sessions = new Set<http2.ServerHttp2Session>();
  const paddingStrategy = http2.constants.PADDING_STRATEGY_MAX;
  const server = http2.createSecureServer({ ...keys, paddingStrategy });
  server.on("session", (session) => sessions.add(session));
  server.on("stream", (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => {
    const path = String(headers[":path"]);
    const body: Buffer[] = [];
    stream.on("error", () => undefined);
    stream.on("data", (chunk: Buffer) => body.push(chunk));
    stream.on("end", () => {
      const said = answer(path);
      served.push({ method: String(headers[":method"]), path, requestBody: Buffer.concat(body), answer: said });
      sayHttp2(stream, said);
    });
  });
  const port = await listen(server);
  return {
    origin: `https://localhost:${port}`,
    served,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function sayHttp2(stream: http2.ServerHttp2Stream, said: Http2Answer): void {
  const headers = { ":status": said.status, ...said.headers } as http2.OutgoingHttpHeaders;
  stream.respond(headers, { endStream: said.body === undefined });
  if (said.body === undefined) return;
  if (!said.reset) stream.end(said.body);
  else stream.write(said.body, () => setTimeout(() => stream.destroy(new Error("cut")), 50));
}

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

/** Bytes that do not compress, the same on every call. */
export const LARGE = randomBytes(5 * 1024 * 1024);
