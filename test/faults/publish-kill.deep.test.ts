/** Killed before each of its steps, publishing leaves the whole old site or the whole new one, and the next run finishes it. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openFolderTarget } from "../../src/app/publish/folder-target.ts";
import { MANIFEST, refOf } from "../../src/app/publish/manifest.ts";
import { preparePublishing } from "../../src/app/publish/publish.ts";
import type { Stage } from "../../src/app/publish/stage.ts";
import { temporaryFolder } from "../contracts/temporary-folder.ts";
import { publishedFor, stageOf } from "./publish-run.ts";

const CHILD = join(import.meta.dirname, "publish-child.ts");

/** Every file that is met in the folder, with its hash. */
async function met(target: string): Promise<readonly string[]> {
  const entries = await readdir(`${target}/`, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const told = files.map(async (path) => `${path.slice(target.length + 1)} ${refOf(await readFile(path))[1]}`);
  return (await Promise.all(told)).filter((line) => !line.startsWith(`${MANIFEST} `)).toSorted();
}

const wanted = ({ manifest }: Stage): readonly string[] =>
  [...manifest.files].map(([path, [, sha256]]) => `${path} ${sha256}`).toSorted();

async function killedAt(root: string, step: number): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, root, "1", String(step)], { stdio: ["ignore", "ignore", "inherit"] });
  const [, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  return signal === "SIGKILL";
}

test("a folder is the whole old site or the whole new one, wherever publishing is killed", async () => {
  const first = await temporaryFolder();
  const before = publishedFor(first);
  const old = await stageOf(before.folder, 0);
  await (
    await preparePublishing({ folder: before.folder, target: await openFolderTarget(before.target), stage: old })
  ).go();
  const oldFiles = wanted(old);
  assert.deepEqual(await met(before.target), oldFiles);
  const newFiles = wanted(await stageOf(join(await temporaryFolder(), "site"), 1));
  const seen = new Set<string>();
  let kills = 0;
  for (let step = 0; step < 500; step++) {
    const root = await temporaryFolder();
    await cp(first, root, { recursive: true, verbatimSymlinks: true });
    const { folder, target } = publishedFor(root);
    const wasKilled = await killedAt(root, step);
    const files = await met(target);
    const which = files.join() === oldFiles.join() ? "old" : files.join() === newFiles.join() ? "new" : "neither";
    assert.notEqual(which, "neither", `killed before step ${step}`);
    seen.add(which);
    // The next run finishes it, from where it stopped.
    const stage = await stageOf(folder, 1);
    await (await preparePublishing({ folder, target: await openFolderTarget(target), stage })).go();
    assert.deepEqual(await met(target), newFiles, `after step ${step}`);
    await rm(root, { recursive: true });
    if (!wasKilled) break;
    kills++;
  }
  assert.ok(kills > 20);
  assert.deepEqual([...seen].toSorted(), ["new", "old"]);
});
