/**
 * The processes of one browser, known by id: what memory they hold, and ending all of them. Needs Linux's /proc; elsewhere
 * only the browser's first process is known, and the others go when it does.
 */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type ProcStat, readProcStat } from "../../lib/proc-stat.ts";

export interface ProcessTree {
  /**
   * Bytes resident in all of them: what is theirs alone and what they share in memory, and of mapped files the largest
   * share (all map the same program). Shared memory counts once for each that maps it. Undefined where it cannot be told.
   */
  resident(): number | undefined;
  /** Ids of those that run now. */
  ids(): readonly number[];
  /** Kills each that still runs, also those whose parent is gone. Resolves when none is left, or after `LONGEST_END`. */
  end(): Promise<void>;
}

interface Process extends ProcStat {
  readonly pid: number;
}

const LONGEST_END = 10_000;
const STEP = 10;

/** The process `root` (a process id) and all that come of it, however late. */
export function processTree(root: number): ProcessTree {
  const first = process.platform === "linux" ? readProcess(root) : undefined;
  return first === undefined ? knownByRoot(root) : knownByProc(first);
}

function knownByRoot(root: number): ProcessTree {
  return {
    resident: () => undefined,
    ids: () => [root],
    end: async () => kill(root),
  };
}

function knownByProc(root: Process): ProcessTree {
  const family = newFamily(root);
  return {
    resident: () => {
      const each = family.members().map(({ pid }) => residentOf(pid));
      const own = each.reduce((sum, { apart }) => sum + apart, 0);
      return own + Math.max(0, ...each.map(({ files }) => files));
    },
    ids: () => family.members().map(({ pid }) => pid),
    end: async () => {
      const until = performance.now() + LONGEST_END;
      for (let left = family.members(); left.length > 0; left = family.members()) {
        for (const { pid } of left) kill(pid);
        if (performance.now() > until) return;
        await sleep(STEP);
      }
    },
  };
}

/** Who belongs, as of each time it is asked. Once seen, one stays known when its parent goes. */
function newFamily(root: Process): { members(): readonly Process[] } {
  const known = new Map<number, string>([[root.pid, root.started]]);
  // A browser is started as the leader of a session of its own; where it was not, its session says nothing.
  const session = root.session === readProcess(process.pid)?.session ? undefined : root.session;
  let strangers = new Set<number>();
  const belongs = (one: Process): boolean => known.has(one.parent) || one.session === session;
  return {
    members: () => {
      const pids = listed();
      // Who was a stranger once remains one: nobody is adopted. Looking at these again each time would be most of the work.
      const looked = pids.filter((pid) => !strangers.has(pid)).map(readProcess);
      const running = looked.filter((one) => one !== undefined);
      for (const { pid, started } of running) if (known.get(pid) !== started) known.delete(pid);
      const mine = running.filter(({ pid }) => known.has(pid));
      let others = running.filter(({ pid }) => !known.has(pid));
      for (let found = others.filter(belongs); found.length > 0; found = others.filter(belongs)) {
        for (const one of found) known.set(one.pid, one.started);
        mine.push(...found);
        others = others.filter((one) => !found.includes(one));
      }
      const here = new Set(pids);
      strangers = new Set([...strangers].filter((pid) => here.has(pid)).concat(others.map(({ pid }) => pid)));
      for (const pid of known.keys()) if (!here.has(pid)) known.delete(pid);
      return mine.filter(({ state }) => state !== "Z" && state !== "X");
    },
  };
}

function listed(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function readProcess(pid: number): Process | undefined {
  const stat = readProcStat(pid);
  return stat && { pid, ...stat };
}

/** proc_pid_status(5), which unlike smaps may be read of a sandboxed process too. In bytes. */
function residentOf(pid: number): { readonly apart: number; readonly files: number } {
  try {
    const text = readFileSync(`/proc/${pid}/status`, "latin1");
    const bytes = (name: string): number =>
      1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0);
    return { apart: bytes("RssAnon") + bytes("RssShmem"), files: bytes("RssFile") };
  } catch {
    return { apart: 0, files: 0 };
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
