import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { keepFitness, unfitVersions } from "./browser-fitness.ts";

const folder = mkdtempSync(join(tmpdir(), "placard-fitness-"));
after(() => rmSync(folder, { recursive: true }));

const said = (path: string, version: string, byteRecord: "network-log" | "decoded") => ({
  path,
  version,
  byteRecord,
  triedAt: "2026-03-15T08:00:00.000Z",
});

test("only versions of this very browser are held against it, and the newest trial counts", async () => {
  const cache = join(folder, "kept");
  assert.deepEqual(await unfitVersions(cache, "/a"), []);
  await keepFitness(cache, said("/a", "1", "decoded"));
  await keepFitness(cache, said("/a", "2", "network-log"));
  await keepFitness(cache, said("/b", "3", "decoded"));
  assert.deepEqual(await unfitVersions(cache, "/a"), ["1"]);
  await keepFitness(cache, said("/a", "1", "network-log"));
  assert.deepEqual(await unfitVersions(cache, "/a"), []);
  assert.deepEqual(await unfitVersions(cache, "/b"), ["3"]);
});

test("a file that is none of ours is as good as missing, and is replaced", async () => {
  for (const text of [
    "",
    "{",
    "[]",
    '{"format":2,"browsers":[]}',
    '{"format":1,"browsers":[{"path":7}]}',
    "x".repeat(2 << 20),
  ]) {
    writeFileSync(join(folder, "browsers.json"), text);
    assert.deepEqual(await unfitVersions(folder, "/a"), []);
  }
  await keepFitness(folder, said("/a", "1", "decoded"));
  assert.deepEqual(await unfitVersions(folder, "/a"), ["1"]);
});

test("it does not grow for ever", async () => {
  const cache = join(folder, "long");
  for (let i = 0; i < 60; i++) await keepFitness(cache, said("/a", String(i), "decoded"));
  const kept = await unfitVersions(cache, "/a");
  assert.deepEqual([kept.length, kept[0]], [50, "59"]);
});
