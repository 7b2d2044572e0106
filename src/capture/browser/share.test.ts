import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { test } from "node:test";
import { stepBack } from "./share.ts";

const share = (pid: number | "self"): string => {
  const path = `/proc/${pid}/autogroup`;
  return existsSync(path) ? readFileSync(path, "utf8").trim() : "";
};

test("who steps back has its browsers step back as far, their session's share too; who does not leaves them alone", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
  try {
    await new Promise((started) => child.once("spawn", started));
    const pid = child.pid as number;
    const [own, before, nice] = [share("self"), share(pid), getPriority()];
    if (nice <= 0) {
      await stepBack([pid]);
      assert.deepEqual([share(pid), getPriority(pid)], [before, nice]);
    }
    const back = Math.max(1, nice) + 2;
    setPriority(back);
    await stepBack([pid]);
    assert.equal(getPriority(pid), back);
    if (before !== "") assert.match(share(pid), new RegExp(`nice ${back}$`));
    assert.equal(share("self"), own, "its own session is left alone");
  } finally {
    child.kill("SIGKILL");
  }
});

test("of a process that is not there nothing is made", async () => {
  setPriority(Math.min(19, getPriority() + 1));
  await stepBack([2 ** 22 + 1]);
});
