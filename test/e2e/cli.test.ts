/** What a user does at the command line, with the real program, browser and disk. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startForum } from "../../src/sample/forum.ts";
import { ALWAYS_CAPTURED, SOMETIMES_CAPTURED } from "../../src/verify/withheld.ts";
import { toldByVerb } from "../told-by-verb.ts";

const main = join(import.meta.dirname, "../../bin/placard.mjs");
let folder: string;
let forum: Awaited<ReturnType<typeof startForum>>;
let record: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-cli-"));
  record = join(folder, "record");
  forum = await startForum();
});
after(async () => {
  await forum.close();
  await rm(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly stdout: string;
  readonly stderr: string;
}

async function placard(...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  const lines = args.includes("--json")
    ? stdout
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
  return { code, lines, stdout, stderr };
}

function codeOf(ran: Ran): string {
  return (ran.lines[0] as { error: { code: string } }).error.code;
}

function states(findings: unknown): readonly string[] {
  return (findings as readonly { state: string }[]).map(({ state }) => state);
}

async function filesBelow(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test("the whole way: init, capture, look, hand out, verify, print, audit, erase", async () => {
  const made = await placard("init", record, "--name", "Hollow Lane Residents", "--json");
  assert.equal(made.code, 0, made.stderr);
  assert.match(String(made.lines[0]?.["vkey"]), /^placard\/hollow-lane-residents\/[0-9a-f]{16}\+[0-9a-f]{8}\+/);

  const post = forum.postUrl(forum.samplePost);
  const captured = await placard(
    "capture",
    post,
    `${forum.origin}/missing`,
    "--record",
    record,
    "--allow-private",
    "--case",
    "Spring",
    "--note",
    "seen today",
    "--json",
  );
  assert.equal(captured.code, 1, "one of the two was not captured");
  const sealed = captured.lines.find((line) => line["url"] === post);
  const refused = captured.lines.find((line) => line["url"] !== post);
  assert.equal(sealed?.["outcome"], "sealed", captured.stderr);
  assert.equal(refused?.["outcome"], "not-captured");
  assert.match(String(refused?.["reason"]), /404/);
  const id = String(sealed?.["id"]);
  assert.match(id, /^PLC(-[0-9A-HJKMNP-TV-Z]{4}){4}$/);

  const listed = await placard("list", "--record", record, "--json");
  assert.deepEqual(
    listed.lines.map((line) => [line["id"], line["caseName"], line["state"]]),
    [[id, "Spring", "sealed"]],
  );
  const shown = await placard("show", id.toLowerCase(), "--record", record, "--json");
  const fields = shown.lines[0]?.["fields"] as Record<string, unknown>;
  assert.equal(fields["url"], post);
  assert.equal(fields["note"], "seen today");
  assert.equal(fields["byteRecord"], "network-log");
  const told = new Set<string>([...ALWAYS_CAPTURED, ...SOMETIMES_CAPTURED, "archive", "screenshot", "visibleText"]);
  // Never shown, or (the post's media) told by their count.
  const others = /^(?:act|tileSeed|privatePlaces|agendaItem|sharedParts|media\d+(?:About)?)$/;
  const untold = Object.keys(fields).filter((name) => !told.has(name) && !others.test(name));
  assert.deepEqual(untold, [], "a verdict would not tell that these may be withheld");

  forum.deletePost(forum.samplePost);
  assert.ok((await fetch(post)).status >= 400);

  const file = join(folder, "one.placard");
  const exported = await placard(
    "export",
    id,
    "-o",
    file,
    "--withhold",
    "author",
    "handle",
    "--record",
    record,
    "--json",
  );
  assert.equal(exported.code, 0, exported.stderr);
  const verified = await placard("verify", file, "--json");
  assert.equal(verified.code, 0, verified.stdout);
  assert.equal(verified.lines[0]?.["verdict"], "holds");
  const { fields: shownFields } = (verified.lines[0] as { exhibit: { fields: Record<string, unknown> } }).exhibit;
  assert.ok(!("author" in shownFields) && "url" in shownFields);

  const redacted = join(folder, "redacted.placard");
  const masks = ["--box", "0,0,300,90", "--withhold", "author", "handle", "--record", record, "--json"];
  assert.equal((await placard("export", id, "-o", redacted, "--redacted", "--record", record)).code, 2, "not yet");
  const masked = await placard("redact", id, ...masks);
  assert.equal(masked.code, 0, masked.stderr);
  assert.deepEqual([masked.lines[0]?.["tiles"], masked.lines[0]?.["fields"]], [10, ["author", "handle"]]);
  const handed = await placard("export", id, "-o", redacted, "--redacted", "--record", record, "--json");
  assert.equal(handed.code, 0, handed.stderr);
  const less = (await placard("verify", redacted, "--json")).lines[0] as Record<string, unknown>;
  assert.match(JSON.stringify(less), /"verdict":"holds".*10 are withheld, and grey in the picture/);
  const name = String(fields["author"]);
  assert.ok(name.length > 3 && !JSON.stringify(less).includes(name), "who wrote it is nowhere in what was handed out");

  const policy = join(folder, "policy");
  await writeFile(policy, `log ${String(made.lines[0]?.["vkey"])}\nquorum none\n`);
  assert.equal((await placard("verify", file, "--policy", policy, "--json")).code, 0);

  const pdf = join(folder, "one.pdf");
  const printed = await placard(
    "print",
    id,
    "-o",
    pdf,
    "--size",
    "A4",
    "--headline",
    "Look at this.",
    "--record",
    record,
    "--json",
  );
  assert.equal(printed.code, 0, printed.stderr);
  const worded = await readFile(pdf);
  assert.equal(worded.subarray(0, 5).toString(), "%PDF-");
  const pictured = await placard("print", id, "-o", pdf, "--picture", "--record", record, "--json");
  assert.equal(pictured.code, 0, pictured.stderr);
  assert.match(pictured.stderr, /The pictures show names and faces as they were/);
  const images = (bytes: Buffer): number => bytes.toString("latin1").split("/Subtype /Image").length - 1;
  assert.deepEqual(
    [images(worded), images(await readFile(pdf)) > 0],
    [0, true],
    "the picture is printed where it is asked for",
  );
  const hebrew = await placard("print", id, "-o", pdf, "--language", "he", "--record", record, "--json");
  assert.equal(hebrew.lines[0]?.["language"], "he", hebrew.stderr);
  assert.match(await readFile(pdf, "latin1"), /\/Lang \(he\)/);

  const before = (await placard("list", "--record", record, "--json")).stdout;
  assert.equal((await placard("index", "--rebuild", "--record", record, "--json")).code, 0);
  assert.equal(
    (await placard("list", "--record", record, "--json")).stdout,
    before,
    "a rebuilt index answers byte for byte the same",
  );

  const erased = await placard("erase", id, "--reason", "The family asked.", "--record", record, "--json");
  assert.equal(erased.code, 0, erased.stderr);
  const afterwards = await placard("show", id, "--record", record, "--json");
  assert.equal(afterwards.lines[0]?.["state"], "erased");
  assert.equal(afterwards.lines[0]?.["reason"], "The family asked.");
  assert.deepEqual(afterwards.lines[0]?.["fields"], {});
  const audit = await placard("audit", "--record", record, "--json");
  assert.equal(audit.code, 0, audit.stdout);
  assert.deepEqual(
    states(audit.lines[0]?.["findings"]),
    ["erased", "erased"],
    "the exhibit, and what was said of its redaction",
  );
  for (const path of await filesBelow(record)) {
    const bytes = await readFile(path);
    for (const trace of [post, "seen today", "Spring", Buffer.from(post).toString("base64url").slice(4, -4)]) {
      assert.ok(!bytes.includes(trace), `${path} still holds ${trace}`);
    }
  }
  assert.equal((await placard("export", id, "-o", join(folder, "two.placard"), "--record", record)).code, 2);
  assert.equal((await placard("verify", file, "--json")).code, 0, "what was handed out before still verifies");
});

test("wrong usage ends with 2 and says what next", async () => {
  for (const args of [
    ["verify"],
    ["export", "PLC-1"],
    ["erase", "x"],
    ["list", "--sideways"],
    ["print", "x", "-o", "y", "--size", "B5"],
    ["print", "x", "-o", "y", "--language", "xx"],
    ["export", "x", "-o", join(folder, "nowhere", "one.placard"), "--record", record],
    ["export", "x", "-o", folder, "--record", record],
  ]) {
    const told = await toldByVerb(...args);
    assert.deepEqual([told.code, told.errorCode], [2, "usage"], args.join(" "));
    assert.ok(told.said.length > 10);
  }
  const ran = await placard("fly", "--json");
  assert.deepEqual([ran.code, codeOf(ran)], [2, "usage"]);
  assert.ok(ran.stderr.length > 10);
});

test("a record is made in a folder, never over a file, and where nothing can be made that is said", async () => {
  const file = join(folder, "a-file");
  await writeFile(file, "a lantern");
  const over = await placard("init", file, "--name", "Over", "--json");
  assert.deepEqual([over.code, codeOf(over)], [2, "conflict"]);
  assert.equal(await readFile(file, "utf8"), "a lantern");
  for (const name of ["a\nb", " ", "x".repeat(201)]) {
    const unnamed = await toldByVerb("init", join(folder, "unnamed"), "--name", name);
    assert.deepEqual([unnamed.code, unnamed.errorCode, existsSync(join(folder, "unnamed"))], [2, "usage", false]);
  }
  const beneath = await toldByVerb("init", join(file, "record"), "--name", "Beneath");
  assert.deepEqual([beneath.code, beneath.errorCode], [3, "storage"]);
});

test("which Placard this is, and that a case has nothing in it", async () => {
  assert.match((await placard("--version")).stdout, /^placard \d+\.\d+\.\d+\n$/);
  const none = await placard("list", "--case", "Autumn", "--record", record);
  assert.equal(none.code, 0);
  assert.match(none.stderr, /Nothing in this record belongs to the case Autumn/);
});

test("a record that is not there, an exhibit that is not there", async () => {
  const nowhere = await placard("list", "--record", join(folder, "nowhere"), "--json");
  assert.equal(nowhere.code, 2);
  assert.match(nowhere.stderr, /placard init/);
  const other = join(folder, "other");
  assert.equal((await toldByVerb("init", other, "--name", "Other")).code, 0);
  const again = await toldByVerb("init", other, "--name", "Again");
  assert.equal(again.code, 2, "a record is never made over another");
  assert.equal((await toldByVerb("show", "PLC-0000-0000-0000-0000", "--record", other)).code, 2);
});

test("a file that is no placard cannot be read, and ends with 2", async () => {
  const file = join(folder, "nonsense.placard");
  await writeFile(file, "nonsense");
  const ran = await placard("verify", file, join(folder, "missing.placard"), "--json");
  assert.equal(ran.code, 2);
  assert.deepEqual(
    ran.lines.map((line) => line["verdict"]),
    ["unreadable", "unreadable"],
  );
});

test("help is one page, and quick to come", async () => {
  const ran = await placard("--help");
  assert.equal(ran.code, 0);
  for (const verb of [
    "init",
    "capture",
    "recapture",
    "watch",
    "list",
    "show",
    "export",
    "verify",
    "print",
    "timestamp",
    "cosign",
    "audit",
    "doctor",
    "erase",
    "index",
    "demo",
  ]) {
    assert.match(ran.stdout, new RegExp(`placard ${verb}\\b`));
  }
  assert.ok(ran.stdout.split("\n").every((line) => line.length <= 100));
});

const start = join(import.meta.dirname, "../../scripts/start.mjs");

/** Starts it and waits for the link to the first page. Where somebody has the usual port, it must say so, and is given another. */
async function startWorkbench(
  words: readonly string[] = [],
): Promise<{ readonly child: ChildProcess; readonly link: URL }> {
  const child = spawn(process.execPath, [start, ...words], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const link = await new Promise<string | undefined>((done) => {
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      const [found] = /http:\/\/localhost:\d+\/start#\S+/.exec(stdout) ?? [];
      if (found !== undefined) done(found);
    });
    child.once("close", () => done(undefined));
  });
  if (link !== undefined) return { child, link: new URL(link) };
  assert.ok(words.length === 0, stderr);
  assert.match(stderr, /is using port 7522/);
  return startWorkbench(["serve", "--port", "0"]);
}

test("npm start opens the workbench by itself, and ends with Ctrl-C", async () => {
  const { child, link } = await startWorkbench();
  const answer = await fetch(`${link.origin}/api/house`);
  assert.deepEqual(await answer.json(), { founded: false });
  assert.match(await (await fetch(link)).text(), /<div id="workbench">/);
  const closed = new Promise((done) => child.once("close", done));
  child.kill("SIGINT");
  assert.equal(await closed, 0);
});

test("npm start -- demo shows the main job from end to end", async () => {
  const child = spawn(process.execPath, [start, "demo"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const code = await new Promise((done) => child.on("close", done));
  assert.equal(code, 0, stderr);
  const [proof] = /\S+\.placard/.exec(stdout) ?? [];
  const [pdf] = /\S+\.pdf/.exec(stdout) ?? [];
  assert.ok(proof !== undefined && existsSync(join(folder, proof)), stdout);
  assert.ok(pdf !== undefined && existsSync(join(folder, pdf)), stdout);
  assert.match(stdout, /PLC(-[0-9A-Z]{4}){4}/);
  assert.match(stdout, /(\w+ · ){5}\w+/);
});
