/** kill −9 of a process with browsers at work: what it acknowledged holds, its browsers end, and its scratch files go. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { audit } from "../../src/app/audit.ts";
import { captureAll } from "../../src/app/capture-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import { startForum } from "../../src/sample/forum.ts";
import { noProcessList, waitForNoneOf } from "../browser-processes.ts";
import { killsAtLength } from "../fuzz-time.ts";
import { killRuns } from "./kill.ts";
import { newFolder } from "./place.ts";

const KILLS = process.env["PLACARD_DEEP"] === "1" ? killsAtLength(30) : 2;
const script = join(import.meta.dirname, "capture-worker.ts");

test(`${KILLS} kills of a process that captures with two browsers at once`, async (t) => {
  const folder = await newFolder();
  await using forum = await startForum();
  try {
    const record = join(folder, "record");
    await initRecord(record, { name: "Hollow Lane Residents" });
    // Both links are of one host, which is our own.
    const pace = { atOnce: 2, perHost: 2, gapSeconds: 0, retries: 0 };
    await writeFile(join(record, "config.json"), JSON.stringify({ capture: pace }));
    const post = forum.postUrl(forum.samplePost);
    const acknowledged = new Set<string>();
    const check = async (ids: readonly string[]): Promise<void> => {
      for (const id of ids) acknowledged.add(id);
      if (noProcessList === false) assert.deepEqual(await waitForNoneOf(record, 5000), [], "a browser lives on");
      await using opened = await openContext(record);
      const { verdict, findings } = await audit(opened.context);
      const wrong = findings.filter(({ state }) => state !== "unreferenced");
      assert.deepEqual([verdict, wrong], ["holds", []]);
      const sealed = new Set((await opened.context.index.list()).map((row) => row.id));
      for (const id of acknowledged) assert.ok(sealed.has(id), `${id} was acknowledged and lost`);
      const [next] = await captureAll(opened.context, [post], { allowPrivate: true });
      assert.equal(next?.outcome, "sealed", JSON.stringify(next));
      assert.deepEqual(readdirSync(opened.context.folder.scratch), [], "what the dead left is still there");
    };
    const args = [record, post, `${forum.origin}/old-link`];
    await killRuns(KILLS, { script, args, longest: 4000, after: (run) => run % 2, check });
    assert.ok(acknowledged.size >= KILLS / 4, `only ${acknowledged.size} were acknowledged`);
    t.diagnostic(`${KILLS} kills, ${acknowledged.size} exhibits acknowledged, 0 lost`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
