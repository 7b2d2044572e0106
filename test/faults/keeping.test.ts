/** Back-ups while others seal, and kills in the midst of a back-up and of a restore: nothing half-made looks whole. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { initRecord } from "../../src/app/init-record.ts";
import { backUp } from "../../src/app/keeping/back-up.ts";
import { restore } from "../../src/app/keeping/restore.ts";
import { openContext } from "../../src/app/open-record.ts";
import { seal, sealWithBlobs } from "../../src/app/seal.ts";
import { killsAtLength } from "../fuzz-time.ts";
import { killRuns } from "./kill.ts";
import { newFolder } from "./place.ts";

const DEEP = process.env["PLACARD_DEEP"] === "1";
const KILLS = DEEP ? killsAtLength(15) : 2;
const BACK_UPS = DEEP ? 10 : 3;
const PASSPHRASE = "lantern-ladder-lattice";
const worker = join(import.meta.dirname, "keeping-worker.ts");

async function recordIn(folder: string, exhibits: number): Promise<string> {
  const record = join(folder, "record");
  await initRecord(record, { name: "Hollow Lane Residents" });
  await using opened = await openContext(record);
  const { context } = opened;
  for (let i = 0; i < exhibits; i++) {
    await sealWithBlobs(context, { act: "captured", title: `Notice ${i}` }, async () => ({
      archive: await context.vault.putBlob([new Uint8Array(50_000).fill(i)], "application/wacz"),
    }));
  }
  return record;
}

test("back-ups taken while another process seals and erases restore to records that hold", async () => {
  const folder = await newFolder();
  const record = await recordIn(folder, 2);
  await mkdir(join(folder, "inputs"));
  const script = join(import.meta.dirname, "record-worker.ts");
  const child = spawn(process.execPath, [script, record, join(folder, "inputs"), "keeping"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  const sealed = (): number => said.split('"did":"captured"').length - 1;
  try {
    await using opened = await openContext(record);
    const sizes = new Set<number>();
    for (let turn = 0; turn < BACK_UPS; turn++) {
      for (const before = sealed(); sealed() < before + 2; ) await once(child.stdout, "data");
      const file = join(folder, `${turn}.age`);
      const { entries } = await backUp(opened.context, file, PASSPHRASE, { work: 4 });
      const target = join(folder, `restored-${turn}`);
      const { audit } = await restore(file, target, PASSPHRASE);
      assert.deepEqual([audit.verdict, audit.size], ["holds", entries], JSON.stringify(audit.findings));
      sizes.add(entries);
      await using again = await openContext(target);
      await seal(again.context, { act: "captured", title: "after" });
      assert.equal((await again.context.log.head()).size, entries + 1);
    }
    assert.ok(sizes.size > 1, "the other process was at work");
  } finally {
    child.kill("SIGKILL");
    await closed;
  }
});

test(`${KILLS} kills in the midst of back-ups: what stands under the name is whole`, async () => {
  const folder = await newFolder();
  const record = await recordIn(folder, 20);
  const target = join(folder, "record.age");
  const args = ["back-up", record, target, PASSPHRASE];
  await killRuns(KILLS, {
    script: worker,
    args,
    longest: 1200,
    after: (run) => run % 2,
    check: async (lines) => {
      assert.ok(lines.length === 0 || existsSync(target));
      if (!existsSync(target)) return;
      await rm(join(folder, "out"), { recursive: true, force: true });
      assert.equal((await restore(target, join(folder, "out"), PASSPHRASE)).audit.verdict, "holds");
    },
  });
  // Whoever works on it next clears away what was left; a second name would keep what is erased.
  await using opened = await openContext(record);
  await backUp(opened.context, target, PASSPHRASE, { work: 4 });
  assert.deepEqual(await readdir(join(record, "scratch")), []);
});

test(`${KILLS} kills in the midst of restores: a folder is a whole record or none`, async () => {
  const folder = await newFolder();
  const file = join(folder, "record.age");
  {
    await using opened = await openContext(await recordIn(folder, 20));
    await backUp(opened.context, file, PASSPHRASE, { work: 4 });
  }
  const target = join(folder, "restored");
  await mkdir(target);
  await killRuns(KILLS, {
    script: worker,
    args: ["restore", file, target, PASSPHRASE],
    longest: 1200,
    check: async (lines) => {
      for (const name of await readdir(target)) {
        const path = join(target, name);
        const isRecord = existsSync(join(path, "record.json"));
        assert.ok(isRecord || !lines.includes(path));
        if (isRecord) {
          await using opened = await openContext(path);
          assert.equal((await opened.context.log.head()).size, 20);
        } else if ((await readdir(path)).every((each) => each === ".tmp-unfinished")) {
          // The next one clears it away.
          assert.equal((await restore(file, path, PASSPHRASE)).audit.verdict, "holds");
          assert.ok((await readFile(join(path, "record.json"))).length > 0);
          assert.ok(!existsSync(join(path, ".tmp-unfinished")));
        }
        await rm(path, { recursive: true });
      }
    },
  });
});
