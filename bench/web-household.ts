/** A record of 100,000 exhibits, a server over it in a process of its own, and members who came in by its own routes. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRecord } from "../src/app/record.ts";
import { freePort } from "../test/free-port.ts";
import { type Askable, type Asking, arrive, emailOf, found, good, joinAs } from "../test/server/house.ts";
import { fillRecord } from "./web-record.ts";

export interface Got {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

export interface Member {
  get(path: string): Promise<Got>;
  post(path: string, json: unknown): Promise<Got>;
}

/** How many of the links that were asked for are sealed, how many run, and why those were not captured that were not. */
export interface Captured {
  readonly sealed: number;
  readonly running: number;
  readonly failed: readonly string[];
}

export interface Households extends AsyncDisposable {
  readonly members: readonly Member[];
  /** Events that members have heard so far. */
  heard(): number;
  /** Asks for links to be saved, all at once, and waits until as many run as may. What comes tells how they stand. */
  capture(links: readonly string[]): Promise<() => Promise<Captured>>;
}

const PUBLIC = "https://placard.example";

export async function openHouseholds(people: number, captures: number): Promise<Households> {
  await using stack = new AsyncDisposableStack();
  const root = await mkdtemp(join(tmpdir(), "placard-bench-load-"));
  stack.defer(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));
  const folder = join(root, "record");
  await fillRecord(folder, captures);
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
    members: cookies.map((cookie) => ({
      get: (path) => got(port, agent, path, { cookie }),
      post: (path, json) => got(port, agent, path, { method: "POST", cookie, json }),
    })),
    heard: () => heard,
    capture: (links) =>
      captureAll(folder, links, captures, (json) =>
        send(port, agent, "/api/captures", { method: json === undefined ? "GET" : "POST", cookie: owner.cookie, json }),
      ),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
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

async function got(port: number, agent: Agent, path: string, asking: Asking): Promise<Got> {
  const { status, headers, body } = await send(port, agent, path, asking);
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
): Promise<() => Promise<Captured>> {
  await using record = await openRecord(folder);
  for (let from = 0; from < links.length; from += 400) {
    const key = randomBytes(16).toString("hex");
    await record.askFor(links.slice(from, from + 400), { key, actor: "actor-bench", allowPrivate: true });
  }
  // What is asked for by the route itself wakes it.
  await captures({ links: ["https://townsquare.example/p/1"] });
  const ours = new Set(links);
  const states = async (): Promise<Captured> => {
    const { batches } = JSON.parse((await captures()).body.toString()) as { batches: { links: Asked[] }[] };
    const all = batches.flatMap((batch) => batch.links).filter(({ url }) => ours.has(url));
    const count = (...of: readonly string[]): number => all.filter(({ state }) => of.includes(state)).length;
    return {
      sealed: count("sealed"),
      running: count("opening", "recording", "sealing"),
      failed: all.flatMap(({ state, url, reason = "" }) => (state === "not-captured" ? [`${url}: ${reason}`] : [])),
    };
  };
  const until = performance.now() + 120_000;
  while ((await states()).running < most && performance.now() < until)
    await new Promise((wait) => setTimeout(wait, 500));
  return states;
}

interface Asked {
  readonly url: string;
  readonly state: string;
  readonly reason?: string;
}
