/** An HTTP/1.1 server that writes every byte itself, so that what crossed the wire is known exactly. */
import { createHash } from "node:crypto";
import net, { type AddressInfo, type Socket } from "node:net";
import tls from "node:tls";
import type { Answer, Field } from "./answer.ts";
import { derOf, type KeyPair } from "./certificate.ts";
import { type Answering, type ConformanceServer, pour, type Served } from "./served.ts";

export interface Http1Options {
  /** Serves TLS with these. */
  readonly keys?: KeyPair;
  /** The name in its address: another name is another site. */
  readonly host?: string;
}

/** `answer` is made once the server's address is known. */
export async function serveHttp1(
  makeAnswer: (origin: string) => Answering,
  { keys, host = "127.0.0.1" }: Http1Options = {},
): Promise<ConformanceServer> {
  const served: Served[] = [];
  const sockets = new Set<Socket>();
  const shown = keys === undefined ? {} : { certificate: derOf(keys) };
  let answer: Answering | undefined;
  let origin = "";
  const onSocket = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    let heard = Buffer.alloc(0);
    let busy = Promise.resolve();
    let switched = false;
    socket.on("data", (chunk: Buffer) => {
      if (switched) return;
      heard = Buffer.concat([heard, chunk]);
      for (let request = takeRequest(heard); request !== undefined; request = takeRequest(heard)) {
        heard = heard.subarray(request.bytes);
        const said = startAnswer({ origin, ...shown }, request, answer as Answering);
        served.push(said.served);
        switched = said.served.status === 101;
        busy = busy.then(() => say(socket, said.served, said.answer));
      }
    });
  };
  const server = keys === undefined ? net.createServer(onSocket) : tls.createServer(keys, onSocket);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `${keys === undefined ? "http" : "https"}://${host}:${(server.address() as AddressInfo).port}`;
  answer = makeAnswer(origin);
  return {
    origin,
    served,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

interface Heard {
  readonly bytes: number;
  readonly method: string;
  readonly path: string;
  readonly head: Buffer;
  readonly headers: readonly Field[];
  readonly body: Buffer;
}

function takeRequest(heard: Buffer): Heard | undefined {
  const end = heard.indexOf("\r\n\r\n") + 4;
  if (end < 4) return undefined;
  const head = heard.subarray(0, end);
  const [firstLine = "", ...lines] = head.toString("latin1").trimEnd().split("\r\n");
  const headers = lines.map((line): Field => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const length = Number(valueOf(headers, "content-length") ?? 0);
  if (heard.length < end + length) return undefined;
  const [method = "", path = ""] = firstLine.split(" ");
  return { bytes: end + length, method, path, head, headers, body: heard.subarray(end, end + length) };
}

function valueOf(headers: readonly Field[], name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

function startAnswer(
  server: Pick<Served, "origin" | "certificate">,
  heard: Heard,
  answering: Answering,
): { served: Served; answer: Answer } {
  const { method, path } = heard;
  const header = (name: string): string | undefined => valueOf(heard.headers, name);
  const key = header("sec-websocket-key");
  const answer = key === undefined ? answering({ method, path, header }) : webSocketAnswer(key);
  const headers = [...answer.headers, ...framing(answer)];
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const responseHead = Buffer.from(`HTTP/1.1 ${answer.status} Said\r\n${lines}\r\n`, "latin1");
  const served: Served = {
    ...server,
    protocol: "http/1.1",
    method,
    path,
    requestHead: heard.head,
    requestHeaders: heard.headers,
    requestBody: [heard.body],
    status: answer.status,
    responseHead,
    responseHeaders: headers,
    written: [],
    whole: false,
  };
  return { served, answer };
}

/** Says "Hello" and closes (RFC 6455 §4.2.2, §5.2); what the browser says is not looked at. */
function webSocketAnswer(key: string): Answer {
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  const headers: readonly Field[] = [
    ["Upgrade", "websocket"],
    ["Connection", "Upgrade"],
    ["Sec-WebSocket-Accept", accept],
  ];
  return { status: 101, headers, pieces: [Buffer.from("810548656c6c6f880203e8", "hex")] };
}

function framing({ status, pieces, length }: Answer): readonly Field[] {
  if (pieces === undefined || status === 101) return status === 204 || status === 101 ? [] : [["Content-Length", "0"]];
  return length === undefined ? [["Transfer-Encoding", "chunked"]] : [["Content-Length", String(length)]];
}

async function say(socket: Socket, served: Served, answer: Answer): Promise<void> {
  const chunked = answer.length === undefined && answer.pieces !== undefined && answer.status !== 101;
  const write = (bytes: Buffer): Promise<boolean> => writeTo(socket, bytes);
  if (!(await write(served.responseHead as Buffer))) return;
  if (served.method !== "HEAD") {
    const frame = chunked ? chunk : (piece: Buffer): Buffer => piece;
    if (!(await pour(answer, served, frame, write))) return;
  }
  if (answer.open) return;
  const last = Buffer.from("0\r\n\r\n");
  if (chunked) {
    served.written.push(last);
    if (!(await write(last))) return;
  }
  served.whole = true;
  if (answer.status === 101) socket.end();
}

function chunk(piece: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")]);
}

async function writeTo(socket: Socket, bytes: Buffer): Promise<boolean> {
  if (socket.destroyed) return false;
  if (socket.write(bytes)) return true;
  await new Promise<void>((done) => {
    const end = (): void => {
      socket.off("drain", end).off("close", end);
      done();
    };
    socket.on("drain", end).on("close", end);
  });
  return !socket.destroyed;
}
