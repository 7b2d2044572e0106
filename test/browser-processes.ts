/** Which processes run with something of a folder on their command line: a capture's browser has its profile there. */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Why it cannot be told here, or false. */
export const noProcessList: string | false =
  process.platform === "linux" ? false : "only Linux lists processes with their command lines in /proc";

export function processesOf(folder: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => commandLine(pid).includes(folder))
    .map(Number);
}

/** Of the processes of a browser, those in which pages run. */
export function isOfPage(pid: number): boolean {
  return commandLine(String(pid)).includes("--type=renderer");
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // It has ended meanwhile.
  }
}

/** Resolves when none is left, or after `longest` milliseconds with those that are. */
export async function waitForNoneOf(folder: string, longest: number): Promise<readonly number[]> {
  const until = performance.now() + longest;
  let left = processesOf(folder);
  while (left.length > 0 && performance.now() < until) {
    await sleep(20);
    left = processesOf(folder);
  }
  return left;
}
