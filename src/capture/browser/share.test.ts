import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { getPriority, setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { steppingBack } from "./share.ts";

const share = (pid: number | "self"): string => {
  const path = `/proc/${pid}/autogroup`;
  return existsSync(path) ? readFileSync(path, "utf8").trim() : "";
};

/** Tells the arguments it was given, on a pipe as browsers have one. */
const TELLS = `require("node:fs").writeSync(3, JSON.stringify(process.argv.slice(1))); setInterval(() => {}, 1000)`;

test("who steps back has what it starts step back as far, before it is that; who does not leaves it alone", async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-share-"));
  const program = join(folder, "it's a browser");
  symlinkSync(process.execPath, program);
  const children: ChildProcess[] = [];
  const own = share("self");
  const started = async (detached: boolean): Promise<number> => {
    const path = await steppingBack(program, join(folder, "start"));
    const child = spawn(path, ["-e", TELLS, "a b", "$HOME"], {
      detached,
      stdio: ["ignore", "ignore", "inherit", "pipe"],
    });
    children.push(child);
    const [told] = (await once(child.stdio[3] as NodeJS.ReadableStream, "data")) as [Buffer];
    assert.deepEqual(JSON.parse(told.toString()), ["a b", "$HOME"]);
    return child.pid as number;
  };
  try {
    const nice = getPriority();
    if (nice <= 0) {
      assert.equal(await steppingBack(program, join(folder, "start")), program);
      assert.equal(existsSync(join(folder, "start")), false);
    }
    const back = Math.max(1, nice) + 2;
    setPriority(back);
    const one = await started(true);
    assert.equal(getPriority(one), back);
    if (own !== "") assert.match(share(one), new RegExp(`nice ${back}$`));
    await started(false);
    assert.equal(share("self"), own, "its own session is left alone");
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
});
