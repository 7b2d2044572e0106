import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { test } from "node:test";
import { machine, named, processName } from "./alive.ts";

const isAlive = (name: string): boolean | undefined => named(name)?.isAlive();

test("a process is alive until it ends; one's own name is a predecessor's", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  assert.equal(isAlive(`${machine()}-${child.pid}-abcdef`), true);
  const closed = new Promise((done) => child.once("close", done));
  child.kill("SIGKILL");
  await closed;
  assert.equal(isAlive(`${machine()}-${child.pid}-abcdef`), false);
  assert.equal(isAlive(processName()), false);
});

test("whoever was given a dead one's id is not taken for it", { skip: process.platform !== "linux" }, () => {
  // This process as another would name it, and one of the same id that started at another time.
  const [, started = ""] = /-(\d+)\.[0-9a-f]+$/.exec(processName()) ?? [];
  assert.notEqual(started, "");
  const seenFromOutside = (name: string): string =>
    spawnSync(process.execPath, [
      "-e",
      `import(${JSON.stringify(import.meta.resolve("./alive.ts"))}).then(({ named }) => console.log(named(${JSON.stringify(name)}).isAlive()))`,
    ])
      .stdout.toString()
      .trim();
  const name = `${machine()}-${process.pid}-${started}.abcdef`;
  assert.equal(seenFromOutside(name), "true");
  assert.equal(seenFromOutside(name.replace(`-${started}.`, `-${Number(started) - 1}.`)), "false");
});

test("another text is nobody's name", () => {
  for (const text of ["", "upload", "a-b-c", "-1-x"]) assert.equal(named(text), undefined, text);
});
