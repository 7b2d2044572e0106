/** The measurements of the workbench say that a limit was missed by how they end as well, so that nobody need read them. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";

const bench = join(import.meta.dirname, "../bench/web.ts");

async function queries(limit: string): Promise<{ readonly code: unknown; readonly said: string }> {
  const env = { ...process.env, PLACARD_BENCH_EXHIBITS: "60", PLACARD_BENCH_LIMIT: limit };
  const child = spawn(process.execPath, [bench, "queries"], { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (piece) => (said += piece));
  const [code] = (await once(child, "close")) as [unknown];
  return { code, said };
}

test("a limit that is missed ends the measuring with 1, and one that holds with 0", async () => {
  const missed = await queries("0");
  assert.match(missed.said, /^list, newest +[\d.]+ +[\d.]+ +[\d.]+ +MISSED$/m);
  assert.equal(missed.code, 1);
  const held = await queries("60000");
  assert.match(held.said, /^list, newest +[\d.]+ +[\d.]+ +[\d.]+ +holds$/m);
  assert.equal(held.code, 0);
});
