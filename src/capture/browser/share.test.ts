import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { steppingBack } from "./share.ts";

const share = (pid: number | "self"): string => {
  const path = `/proc/${pid}/autogroup`;
  return existsSync(path) ? readFileSync(path, "utf8").trim() : "";
};

/** As a browser is started: a program in a session of its own, or in this one, and it takes a while until it can be used. */
async function started(detached: boolean): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached, stdio: "ignore" });
  await sleep(300);
  return child;
}

test("who steps back has what it starts step back as far while it starts; who does not leaves it alone", async () => {
  const own = share("self");
  const children: ChildProcess[] = [];
  const pid = async (child: Promise<ChildProcess>): Promise<number> => {
    children.push(await child);
    return (await child).pid as number;
  };
  try {
    const nice = getPriority();
    if (nice <= 0) assert.match(share(await pid(steppingBack(started(true)))), /nice 0$|^$/);
    const back = Math.max(1, nice) + 2;
    setPriority(back);
    const one = await pid(steppingBack(started(true)));
    assert.equal(getPriority(one), back);
    if (own !== "") assert.match(share(one), new RegExp(`nice ${back}$`));
    await pid(steppingBack(started(false)));
    assert.equal(share("self"), own, "its own session is left alone");
  } finally {
    for (const child of children) child.kill("SIGKILL");
  }
});

test("what does not start is told as it is", async () => {
  setPriority(Math.min(19, getPriority() + 1));
  await assert.rejects(steppingBack(Promise.reject(new Error("no such program"))), /no such program/);
});
