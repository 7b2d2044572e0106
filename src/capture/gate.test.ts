import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
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
  if (!socket.closed) await once(socket, "close");
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
