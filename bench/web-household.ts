/** A record of 100,000 exhibits, a server over it in a process of its own, and members who came in by its own routes. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initRecord } from "../src/app/init-record.ts";
import { openContext } from "../src/app/open-record.ts";
import { openRecord } from "../src/app/record.ts";
import { sealAll } from "../src/app/seal.ts";
import { encodePng } from "../src/capture/picture/png-writer.ts";
import type { BlobRef } from "../src/record/act.ts";
import { type Askable, type Asking, arrive, emailOf, found, good, joinAs } from "../test/server/house.ts";
import { EXHIBITS, inventedPost } from "./web-posts.ts";

export interface Got {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

export interface Member {
  get(path: string): Promise<Got>;
}

export interface Households extends AsyncDisposable {
  readonly members: readonly Member[];
  /** Events that members have heard so far. */
  heard(): number;
  /** Asks for links to be saved, all at once, and waits until as many run as may. */
  capture(links: readonly string[]): Promise<{ done(): Promise<number>; running(): number }>;
}

const PUBLIC = "https://placard.example";
const BATCH = 4096;
const PICTURES = 40;

export async function openHouseholds(people: number, captures: number): Promise<Households> {
  await using stack = new AsyncDisposableStack();
  const root = await mkdtemp(join(tmpdir(), "placard-bench-load-"));
  stack.defer(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));
  const folder = join(root, "record");
  await fill(folder, captures);
  const port = await freePort();
  const { child, token } = await startServer(folder, port);
  stack.defer(() => ended(child));
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  stack.defer(() => agent.destroy());
  const server = askable(port, agent);
  const started = performance.now();
  await good(await found(server, "Northside Monitor", token));
  const owner = await arrive(server, emailOf("owner"));
  const cookies = [owner.cookie];
  for (let n = 1; n < people; n += 1) {
    const email = emailOf(`member-${n}`);
    await joinAs(server, owner.cookie, "reviewer", email);
    cookies.push((await arrive(server, email)).cookie);
  }
  console.log(`${people} members signed in after ${((performance.now() - started) / 1000).toFixed(0)} s`);
  let heard = 0;
  for (const cookie of cookies) listen(port, cookie, () => (heard += 1));
  const running = stack.move();
  return {
    members: cookies.map((cookie) => ({ get: (path) => get(port, agent, path, cookie) })),
    heard: () => heard,
    capture: (links) =>
      captureAll(folder, links, captures, (json) =>
        send(port, agent, "/api/captures", { method: json === undefined ? "GET" : "POST", cookie: owner.cookie, json }),
      ),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function fill(folder: string, captures: number): Promise<void> {
  const started = performance.now();
  await initRecord(folder, { name: "Northside Monitor" });
  await writeFile(join(folder, "config.json"), JSON.stringify({ capture: { atOnce: captures, gapSeconds: 0 } }));
  await using opened = await openContext(folder);
  const { context } = opened;
  const screenshots: BlobRef[] = [];
  for (let n = 0; n < PICTURES; n += 1) {
    screenshots.push(await context.vault.putBlob([await encodePng(pageOf(n))], "image/png"));
  }
  for (let from = 0; from < EXHIBITS; from += BATCH) {
    const count = Math.min(BATCH, EXHIBITS - from);
    const acts = Array.from({ length: count }, (_, i) => {
      const screenshot = screenshots[(from + i) % PICTURES];
      return { ...inventedPost(from + i), ...(screenshot === undefined ? {} : { screenshot: { ...screenshot } }) };
    });
    await sealAll(context, acts);
  }
  await context.index.catchUp();
  console.log(`${EXHIBITS} exhibits sealed and projected in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/** White, with lines of something like letters, as pages are. */
function pageOf(n: number): Parameters<typeof encodePng>[0] {
  const [width, height] = [1280, 1600];
  const rgb = new Uint8Array(3 * width * height).fill(255);
  for (let i = 0; i < rgb.length; i += 1) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    const isLine = y % 24 < 12 && x > 200 && x < 800 + ((y * (n + 3)) % 300);
    if (isLine && ((x * 31 + y * 17 + n) >> 2) % 3 === 0) rgb[i] = 40;
  }
  return { width, height, rgb };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** People come by way of a proxy, each from an address of their own: limits on signing in are by address. */
async function startServer(folder: string, port: number): Promise<{ child: ChildProcess; token: string }> {
  const main = join(import.meta.dirname, "../src/cli/main.ts");
  const sandbox = "https://placard-pages.example";
  const args = ["serve", "--record", folder, "--port", String(port), "--public-url", PUBLIC, "--sandbox-url", sandbox];
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  for await (const piece of child.stdout) {
    printed += String(piece);
    const [, token] = /\/start#([\w-]+)/.exec(printed) ?? [];
    if (token !== undefined) return { child, token };
  }
  throw new Error(`the server did not start: ${printed}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((exit) => child.once("exit", exit));
  child.kill("SIGINT");
  await gone;
}

function askable(port: number, agent: Agent): Askable {
  return {
    ask: async (path, asking = {}) => {
      const { status, headers, body } = await send(port, agent, path, asking);
      return new Response(status === 204 ? null : new Uint8Array(body), { status, headers });
    },
  };
}

async function get(port: number, agent: Agent, path: string, cookie: string): Promise<Got> {
  const { status, headers, body } = await send(port, agent, path, { cookie });
  return { status, body, type: headers.get("content-type") ?? "" };
}

let asked = 0;

function send(port: number, agent: Agent, path: string, { method = "GET", cookie, json, headers = {} }: Asking) {
  asked += 1;
  const forwarded = `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
  const sent = {
    origin: PUBLIC,
    "x-forwarded-for": forwarded,
    ...(cookie === undefined ? {} : { cookie }),
    ...(json === undefined ? {} : { "content-type": "application/json" }),
    ...headers,
  };
  return new Promise<{ status: number; headers: Headers; body: Buffer }>((answered, failed) => {
    const going = request({ host: "127.0.0.1", port, path, method, agent, headers: sent }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.once("error", failed);
      answer.once("end", () => {
        const told = new Headers();
        for (const [name, values] of Object.entries(answer.headersDistinct))
          for (const value of values ?? []) told.append(name, value);
        answered({ status: answer.statusCode ?? 0, headers: told, body: Buffer.concat(pieces) });
      });
    });
    going.once("error", failed);
    going.end(json === undefined ? undefined : JSON.stringify(json));
  });
}

function listen(port: number, cookie: string, onEvent: () => void): void {
  const headers = { cookie, origin: PUBLIC };
  const going = request({ host: "127.0.0.1", port, path: "/api/events", headers }, (answer) => {
    answer.on("data", (piece: Buffer) => {
      if (piece.includes("event:")) onEvent();
    });
    answer.on("error", () => undefined);
  });
  going.on("error", () => undefined);
  going.end();
}

/** The links are of this machine, which no route takes; the capturing process finds them on the agenda all the same. */
async function captureAll(
  folder: string,
  links: readonly string[],
  most: number,
  captures: (json?: unknown) => Promise<{ readonly body: Buffer }>,
): Promise<{ done(): Promise<number>; running(): number }> {
  await using record = await openRecord(folder);
  for (let from = 0; from < links.length; from += 400) {
    const key = randomBytes(16).toString("hex");
    await record.askFor(links.slice(from, from + 400), { key, actor: "actor-bench", allowPrivate: true });
  }
  // What is asked for by the route itself wakes it.
  await captures({ links: ["https://townsquare.example/p/1"] });
  let running = 0;
  const states = async (): Promise<readonly string[]> => {
    const { batches } = JSON.parse((await captures()).body.toString()) as { batches: { links: { state: string }[] }[] };
    const all = batches.flatMap((batch) => batch.links).map(({ state }) => state);
    running = all.filter((state) => ["opening", "recording", "sealing"].includes(state)).length;
    return all;
  };
  const until = performance.now() + 120_000;
  for (await states(); performance.now() < until; await states()) {
    if (running >= most) break;
    await new Promise((wait) => setTimeout(wait, 500));
  }
  return {
    done: async () => (await states()).filter((state) => state === "sealed").length,
    running: () => running,
  };
}
