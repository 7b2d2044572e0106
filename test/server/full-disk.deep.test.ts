/** A full disk: what is there can be looked at; what would need room is refused in plain words, and goes on once there is some. */
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { audit } from "../../src/app/audit.ts";
import { openContext } from "../../src/app/open-record.ts";
import { ACCESS, type Line } from "../../src/server/access.ts";
import { keepsSomething } from "../../src/server/room.ts";
import { canMount } from "../small-disk.ts";
import { askings } from "./every-route.ts";
import type { Answered, Prepared, Report } from "./full-disk-child.ts";
import { emailOf, foundedHouse, good, passwordOnly, textOf } from "./house.ts";
import { knownIn } from "./known-house.ts";
import { POST, sealPosts } from "./sealed-exhibits.ts";

const run = promisify(execFile);

async function prepare(root: string): Promise<Prepared> {
  const folder = join(root, "record");
  const mount = join(root, "mount");
  await mkdir(mount);
  const made = await foundedHouse({ folder });
  const known = await knownIn(made);
  const { cookies } = made;
  await made[Symbol.asyncDispose]();
  return { folder, mount, cookies, known };
}

/** Tries are counted in the accounts' list, and a case's folder is laid out on the disk. */
const NEEDS_ROOM = /^GET \/api\/(?:auth|case-folder)/;
/** What was sent in by strangers lies in a list of its own, which is opened when it is first asked for. */
const NEEDS_ROOM_AT_FIRST = /^GET \/api\/(?:intake|inbox)/;
/** Keeps nothing, or finds nothing there to take away. */
const NEEDS_NONE =
  /(?:replay|preview|proposals|reading|intake\/work|invitation\/passkey)$|^DELETE \/api\/(?:capture-window|sample|me\/recovery|me\/sessions)$/;
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
    const { code, message, next } = report.troubleWhenFull ?? assert.fail("nothing says what captures wait for");
    assertFull({ line: "GET /api/captures", status: 507, text: JSON.stringify({ error: { code, message, next } }) });
    assert.notEqual(report.troubleWithRoom?.code, "storage");
    const rows = askings(prepared.known);
    for (const answered of report.writesWhenFull)
      if (rows[answered.line].refused?.[0] === answered.status) continue;
      else if (!NEEDS_NONE.test(answered.line)) assertFull(answered);
      else assert.ok(answered.status !== 507, answered.line);
    assert.deepEqual(linesOf(report.writesWithRoom), written);
    for (const { line, status, text } of report.writesWithRoom)
      assert.ok(status < 400 || status === rows[line].refused?.[0], `${line}: ${status} ${text}`);
    assert.equal(report.audit, "holds");
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test("before the last room is gone, nothing new is kept any more: the rest is for signing in, looking and erasing", async () => {
  await using house = await foundedHouse({ keptFree: Number.MAX_SAFE_INTEGER });
  const { owner } = house.cookies;
  for (const line of Object.keys(ACCESS) as Line[]) {
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
  for (const line of ["POST /api/recovery", "POST /api/exhibits/:id/reading", "POST /api/settings/try-authority"])
    assert.ok(!kept.includes(line), line);
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
