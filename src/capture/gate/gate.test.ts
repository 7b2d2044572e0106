import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, isIP, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { SPELLINGS } from "../../../test/private-addresses.ts";
import { type GateOptions, openGate } from "./gate.ts";

const GREETING = [5, 1, 0];
const port = (number: number): readonly number[] => [number >> 8, number & 255];
const name = (host: string): readonly number[] => [3, host.length, ...Buffer.from(host, "latin1")];
const anywhere: GateOptions = { mayReach: () => true, resolve: async () => ["127.0.0.1"] };

/** A server that says what it heard, after "hello ". */
async function startEcho() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.write("hello ");
    socket.pipe(socket);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as { readonly port: number }).port,
    sockets,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** What the gate answers to these bytes, until it hangs up or `enough` bytes have come. */
async function say(gate: { readonly port: number }, bytes: readonly number[], enough = Infinity): Promise<Buffer> {
  const socket = connect(gate.port, "127.0.0.1");
  await once(socket, "connect");
  const chunks: Buffer[] = [];
  socket.on("error", () => undefined);
  socket.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    if (Buffer.concat(chunks).length >= enough) socket.destroy();
  });
  socket.write(Uint8Array.from(bytes));
  if (!socket.closed) await new Promise((closed) => socket.once("close", closed));
  return Buffer.concat(chunks);
}

test("by name, by IPv4 and by IPv6 address: bytes pass both ways, what follows the request at once included", async () => {
  await using echo = await startEcho();
  await using gate = await openGate(anywhere);
  for (const host of [name("townsquare.example"), [1, 127, 0, 0, 1]]) {
    const answer = await say(gate, [...GREETING, 5, 1, 0, ...host, ...port(echo.port), ...Buffer.from("and you")], 25);
    assert.equal(answer.subarray(0, 4).toString("hex"), "05000500");
    assert.equal(answer.subarray(12).toString(), "hello and you");
  }
  const six = [4, ...Array.from({ length: 15 }, () => 0), 1];
  await using usual = await openGate();
  const refused = await say(usual, [...GREETING, 5, 1, 0, ...six, ...port(echo.port)]);
  assert.equal(refused[3], 2, "not allowed: ::1 is private");
});

test("left to itself it refuses every private address there is a way to write", async () => {
  await using usual = await openGate();
  for (const spelling of SPELLINGS) {
    const host = new URL(`http://${spelling}/`).hostname.replace(/^\[|\]$/g, "");
    const answer = await say(usual, [...GREETING, 5, 1, 0, ...wanted(host), ...port(80)]);
    if (isIP(host) !== 0) assert.equal(answer[3], 2, spelling);
    // A name may have no address here.
    else assert.ok([2, 4].includes(answer[3] ?? 0), spelling);
  }
});

/** As a browser asks for a host. */
function wanted(host: string): readonly number[] {
  if (isIP(host) === 4) return [1, ...host.split(".").map(Number)];
  if (isIP(host) === 0) return name(host);
  const [front = "", back = ""] = host.split("::");
  const groups = (text: string): readonly number[] =>
    text
      .split(":")
      .filter(Boolean)
      .map((one) => Number.parseInt(one, 16));
  const zeros = Array.from({ length: 8 - groups(front).length - groups(back).length }, () => 0);
  return [4, ...[...groups(front), ...zeros, ...groups(back)].flatMap(port)];
}

test("what cannot be reached is refused, and why is remembered by the host's name", async () => {
  await using echo = await startEcho();
  const resolve = async (host: string): Promise<readonly string[]> => {
    if (host === "nowhere.example") throw new Error("no such host");
    return host === "empty.example" ? [] : ["127.0.0.1"];
  };
  await using gate = await openGate({ resolve, mayReach: (_, at) => at !== 1 });
  const ask = (host: string, at: number): Promise<Buffer> =>
    say(gate, [...GREETING, 5, 1, 0, ...name(host), ...port(at)]);
  assert.equal((await ask("nowhere.example", 80))[3], 4);
  assert.equal((await ask("empty.example", 80))[3], 4);
  assert.equal((await ask("inside.example", 1))[3], 2);
  assert.deepEqual(["nowhere.example", "empty.example", "inside.example", "never.example"].map(gate.refusalOf), [
    "no_such_host",
    "no_such_host",
    "private",
    undefined,
  ]);
  assert.equal(echo.sockets.size, 0);
});

test("whatever else is said to it, it hangs up; it goes on serving, and closing it closes all", async () => {
  await using echo = await startEcho();
  const gate = await openGate(anywhere);
  const target = [...name("a.example"), ...port(echo.port)];
  const wrong: readonly (readonly number[])[] = [
    [4, 1, 0],
    [5, 0],
    [5, 1, 2],
    [5, 2, 1, 2],
    [...GREETING, 4, 1, 0, ...target],
    [...GREETING, 5, 2, 0, ...target],
    [...GREETING, 5, 3, 0, ...target],
    [...GREETING, 5, 1, 0, 2, 0, 0],
    [...GREETING, 5, 1, 0, 0],
    [...GREETING, 5, 1, 0, 255, ...Array.from({ length: 300 }, () => 255)],
    ...Array.from({ length: 60 }, () => [...crypto.getRandomValues(new Uint8Array(64))]),
  ];
  for (const bytes of wrong) {
    const socket = connect(gate.port, "127.0.0.1").on("error", () => undefined);
    socket.end(Uint8Array.from(bytes));
    await buffer(socket).catch(() => undefined);
  }
  assert.equal(echo.sockets.size, 0, "none of it led anywhere");
  assert.equal((await say(gate, [...GREETING, 5, 1, 0, ...target], 18)).subarray(12).toString(), "hello ");
  const idle = connect(gate.port, "127.0.0.1").on("error", () => undefined);
  await once(idle, "connect");
  await sleep(20);
  await Promise.all([once(idle, "close"), gate[Symbol.asyncDispose]()]);
});

const LONG = randomBytes(1 << 26);
const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Takes bytes as slowly as a busy browser would, after having taken none for a while; resolves to their hash at `length`. */
async function takeSlowly(socket: Socket, length: number, first: Buffer = Buffer.alloc(0)): Promise<string> {
  const hash = createHash("sha256").update(first);
  let left = length - first.length;
  for (let turn = 0; left > 0; turn++) {
    if (turn % 64 === 0) await sleep(turn === 0 ? 200 : 2);
    const piece = socket.read() as Buffer | null;
    if (piece === null) {
      await Promise.race([once(socket, "readable"), sleep(50)]);
      continue;
    }
    hash.update(piece);
    left -= piece.length;
  }
  return hash.digest("hex");
}

test("long bytes come to a slow peer as they were sent, both ways at once, and wait where he does not take them", async () => {
  const heard = Promise.withResolvers<string>();
  let waited = 0;
  const server = createServer((socket) => {
    socket.on("error", heard.reject);
    for (let at = 0; at < LONG.length; at += 1 << 20) socket.write(LONG.subarray(at, at + (1 << 20)));
    setTimeout(() => (waited = socket.writableLength), 150);
    takeSlowly(socket, LONG.length).then(heard.resolve, heard.reject);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  await using ending = new AsyncDisposableStack();
  ending.defer(() => void server.close());
  // The first address refuses: what the socket reads into is to be there after another attempt too.
  await using gate = await openGate({ mayReach: () => true, resolve: async () => ["127.0.0.9", "127.0.0.1"] });
  const client = connect(gate.port, "127.0.0.1").on("error", heard.reject);
  ending.defer(() => void client.destroy());
  const target = (server.address() as { readonly port: number }).port;
  client.write(Uint8Array.from([...GREETING, 5, 1, 0, ...name("a.example"), ...port(target)]));
  let first: Buffer = Buffer.alloc(0);
  while (first.length < 12) {
    await once(client, "readable");
    first = Buffer.concat([first, (client.read() as Buffer | null) ?? Buffer.alloc(0)]);
  }
  client.write(LONG);
  const [down, up] = await Promise.all([takeSlowly(client, LONG.length, first.subarray(12)), heard.promise]);
  assert.equal(down, digest(LONG), "to the browser");
  assert.equal(up, digest(LONG), "to the server");
  assert.ok(waited > LONG.length / 4, `the server had to wait with ${waited} bytes`);
});

test("where one end hangs up, so does the other", async () => {
  await using echo = await startEcho();
  await using gate = await openGate(anywhere);
  const open = async (): Promise<readonly [Socket, Socket]> => {
    const before = new Set(echo.sockets);
    const client = connect(gate.port, "127.0.0.1").on("error", () => undefined);
    client.write(Uint8Array.from([...GREETING, 5, 1, 0, ...name("a.example"), ...port(echo.port)]));
    client.resume();
    while (echo.sockets.size === before.size) await sleep(5);
    return [client, [...echo.sockets].find((socket) => !before.has(socket)) as Socket];
  };
  const [first, served] = await open();
  first.destroy();
  await once(served, "close");
  const [second, gone] = await open();
  gone.destroy();
  await once(second, "close");
});
