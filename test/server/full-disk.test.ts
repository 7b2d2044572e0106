/** A full disk: what is there can be looked at; what would need room is refused in plain words, and goes on once there is some. */
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { audit } from "../../src/app/audit.ts";
import { openContext } from "../../src/app/open-record.ts";
import { openRecord } from "../../src/app/record.ts";
import { ACCESS } from "../../src/server/access.ts";
import { keepsSomething } from "../../src/server/room.ts";
import { askings } from "./every-route.ts";
import type { Answered, Prepared, Report } from "./full-disk-child.ts";
import { emailOf, foundedHouse, good, passwordOnly, textOf } from "./house.ts";
import { POST, sealPosts } from "./sealed-exhibits.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const run = promisify(execFile);

/** Whether this machine lets us have a small disk of our own. */
function canMount(): boolean {
  try {
    execFileSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", tmpdir()], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function prepare(root: string): Promise<Prepared> {
  const folder = join(root, "record");
  const mount = join(root, "mount");
  await mkdir(mount);
  const made = await foundedHouse({ folder });
  const [exhibit = "", spare = ""] = await sealPosts(
    folder,
    [
      { ...POST, case: "Spring" },
      { ...POST, title: "Another", case: "Spring" },
    ],
    [{ bytes: PNG, mediaType: "image/png" }],
  );
  const { id, token } = made.accounts.invitations.invite({ id: made.ids.owner, role: "owner" }, "guest");
  const [session] = made.accounts.sessions.of(made.ids.owner);
  const { cookies, ids } = made;
  await made[Symbol.asyncDispose]();
  // Nothing is captured here: without its browser whatever was asked for waits.
  await writeFile(join(folder, "config.json"), JSON.stringify({ browser: join(root, "none") }));
  await using record = await openRecord(folder);
  const links = ["https://townsquare.example/p/7", "https://townsquare.example/p/8"];
  const asked = await record.askFor(links, { key: "0".repeat(32), actor: "actor-x" });
  const [item = "", waiting = ""] = asked.links.map((link) => link.item);
  await record.cancelAsked(item);
  const known = { exhibit, spare, caseName: "Spring", guest: ids.guest, item, waiting, session: session?.id ?? "" };
  return { folder, mount, cookies, known: { ...known, invitation: { id, token }, secret: "00" } };
}

/** Tries are counted in the accounts' list, and a case's folder is laid out on the disk. */
const NEEDS_ROOM = /^GET \/api\/(?:auth|case-folder)/;
/** What was sent in by strangers lies in a list of its own, which is opened when it is first asked for. */
const NEEDS_ROOM_AT_FIRST = /^GET \/api\/(?:intake|inbox)/;
const NEEDS_NONE = /replay$|preview$|^POST \/api\/(?:house|placards)$/;
/** Done already or used up, not a right code, no passkey, no browser here. */
const REFUSED_ANYHOW = /house$|two-factor\/(?:enable|verify)|passkey|placards$|^DELETE .*invitations/;

const linesOf = (rows: readonly Answered[]): readonly string[] => rows.map(({ line }) => line);

/** What happened, why, and what to do next. */
function assertFull({ line, status, text }: Answered): void {
  assert.equal(status, 507, `${line}: ${text}`);
  const { error } = JSON.parse(text) as { error: { code: string; message: string; next: string } };
  assert.equal(error.code, "storage", line);
  assert.match(error.message, /^The disk is full, so this was not done/, line);
  assert.match(error.next, /^Free some room/, line);
}

test("on a disk without a byte left", {
  skip: canMount() ? false : "no disk of one's own can be mounted here",
}, async () => {
  const root = await mkdtemp(join(tmpdir(), "placard-full-"));
  try {
    const prepared = await prepare(root);
    const script = join(import.meta.dirname, "full-disk-child.ts");
    const args = ["-rm", process.execPath, script, JSON.stringify(prepared)];
    const { stdout } = await run("unshare", args, { maxBuffer: 1 << 26 });
    const report = JSON.parse(stdout) as Report;
    const written = report.writesWhenFull.map(({ line }) => line);
    assert.deepEqual(linesOf(report.readsWhenFull), linesOf(report.before));
    for (const [name, rows] of Object.entries({ full: report.readsWhenFull, anew: report.readsAfterwards }))
      for (const [i, { line, status, text }] of rows.entries())
        if (NEEDS_ROOM.test(line) || (status === 507 && NEEDS_ROOM_AT_FIRST.test(line)))
          assertFull({ line, status, text });
        else assert.equal(status, report.before[i]?.status, `${name}: ${line}: ${text}`);
    const wellAsked = Object.keys(askings({ ...prepared.known, secret: new Uint8Array(20) }));
    for (const answered of report.writesWhenFull)
      if (!wellAsked.includes(answered.line))
        assert.ok(answered.status < 500 || answered.status === 507, answered.line);
      else if (!NEEDS_NONE.test(answered.line)) assertFull(answered);
      else assert.ok(answered.status !== 507, answered.line);
    assert.deepEqual(linesOf(report.writesWithRoom), written);
    const stillRefused = report.writesWithRoom.filter(
      ({ line, status }) => wellAsked.includes(line) && status >= 400 && !REFUSED_ANYHOW.test(line),
    );
    assert.deepEqual(stillRefused, []);
    assert.equal(report.audit, "holds");
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test("before the last room is gone, nothing new is kept any more: the rest is for signing in, looking and erasing", async () => {
  await using house = await foundedHouse({ keptFree: Number.MAX_SAFE_INTEGER });
  const { owner } = house.cookies;
  for (const line of Object.keys(ACCESS)) {
    const [method = "", path = ""] = line.split(" ");
    const json = method === "GET" ? {} : { json: {} };
    // Nothing that ends the session that is asked with.
    if (path.startsWith("/api/auth/")) continue;
    const answer = await house.ask(path.replaceAll(/:\w+/g, "x"), { method, cookie: owner, ...json });
    const text = await textOf(answer);
    if (keepsSomething(method, path.replaceAll(/:\w+/g, "x"))) assertFull({ line, status: answer.status, text });
    else assert.notEqual(answer.status, 507, line);
  }
  await passwordOnly(house, emailOf("guest"));
  const kept = Object.keys(ACCESS).filter((line) => keepsSomething(...(line.split(" ") as [string, string])));
  for (const line of ["POST /api/captures", "POST /api/imports", "POST /api/invitation", "PATCH /api/me/preferences"])
    assert.ok(kept.includes(line), line);
});

test("where the disk fails at a write the ledger is in doubt: it is opened anew, and looking goes on without a restart", {
  skip: canLimit() ? false : "the size of files cannot be limited here",
}, async () => {
  await using house = await foundedHouse();
  const { owner: cookie } = house.cookies;
  const [id = ""] = await sealPosts(house.folder, [POST]);
  await good(await house.ask("/api/exhibits", { cookie }));
  const erase = () => house.ask(`/api/exhibits/${id}`, { method: "DELETE", cookie, json: { reason: "asked for" } });
  limitFiles("0");
  try {
    const refused = await erase();
    assert.equal(refused.status, 507);
    assert.match(await refused.text(), /"code":"storage"/);
    assert.equal(await house.house.record().isAlive(), false);
  } finally {
    limitFiles("unlimited");
  }
  await house.house.mend();
  assert.equal((await house.ask(`/api/exhibits/${id}`, { cookie })).status, 200);
  await good(await erase());
  await using opened = await openContext(house.folder);
  assert.equal((await audit(opened.context)).verdict, "holds");
});

/** So that the system refuses every write to a file of this process. */
function limitFiles(most: "0" | "unlimited"): void {
  execFileSync("prlimit", ["--pid", String(process.pid), `--fsize=${most}:unlimited`]);
}

function canLimit(): boolean {
  try {
    limitFiles("unlimited");
    return true;
  } catch {
    return false;
  }
}
