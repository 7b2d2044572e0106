/** How all is, as the health page hears it: each state met once. */
import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { keepFitness } from "../../src/app/browser-fitness.ts";
import { SOFTWARE } from "../../src/app/version.ts";
import { type FoundedHouse, foundedHouse, good } from "./house.ts";

interface Health {
  readonly verdict: string;
  readonly checks: readonly {
    readonly name: string;
    readonly state: string;
    readonly words: string;
    readonly next?: string;
  }[];
  readonly version: string;
  readonly folder: string;
  readonly posts: number;
}

const { PLACARD_BROWSER, PLACARD_CACHE } = process.env;
let house: FoundedHouse;
let cache: string;

/** Any program does: without a trial nothing is started. */
const BROWSER = process.execPath;

before(async () => {
  house = await foundedHouse();
  cache = await mkdtemp(join(tmpdir(), "placard-health-"));
  Object.assign(process.env, { PLACARD_BROWSER: BROWSER, PLACARD_CACHE: cache });
});
after(async () => {
  for (const [name, value] of Object.entries({ PLACARD_BROWSER, PLACARD_CACHE })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await house[Symbol.asyncDispose]();
  await rm(cache, { recursive: true });
});

async function health(): Promise<Health> {
  return (await (await good(await house.ask("/api/health", { cookie: house.cookies.organiser }))).json()) as Health;
}

/** The state of each, and that whatever is not well says what to do. */
async function states(): Promise<Readonly<Record<string, string>>> {
  const { checks } = await health();
  for (const { state, words } of checks) assert.ok(words.length > 10, state);
  const ranks = checks.map(({ state }) => ["fails", "limited", "holds"].indexOf(state));
  assert.deepEqual(ranks, ranks.toSorted(), "the worst comes first");
  return Object.fromEntries(checks.map(({ name, state }) => [name, state]));
}

async function tried(byteRecord: "network-log" | "decoded"): Promise<void> {
  await keepFitness(cache, { path: BROWSER, version: "147.0", byteRecord, triedAt: new Date().toISOString() });
}

test("it says where the record lies, how much is in it, and of which Placard", async () => {
  const file = join(cache, "page.html");
  await writeFile(file, "<!doctype html><title>Bins on the lane</title>");
  await house.house.record().import(file, { from: "a neighbour" });
  const { version, folder, posts } = await health();
  assert.deepEqual([version, folder, posts], [SOFTWARE.version, house.folder, 1]);
});

test("a browser that was never tried is a limit, one that held is well, one that did not is wrong", async () => {
  const { bavail, bsize } = await statfs(house.folder);
  const before = await states();
  assert.equal(before["browser"], "limited");
  assert.equal(before["byte record"], undefined);
  assert.equal(before["attesters"], "limited");
  assert.equal(before["keys"], "holds");
  if (bavail * bsize > 2 ** 36) assert.equal(before["disk"], "holds");
  await tried("network-log");
  const { browser, "byte record": held } = await states();
  assert.deepEqual([browser, held], ["holds", "holds"]);
  await tried("decoded");
  assert.equal((await states())["byte record"], "fails");
  assert.equal((await health()).verdict, "fails");
  await tried("network-log");
  assert.equal((await health()).verdict, "holds");
});

test("no browser, keys that others may read, and settings nobody can use are wrong, and say what to do", async () => {
  const key = join(house.folder, "keys", "log.pem");
  process.env["PLACARD_BROWSER"] = join(cache, "none");
  await chmod(key, 0o644);
  await writeFile(join(house.folder, "config.json"), '{"sight":1}');
  const { browser, keys, settings } = await states();
  assert.deepEqual([browser, keys, settings], ["fails", "fails", "fails"]);
  const { checks } = await health();
  assert.match(checks.find(({ name }) => name === "browser")?.next ?? "", /PLACARD_BROWSER/);
  process.env["PLACARD_BROWSER"] = BROWSER;
  await chmod(key, 0o600);
  await rm(join(house.folder, "config.json"));
  assert.equal((await health()).verdict, "holds");
});

test("owner and organiser see it, nobody else", async () => {
  assert.equal((await house.ask("/api/health", { cookie: house.cookies.owner })).status, 200);
  for (const role of ["reviewer", "contributor", "guest"] as const)
    assert.equal((await house.ask("/api/health", { cookie: house.cookies[role] })).status, 403);
});
