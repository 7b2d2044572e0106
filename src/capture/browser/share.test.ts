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
const withoutShares = share("self") === "" && "this system shares processors out by process alone";

test("a session of its own steps back as far as this process does", { skip: withoutShares }, async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
  try {
    await new Promise((started) => child.once("spawn", started));
    const pid = child.pid as number;
    const [own, before] = [share("self"), share(pid)];
    await stepBack(pid);
    assert.equal(share(pid), before, "who does not step back leaves it alone");
    const nice = getPriority();
    setPriority(nice + 7);
    await stepBack(pid);
    assert.match(share(pid), new RegExp(`nice ${nice + 7}$`));
    assert.equal(share("self"), own, "its own session is left alone");
  } finally {
    child.kill("SIGKILL");
  }
});

test("of a process that is not there nothing is made", async () => {
  setPriority(Math.min(19, getPriority() + 1));
  await stepBack(2 ** 22 + 1);
});
