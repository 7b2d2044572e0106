/** Whether a process that left something behind still lives; files and rows bear a name of it (`processName`). */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

const RANDOM_BYTES = 6;

/** This machine's name, fit to stand in a file's. */
export function machine(): string {
  return hostname()
    .replace(/[^\w.]/g, "_")
    .slice(0, 100);
}

/** `<machine>-<process id>-<when it started>.<random>`: of this process, and another each time. */
export function processName(): string {
  return `${machine()}-${process.pid}-${startOf(process.pid) ?? ""}.${randomBytes(RANDOM_BYTES).toString("hex")}`;
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
  const now = startOf(pid);
  return !started || now === undefined || now === started;
}

/** Clock ticks since boot, proc_pid_stat(5); undefined where that is not told. */
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The second field is a name in brackets that may hold anything, brackets too.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
