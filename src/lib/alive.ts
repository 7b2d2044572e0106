/** Whether a process that left something behind still lives; files and rows bear a name of it (`processName`). */
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { readProcStat } from "./proc-stat.ts";

const RANDOM_BYTES = 6;

/** This machine's name, fit to stand in a file's. */
export function machine(): string {
  return hostname()
    .replace(/[^\w.]/g, "_")
    .slice(0, 100);
}

/** `<machine>-<process id>-<when it started>.<random>`: of this process, and another each time. */
export function processName(): string {
  return `${machine()}-${process.pid}-${readProcStat(process.pid)?.started ?? ""}.${randomBytes(RANDOM_BYTES).toString("hex")}`;
}

export interface Named {
  readonly machine: string;
  /** Never true of this process: whoever asks is another, and its predecessor may have had the same id. */
  readonly isAlive: () => boolean;
}

/** Who bears a name as `processName` makes it, or one without when it started; undefined of any other text. */
export function named(text: string): Named | undefined {
  const [, where, id, rest] = /^(.+)-(\d+)-([^-]+)$/.exec(text) ?? [];
  if (where === undefined || rest === undefined) return undefined;
  const started = rest.includes(".") ? rest.split(".")[0] : undefined;
  return { machine: where, isAlive: () => isAlive(Number(id), started) };
}

function isAlive(pid: number, started: string | undefined): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  // Ids are used again, on a busy machine within the hour; those of threads are as well.
  const now = readProcStat(pid)?.started;
  return !started || now === undefined || now === started;
}
