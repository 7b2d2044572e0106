/**
 * Processor time of a child process and of all that comes of it, browsers' processes too, from Linux's /proc. Nobody waits for
 * some of a browser's processes, so what the system sums up for a parent (RUSAGE_CHILDREN) lacks them; each is looked at
 * while it runs instead. What a process does after the last look at it is missing: `INTERVAL` each at most.
 */
import { readdirSync } from "node:fs";
import { type ProcStat, readProcStat } from "../src/lib/proc-stat.ts";

const INTERVAL = 20;
/** proc_pid_stat(5) counts in these, a hundred a second on every Linux that runs Node. */
const TICK = 10;

export interface CpuWatch extends Disposable {
  /** Milliseconds so far, all processes and all their threads together. */
  spent(): number;
}

/** Watches the process `root` and its descendants until disposed of. */
export function watchCpu(root: number): CpuWatch {
  const ticks = new Map<string, number>();
  const family = new Map<number, string>();
  const strangers = new Set<number>();
  const take = (pid: number, { started, ticks: spent }: ProcStat): void => {
    family.set(pid, started);
    ticks.set(`${pid} ${started}`, spent);
  };
  const look = (): void => {
    const here = new Set(processIds());
    for (const pid of strangers) if (!here.has(pid)) strangers.delete(pid);
    const fresh = new Map<number, ProcStat>();
    for (const pid of here) {
      if (strangers.has(pid)) continue;
      const stat = readProcStat(pid);
      if (stat === undefined) continue;
      if (pid === root || family.get(pid) === stat.started) take(pid, stat);
      else fresh.set(pid, stat);
    }
    for (let before = -1; before !== fresh.size; ) {
      before = fresh.size;
      for (const [pid, stat] of fresh) {
        if (!family.has(stat.parent)) continue;
        take(pid, stat);
        fresh.delete(pid);
      }
    }
    for (const pid of fresh.keys()) strangers.add(pid);
  };
  const timer = setInterval(look, INTERVAL);
  return {
    spent: () => {
      look();
      return TICK * [...ticks.values()].reduce((sum, count) => sum + count, 0);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

function processIds(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}
