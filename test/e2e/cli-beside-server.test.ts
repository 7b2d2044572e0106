/**
 * The command line beside a running server, on one record and at one time: what either does the other shows, and nothing of it breaks.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { buildWorkbench } from "../../scripts/build-workbench.ts";
import { startForum } from "../../src/sample/forum.ts";
import { foundedHouse } from "../server/house.ts";
import { POST, sealPosts } from "../server/sealed-exhibits.ts";

const main = join(import.meta.dirname, "../../bin/placard.mjs");
let folder: string;
let cookie: string;
let ids: readonly string[];
let server: ChildProcess;
let origin: string;

before(async () => {
  await buildWorkbench();
  folder = await mkdtemp(join(tmpdir(), "placard-beside-"));
  await writeFile(join(folder, "page.html"), "<!doctype html><title>Bins, by the command line</title>");
  const made = await foundedHouse({ folder: join(folder, "record") });
  cookie = made.cookies.owner;
  await made[Symbol.asyncDispose]();
  const posts = ["kept", "erased below", "erased above"].map((title) => ({ ...POST, title }));
  ids = await sealPosts(join(folder, "record"), posts);
  server = spawn(process.execPath, [main, "serve", "--port", "0", "--json"], { cwd: folder });
  const opened = once(server, "close").then(() => "");
  origin = await Promise.race([addressOf(server), opened]);
  assert.notEqual(origin, "", "the server did not start");
});
after(async () => {
  if (server?.exitCode === null) {
    const gone = once(server, "close");
    server.kill("SIGINT");
    await gone;
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let said = "";
  for await (const piece of stdout ?? []) {
    said += String(piece);
    const [found] = /http:\/\/localhost:\d+/.exec(said) ?? [];
    if (found !== undefined) return found;
  }
  return "";
}

interface Ran {
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

/** With exit code 0. */
async function placard(...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args, "--json"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  assert.equal(code, 0, `${args.join(" ")}: ${stdout}${stderr}`);
  return {
    lines: stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

function ask(path: string, init: { readonly method?: string; readonly json?: unknown; readonly body?: FormData } = {}) {
  const { method = "GET", json } = init;
  const body = json === undefined ? init.body : JSON.stringify(json);
  const type: Record<string, string> = json === undefined ? {} : { "content-type": "application/json" };
  return fetch(origin + path, {
    method,
    headers: { cookie, origin, ...type },
    ...(body === undefined ? {} : { body }),
  });
}

async function told<T>(answer: Response | Promise<Response>): Promise<T> {
  const { status, ...rest } = { status: (await answer).status, text: await (await answer).text() };
  assert.ok(status < 300, `${status} ${rest.text}`);
  return JSON.parse(rest.text) as T;
}

/** Over the server: files handed in, a post filed over and over, and one erased. */
async function screensAtWork(): Promise<readonly string[]> {
  const [kept = "", , above = ""] = ids;
  const imported: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    const form = new FormData();
    form.append("from", "a neighbour");
    form.append("file", new Blob([`<!doctype html><title>Lane ${n}, by the screen</title>`]), "page.html");
    imported.push((await told<{ exhibit: string }>(ask("/api/imports", { method: "POST", body: form }))).exhibit);
    await told(ask("/api/filings", { method: "POST", json: { ids: [kept], tag: [`lane ${n}`] } }));
    if (n === 2) assert.ok((await ask(`/api/exhibits/${above}`, { method: "DELETE", json: { reason: "asked" } })).ok);
  }
  return imported;
}

interface Shown {
  readonly exhibit: { readonly state: string; readonly title: string | null };
}

test("captured, taken in and erased by the command line while the server is at work on the same record", async () => {
  const [kept = "", below = "", above = ""] = ids;
  await using forum = await startForum();
  const url = forum.postUrl(forum.samplePost);
  // So that its index and counts are open, and hold what was.
  await told(ask("/api/exhibits/counts"));
  const [byScreen, captured, taken] = await Promise.all([
    screensAtWork(),
    placard("capture", url, "--allow-private", "--case", "Spring"),
    placard("import", "page.html", "--from", "a neighbour"),
    placard("erase", below, "--reason", "asked for"),
  ]);
  const [capturedId, takenId] = [captured, taken].map(({ lines }) => String(lines[0]?.["id"]));
  const { exhibits } = await told<{ exhibits: { id: string; title: string | null; state: string }[] }>(
    ask("/api/exhibits?limit=200"),
  );
  const states = new Map(exhibits.map(({ id, state }) => [id, state]));
  for (const id of [kept, capturedId ?? "", takenId ?? "", ...byScreen]) {
    assert.equal(states.get(id), "sealed", `${id} is not in the list`);
    // Its picture is invented, and was never committed to.
    if (id === kept) continue;
    const { verdict } = await told<{ verdict: string }>(ask(`/api/exhibits/${id}/verify`, { method: "POST" }));
    assert.equal(verdict, "holds", id);
  }
  assert.equal(exhibits.find(({ id }) => id === takenId)?.title, "Bins, by the command line");
  for (const id of [below, above]) {
    const { exhibit } = await told<Shown>(ask(`/api/exhibits/${id}`));
    assert.deepEqual([exhibit.state, exhibit.title], ["erased", null]);
    assert.equal((await ask(`/api/exhibits/${id}/picture`)).status, 410);
  }
  const { tags } = await told<{ tags: { tag: string }[] }>(ask(`/api/exhibits/${kept}`));
  assert.equal(tags.length, 6);
  const listed = await placard("list");
  const ofCommands = new Map(listed.lines.map((line) => [line["id"], line["state"]]));
  assert.deepEqual(ofCommands, states, "the command line and the screens tell the same");
  assert.equal((await placard("audit")).lines[0]?.["verdict"], "holds");
});
