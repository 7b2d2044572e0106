/** Two processes that work on one record at once, each sealing, erasing, attesting and emptying the index under the other. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { testSigner } from "../note-keys.ts";
import { startWitness } from "../witness-server.ts";
import { TroubledRecord } from "./record-check.ts";

const STEPS = process.env["PLACARD_DEEP"] === "1" ? 400 : 25;
const worker = join(import.meta.dirname, "record-worker.ts");

test(`two processes of ${STEPS} steps each: nothing is lost, and there is one history`, async (t) => {
  await using record = await TroubledRecord.make();
  await using witness = await startWitness(testSigner("witness.example/w", 9, 4), [record.vkey]);
  await record.configure({ witnesses: [{ vkey: witness.vkey, url: witness.url }] });
  const seed = Date.now() % 1_000_000;
  const said = await Promise.all(
    ["a", "b"].map(async (name) => {
      const args = [worker, record.folder, record.inputs, `${seed}${name}`, "no", String(STEPS)];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
      const closed = once(child, "close") as Promise<[number | null]>;
      const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
      assert.equal((await closed)[0], 0, `seed ${seed}: ${errors}`);
      return output.split("\n").slice(1, -1);
    }),
  );
  await record.check(said.flat());
  t.diagnostic(`${record.acknowledged} exhibits acknowledged, 0 lost (seed ${seed})`);
  assert.ok(record.acknowledged > STEPS / 2);
});
