/** Lists of links, recaptures and the schedule at the command line, with the real program, browser and disk. */
import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { after, before, test } from "node:test";
import { openContext } from "../../src/app/open-record.ts";
import { type ChangingSite, startChangingSite } from "../changing-site.ts";
import { POST, sealPosts } from "../server/sealed-exhibits.ts";
import { toldByVerb } from "../told-by-verb.ts";

const main = join(import.meta.dirname, "../../bin/placard.mjs");
const TEXT = "Whoever lights the lantern at number nine will answer for it, says the lane.";
let folder: string;
let record: string;
let site: ChangingSite;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-batch-cli-"));
  record = join(folder, "record");
  site = await startChangingSite();
  await placard(["init", record, "--name", "Hollow Lane Residents"]);
  await writeFile(join(record, "config.json"), JSON.stringify({ capture: { gapSeconds: 0, retries: 0 } }));
});
after(async () => {
  await site[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly stdout: string;
  readonly stderr: string;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

async function placard(
  args: readonly string[],
  during: (child: Child) => void = (child) => child.stdin.end(),
): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  during(child);
  const code = await new Promise<number | null>((done) => child.on("close", done));
  const lines = args.includes("--json")
    ? stdout
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
  return { code, lines, stdout, stderr };
}

function on(...args: readonly string[]): readonly string[] {
  return [...args, "--record", record];
}

function post(path: string): string {
  site.posts.set(path, { text: TEXT, author: "Marrow & Daughters", likes: 1 });
  return `${site.origin}${path}`;
}

test("a list with a line that is no link captures nothing, and names the line", async () => {
  const list = join(folder, "wrong.txt");
  await writeFile(list, `# the lane\n${post("/w/1")}\nnot a link\n`);
  const ran = await placard(on("capture", "--links", list, "--allow-private", "--json"));
  assert.equal(ran.code, 2);
  assert.match(ran.stderr, /Line 3 of .*wrong\.txt cannot be captured/);
  assert.ok(!site.requests.includes("/w/1"));
  for (const args of [
    ["capture"],
    ["capture", "--resume", "--note", "x"],
    ["capture", "--resume", "--discard"],
    ["capture", "--links", "missing.txt"],
    ["capture", `${site.origin}/w/1`, "--again", "soon"],
  ]) {
    assert.equal((await toldByVerb(...on(...args))).code, 2, args.join(" "));
  }
});

test("a list on standard input, stopped with Ctrl-C: 130, and --resume goes on; nothing of it stays behind", async () => {
  const urls = [1, 2, 3].map((n) => post(`/c/${n}`));
  const stopped = await placard(
    on("capture", "--links", "-", "--allow-private", "--case", "Spring", "--json"),
    (child) => {
      child.stdin.end(`${urls.join("\n")}\n`);
      child.stdout.once("data", () => child.kill("SIGINT"));
    },
  );
  assert.equal(stopped.code, 130, stopped.stderr);
  assert.match(stopped.stderr, /\[0 of 3 done\]/);
  assert.match(stopped.stderr, /wait to be captured|waits to be captured/);
  const sealed = stopped.lines.filter((line) => line["outcome"] === "sealed").map((line) => line["url"]);
  assert.ok(sealed.length > 0 && sealed.length < 3);
  const resumed = await placard(on("capture", "--resume", "--json"));
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.match(resumed.stderr, /3 links in .*: 3 sealed, 0 not captured/);
  assert.deepEqual(
    resumed.lines.filter((line) => line["earlier"] === true).map((line) => line["url"]),
    sealed,
  );
  const listed = await placard(on("list", "--case", "Spring", "--json"));
  assert.deepEqual(listed.lines.map((line) => line["url"]).toSorted(), urls);
  assert.ok(!(await readFile(join(record, "agenda.sqlite"))).includes(`${site.origin}/c/`));
  assert.match((await placard(on("capture", "--resume"))).stderr, /No links wait/);
});

test("what waits is spoken of, and can be forgotten", async () => {
  const urls = [1, 2].map((n) => post(`/f/${n}`));
  await placard(on("capture", ...urls, "--allow-private"), (child) => {
    child.stderr.once("data", () => child.kill("SIGINT"));
  });
  // Refused without a browser, being of one's own network.
  const other = await placard(on("capture", post("/f/3")));
  assert.match(other.stderr, /2 links of an earlier, interrupted capture still wait/);
  const forgot = await placard(on("capture", "--discard", "--json"));
  assert.deepEqual([forgot.code, forgot.lines[0]?.["discarded"]], [0, 2]);
  assert.ok(!(await readFile(join(record, "agenda.sqlite"))).includes(`${site.origin}/f/`));
});

test("captured, planned, looked at again: list and show tell what became of it; erased, its times are gone", async () => {
  const url = post("/p/88213");
  const captured = await placard(on("capture", url, "--allow-private", "--again", "1h,7d", "--json"));
  const id = String(captured.lines[0]?.["id"]);
  assert.match((await placard(on("show", id))).stdout, /To be captured again by placard watch: .* UTC; .* UTC/);
  const waiting = await placard(on("watch", "--once", "--json"));
  assert.deepEqual([waiting.code, waiting.lines], [0, []]);
  assert.match(waiting.stderr, new RegExp(`Next: ${id} on .* UTC, and 1 more after it`));
  site.posts.set("/p/88213", { text: TEXT.replace("answer", "be thanked"), author: "Marrow & Daughters", likes: 5 });
  const edited = await placard(on("recapture", id, "--allow-private", "--json"));
  assert.equal(edited.code, 0, edited.stderr);
  assert.deepEqual([edited.lines[0]?.["result"], edited.lines[0]?.["of"]], ["edited", id]);
  site.posts.delete("/p/88213");
  const gone = await placard(on("recapture", id, "--allow-private"));
  assert.equal(gone.code, 0, gone.stderr);
  assert.match(gone.stdout, /was not there: The server answered 404/);
  const shown = await placard(on("show", id));
  assert.match(shown.stdout, /was there, edited\n.*postText: .*\[-answer-\]\{\+be thanked\+\}/);
  assert.match((await placard(on("list"))).stdout, new RegExp(`${id}.*\\[gone as of .*; last seen .*\\]`));
  const [row] = (await placard(on("list", "--json"))).lines.filter((line) => line["id"] === id);
  assert.deepEqual([row?.["standing"], row?.["recaptures"], row?.["recaptureOf"]], ["gone", 2, null]);
  const erased = await placard(on("erase", id, "--reason", "The family asked.", "--json"));
  assert.equal(erased.code, 0, erased.stderr);
  assert.match(erased.stdout, /"recaptures":\["PLC-[^"]+","PLC-[^"]+"\]/);
  // That the record holds then, recapture.test.ts says.
  assert.match((await placard(on("watch", "--once"))).stderr, /Nothing is planned/);
});

/** An exhibit that is to be looked at tomorrow, sealed without a browser: it is not looked at here. */
async function planned(): Promise<string> {
  const [exhibit = ""] = await sealPosts(record, [POST]);
  await using opened = await openContext(record);
  await opened.context.agenda.addTimes([{ exhibit, due: Date.now() + 86_400_000, allowPrivate: false, session: null }]);
  return exhibit;
}

test("watch waits until it is stopped, and can be told to forget", async () => {
  const id = await planned();
  const watched = await placard(on("watch"), (child) => {
    child.stderr.once("data", () => child.kill("SIGINT"));
  });
  assert.equal(watched.code, 130);
  assert.match(watched.stderr, new RegExp(`Next: ${id}`));
  const forgot = await placard(on("watch", "--forget", id, "--json"));
  assert.deepEqual([forgot.lines[0]?.["forgot"], forgot.lines[0]?.["times"]], [id, 1]);
});
