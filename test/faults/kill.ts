/**
 * kill −9 at random moments. A child works and says on its standard output what it has acknowledged, one line each;
 * it is killed; what it said must hold. Reused for everything that must survive this.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

export interface KillScript {
  /** A module that Node runs; it must go on working until it is killed. */
  readonly script: string;
  readonly args: readonly string[];
  /** Children that work at once, all killed in the same run; 1 unless told. */
  readonly children?: number;
  /** The longest a child is let work, in milliseconds, counted from the line "ready". */
  readonly longest: number;
  /** Lines that a child is let acknowledge in this run before that time begins; 0 unless told. */
  readonly after?: (run: number) => number;
  /** What stands in a line that counts for that; any line does unless told. */
  readonly counting?: string;
  /** Called after each kill with every line that was acknowledged in that run. */
  readonly check: (lines: readonly string[], run: number) => Promise<void>;
}

export interface KillTotals {
  readonly runs: number;
  readonly acknowledged: number;
}

/** Kills `count` times. Fails where a child ends by itself, or where `check` does. */
export async function killRuns(count: number, plan: KillScript): Promise<KillTotals> {
  let acknowledged = 0;
  for (let run = 0; run < count; run++) {
    const children = Array.from({ length: plan.children ?? 1 }, () => workUntilKilled(plan, run));
    const lines = (await Promise.all(children)).flat();
    acknowledged += lines.length;
    await plan.check(lines, run);
  }
  return { runs: count, acknowledged };
}

async function workUntilKilled(plan: KillScript, run: number): Promise<readonly string[]> {
  const { script, args, longest, after, counting = "" } = plan;
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  const enough = after?.(run) ?? 0;
  const isReady = (): boolean => {
    const [ready, ...lines] = output.split("\n").slice(0, -1);
    return ready !== undefined && lines.filter((line) => line.includes(counting)).length >= enough;
  };
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  while (!isReady() && isAlive()) await sleep(2);
  // Early moments are the interesting ones: opening, the first append.
  await sleep(longest * Math.random() ** 2);
  child.kill("SIGKILL");
  const [, signal] = await closed;
  assert.equal(signal, "SIGKILL", `the child ended by itself: ${errors}`);
  // A line torn by the kill was not acknowledged.
  return output
    .slice(0, output.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(1, -1);
}
