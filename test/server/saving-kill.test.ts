/** kill −9 of the server, of its capturing process, of both: nothing acknowledged is lost, and each link is sealed once. */
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { audit } from "../../src/app/audit.ts";
import { openContext } from "../../src/app/open-record.ts";
import { machine, named } from "../../src/lib/alive.ts";
import { newFolder } from "../faults/place.ts";
import { startManyLinks } from "../many-links-site.ts";
import { foundedHouse } from "./house.ts";
import { type Batch, itemsOf, type Link } from "./saver.ts";

const script = join(import.meta.dirname, "saving-server-child.ts");

interface Server {
  readonly child: ChildProcess;
  ask(path: string, asking?: object): Promise<{ readonly status: number; readonly body: unknown }>;
  links(): Promise<readonly Link[]>;
  /** Process ids of those that capture for it. */
  workers(): readonly number[];
}

async function startServer(folder: string, cookie: string): Promise<Server> {
  const child = fork(script, [folder], { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [] });
  await once(child, "message");
  let number = 0;
  const ask: Server["ask"] = async (path, asking = {}) => {
    const mine = number++;
    child.send({ number: mine, path, asking: { cookie, ...asking } });
    for (;;) {
      const [answer] = (await once(child, "message")) as [{ number: number; status: number; body: unknown }];
      if (answer.number === mine) return answer;
    }
  };
  return {
    child,
    ask,
    links: async () => {
      const { status, body } = await ask("/api/captures");
      assert.equal(status, 200);
      return (body as { batches: Batch[] }).batches.flatMap(({ links }) => links);
    },
    workers: () => workersOf(child.pid ?? 0),
  };
}

function workersOf(parent: number): readonly number[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, pid, ppid, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(ppid) === parent && args.includes("capture-worker") ? [Number(pid)] : [];
  });
}

async function until(what: string, holds: () => Promise<boolean> | boolean, patience = 60_000): Promise<void> {
  const end = performance.now() + patience;
  while (!(await holds())) {
    assert.ok(performance.now() < end, `not in time: ${what}`);
    await sleep(50);
  }
}

const isDone = ({ state }: Link): boolean => ["sealed", "not-captured", "cancelled"].includes(state);
const isUnderWay = ({ state }: Link): boolean => ["opening", "recording", "sealing"].includes(state);

test("killed in the middle, three ways: each link sealed once, nothing asked for or done is forgotten", {
  timeout: 240_000,
  skip: process.env["PLACARD_DEEP"] === "1" ? false : "only in the deep run (PLACARD_DEEP=1)",
}, async (t) => {
  const root = await newFolder();
  const folder = join(root, "record");
  await using site = await startManyLinks(3);
  let server: Server | undefined;
  try {
    const made = await foundedHouse({ folder });
    const { contributor: cookie } = made.cookies;
    await made[Symbol.asyncDispose]();
    await writeFile(join(folder, "config.json"), JSON.stringify({ capture: { atOnce: 2, gapSeconds: 0 } }));

    server = await startServer(folder, cookie);
    const wanted = [...site.links(9)];
    const asked = await server.ask("/api/captures", { method: "POST", json: { links: wanted } });
    assert.equal(asked.status, 202);
    const items = itemsOf(asked.body as Batch);

    // The process that captures.
    const first = server;
    await until("one is done, another under way", async () => {
      const links = await first.links();
      return links.some(isDone) && links.some(isUnderWay);
    });
    const [worker = 0] = server.workers();
    process.kill(worker, "SIGKILL");
    await until("another was started", () => first.workers().some((pid) => pid !== worker));

    // The server: what captures for it ends by itself.
    await until("three are done, another under way", async () => {
      const links = await first.links();
      return links.filter(isDone).length >= 3 && links.some(isUnderWay);
    });
    const [orphan = 0] = server.workers();
    const known = (await server.links()).filter(isDone);
    const gone = once(server.child, "exit");
    server.child.kill("SIGKILL");
    await gone;
    await until(
      "its capturing process has ended",
      () => named(`${machine()}-${orphan}-x`)?.isAlive() === false,
      15_000,
    );

    // Both at once; the last thing the server did was to say yes.
    server = await startServer(folder, cookie);
    const again = await server.links();
    for (const link of known)
      assert.deepEqual(
        again.find(({ item }) => item === link.item),
        link,
      );
    assert.deepEqual(
      again.map(({ item }) => item),
      items,
    );
    const late = await server.ask("/api/captures", { method: "POST", json: { links: [site.links(21)[20]] } });
    assert.equal(late.status, 202);
    const second = server;
    await until("it works again", () => second.workers().length > 0);
    const [other = 0] = server.workers();
    const ended = once(server.child, "exit");
    server.child.kill("SIGKILL");
    process.kill(other, "SIGKILL");
    await ended;

    server = await startServer(folder, cookie);
    const last = server;
    await until("all are done", async () => (await last.links()).every(isDone), 120_000);
    const links = await server.links();
    assert.deepEqual(new Set(links.map(({ item }) => item)), new Set([...items, ...itemsOf(late.body as Batch)]));
    assert.deepEqual(
      links.filter(({ state }) => state === "not-captured").map(({ url }) => url),
      [],
    );
    server.child.disconnect();
    await once(server.child, "exit");
    server = undefined;

    await using opened = await openContext(folder);
    const rows = await opened.context.index.list();
    t.diagnostic(`${rows.length} sealed`);
    assert.equal((await audit(opened.context)).verdict, "holds");
    const sealed = rows.map(({ url }) => url).toSorted();
    assert.deepEqual(
      sealed,
      links
        .filter(({ state }) => state === "sealed")
        .map(({ url }) => url)
        .toSorted(),
    );
    assert.equal(new Set(sealed).size, sealed.length, "one was sealed twice");
  } finally {
    server?.child.kill("SIGKILL");
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
});
