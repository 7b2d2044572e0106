/** A page with WebSockets and an event stream, and the server that speaks with it, byte for byte. */

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { constants, createDeflateRaw } from "node:zlib";
import type { KeyPair } from "../../src/sample/conformance/certificate.ts";
import { frame } from "../websocket-frames.ts";

const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;

export const LONG = "Hollow Lane Residents ".repeat(10_000);
export const BYTES = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * i) & 255));
export const DONE = Buffer.concat([Buffer.from([0x0f, 0xa1]), Buffer.from("done")]);
export const EVENTS = ["data: first\n\n", "event: reply\ndata: second\n\n"];

/** What the page says on each socket once it is its turn. */
const SCRIPT = `
  const turn = (path) => new Promise((done) => {
    const socket = new WebSocket(location.origin.replace("http", "ws") + path);
    socket.onmessage = ({ data }) => {
      if (data !== "your turn") return;
      socket.send("Grüße \\u{1F33B}");
      socket.send(new Uint8Array(300).fill(7));
      socket.send("Hollow Lane Residents ".repeat(10000));
      socket.send("again");
      socket.send("again");
      socket.close(4001, "done");
    };
    socket.onclose = done;
  });
  const open = (kind, path) => new Promise((done) => {
    const source = new kind(kind === WebSocket ? location.origin.replace("http", "ws") + path : path);
    source.onmessage = done;
  });
  // Under way until all is open: on a busy machine the page would be taken for one at rest between two sockets.
  const rest = new AbortController();
  fetch("/unanswered", { signal: rest.signal }).catch(() => undefined);
  (async () => {
    await turn("/plain"); await turn("/deflated"); await turn("/broken"); await turn("/dropped");
    await open(WebSocket, "/open");
    await open(EventSource, "/events");
    rest.abort();
    setTimeout(() => { document.title = "done"; }, 200);
  })();`;

const PAGE = `<!doctype html><title>Talk</title><h1>Evening talk</h1><p>It goes on while you watch.</p><script>${SCRIPT}</script>`;

export interface TalkSite extends AsyncDisposable {
  readonly origin: string;
}

export async function serveTalk(keys?: KeyPair): Promise<TalkSite> {
  const server = keys === undefined ? createServer(answer) : createSecureServer(keys, answer);
  const sockets = new Set<Duplex>();
  server.on("connection", (socket: Duplex) => sockets.add(socket));
  server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    socket.on("error", () => undefined);
    void talk(request, socket);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: keys === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === "/events") {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const event of EVENTS) response.write(event);
    return;
  }
  if (request.url === "/unanswered") return;
  response.writeHead(request.url === "/" ? 200 : 404, { "content-type": "text/html; charset=utf-8" }).end(PAGE);
}

async function talk(request: IncomingMessage, socket: Duplex): Promise<void> {
  const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash("sha1").update(key).digest("base64");
  const compressed = request.url === "/deflated";
  const head =
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n` +
    `${compressed ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : ""}\r\n`;
  // The first frames in one piece with the head, as a busy server's are.
  socket.write(Buffer.concat([Buffer.from(head), ...(await framesFor(request.url ?? ""))]));
  if (request.url === "/dropped") socket.end();
  let heard = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk]).subarray(-12);
    if (isClosing(heard)) socket.end(frame({ opcode: CLOSE, payload: DONE }));
  });
}

/** The closing frame: two bytes, four of mask, code and "done". Any bytes of a masked message may begin like it. */
function isClosing(bytes: Buffer): boolean {
  const unmasked = bytes.subarray(6).map((byte, i) => byte ^ (bytes[2 + (i % 4)] as number));
  return bytes[0] === 0x88 && bytes[1] === 0x86 && DONE.equals(unmasked);
}

async function framesFor(path: string): Promise<readonly Buffer[]> {
  const hello = frame({ opcode: TEXT, payload: "Hello" });
  const half = frame({ opcode: TEXT, payload: "half of", final: false });
  if (path === "/broken") return [hello, Buffer.from("a1026e6f", "hex")];
  if (path === "/open") return [frame({ opcode: TEXT, payload: "still here" }), half];
  if (path === "/dropped") return [hello, frame({ opcode: BINARY, payload: "whole" }).subarray(0, -2)];
  const deflate =
    path === "/deflated" ? deflater() : async (content: string | Buffer) => Buffer.from(content as string);
  const compressed = path === "/deflated";
  const parted = await deflate(LONG);
  return [
    frame({ opcode: TEXT, payload: await deflate("Hello"), compressed }),
    frame({ opcode: TEXT, payload: parted.subarray(0, 20), final: false, compressed }),
    frame({ opcode: PING, payload: "there?" }),
    frame({ opcode: 0, payload: parted.subarray(20) }),
    frame({ opcode: BINARY, payload: await deflate(BYTES), compressed }),
    frame({ opcode: TEXT, payload: await deflate("your turn"), compressed }),
  ];
}

/** Each message goes on with the window of those before (RFC 7692 §7.2.1). */
function deflater(): (content: string | Buffer) => Promise<Buffer> {
  const stream = createDeflateRaw();
  let out: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => out.push(chunk));
  return async (content) => {
    stream.write(content);
    await new Promise<void>((done) => stream.flush(constants.Z_SYNC_FLUSH, done));
    const payload = Buffer.concat(out).subarray(0, -4);
    out = [];
    return payload;
  };
}
