import { readFileSync } from "node:fs";

export interface ProcStat {
  readonly state: string;
  readonly parent: number;
  readonly session: number;
  /** Processor time so far, in clock ticks. */
  readonly ticks: number;
  /** Clock ticks since boot: with the id it names a process that no later one can be taken for. */
  readonly started: string;
}

/** Linux's proc_pid_stat(5); undefined where there is no process of this id, and on other systems. */
export function readProcStat(pid: number): ProcStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The second field is a name in brackets that may hold anything, brackets too.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state = "", parent, , session] = fields;
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { state, parent: Number(parent), session: Number(session), ticks, started: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}
