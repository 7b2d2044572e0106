import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, beforeEach, test } from "node:test";
import { openSharedLanes } from "./shared-lanes.ts";

let folder: string;
let path: string;
let made = 0;
before(async () => (folder = await mkdtemp(join(tmpdir(), "placard-lanes-"))));
beforeEach(() => (path = join(folder, `lanes-${made++}.sqlite`)));
after(() => rm(folder, { recursive: true, force: true }));

const pace = { perHost: 1, gap: 60_000 };

test("one host has one lane for all, another its own; a rest is everybody's", () => {
  const [one, two] = [openSharedLanes(path), openSharedLanes(path)];
  assert.equal(one.enter("hollow.example", pace), 0);
  const wait = two.enter("hollow.example", pace);
  assert.ok(wait > 0 && wait <= 1000, `asks again after ${wait} ms`);
  assert.equal(two.enter("lane.example", pace), 0);
  assert.equal(two.enter("hollow.example", { ...pace, perHost: 2 }), 0);
  two.leave("hollow.example", 0);
  one.leave("hollow.example", 60_000);
  for (const lanes of [one, two]) {
    const rest = lanes.enter("hollow.example", pace);
    assert.ok(rest > 59_000 && rest <= 60_000, `${rest}`);
  }
  one.close();
  two.close();
});

test("who died at it is as one that has just ended; who lives is waited for", () => {
  const dead = spawnSync(process.execPath, ["-e", "process.stdout.write(String(process.pid))"]).stdout.toString();
  const lanes = openSharedLanes(path);
  assert.equal(lanes.enter("hollow.example", pace), 0);
  const raw = new DatabaseSync(path);
  const machine = hostname().replace(/[^\w.]/g, "_");
  raw.prepare("UPDATE places SET owner = ?").run(`${machine}-${process.ppid}-other`);
  assert.ok(lanes.enter("hollow.example", pace) <= 1000);
  raw.prepare("UPDATE places SET owner = ?").run(`${machine}-${dead}-other`);
  assert.ok(lanes.enter("hollow.example", pace) > 59_000);
  // A clock that was wrong once does not keep a host shut.
  raw.prepare("UPDATE rests SET until = ?").run(Date.now() + 10 * 365 * 86_400_000);
  assert.equal(lanes.enter("hollow.example", pace), 0);
  raw.close();
  lanes.close();
});

test("a file that cannot be used keeps nobody from capturing", async () => {
  await writeFile(path, "these are not lanes, and never were ".repeat(100));
  for (const bad of [path, join(folder, "missing", "lanes.sqlite")]) {
    const lanes = openSharedLanes(bad);
    assert.equal(lanes.enter("hollow.example", pace), 0);
    lanes.leave("hollow.example", 1000);
    assert.equal(lanes.enter("hollow.example", pace), 0);
    lanes.close();
  }
});
