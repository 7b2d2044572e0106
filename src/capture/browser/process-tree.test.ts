import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { processTree } from "./process-tree.ts";

const LINUX = process.platform === "linux";
const MEBIBYTE = 1024 ** 2;
const STAY = "setInterval(() => undefined, 1000);";
/** Starts a process that outlives it, says its id, and ends. */
const ORPHAN = `const { spawn } = require("node:child_process");
  const child = spawn(process.execPath, ["-e", ${JSON.stringify(STAY)}], { stdio: "ignore" });
  process.stdout.write(child.pid + "\\n", () => process.exit());`;
/** Starts the one above, and stays. */
const PARENT = `const { spawn } = require("node:child_process");
  globalThis.kept = new Uint8Array(200 * ${MEBIBYTE}).fill(7);
  spawn(process.execPath, ["-e", ${JSON.stringify(ORPHAN)}], { stdio: ["ignore", "inherit", "ignore"] });
  ${STAY}`;

async function start(code: string): Promise<{ readonly child: ChildProcess; readonly said: number }> {
  const child = spawn(process.execPath, ["-e", code], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  return { child, said: Number(line.toString()) };
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("a process whose parent has gone is ended with the rest, and what it held is counted", {
  skip: !LINUX,
}, async () => {
  const { child, said } = await start(PARENT);
  const tree = processTree(child.pid as number);
  const resident = tree.resident() ?? assert.fail("it was not measured");
  assert.ok(resident > 200 * MEBIBYTE && resident < 500 * MEBIBYTE, `${resident}`);
  assert.ok(runs(said));
  const ended = once(child, "exit");
  await tree.end();
  await ended;
  for (let i = 0; i < 100 && runs(said); i++) await new Promise((done) => setTimeout(done, 20));
  assert.equal(runs(said), false);
  assert.equal(tree.resident(), 0);
  await tree.end();
});

test("nothing of ours is ended with a tree, nor anything when the tree has gone", { skip: !LINUX }, async () => {
  const { child: bystander } = await start(`console.log(1); ${STAY}`);
  const { child } = await start(`console.log(1); ${STAY}`);
  const tree = processTree(child.pid as number);
  await tree.end();
  await processTree(child.pid as number).end();
  assert.equal(bystander.exitCode ?? bystander.signalCode, null);
  assert.ok(runs(bystander.pid as number));
  bystander.kill("SIGKILL");
});
