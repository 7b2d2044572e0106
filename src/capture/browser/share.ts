import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { getPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { readProcStat } from "../../lib/proc-stat.ts";

/** Milliseconds; the system takes one such change in a tenth of a second from whoever is not its administrator. */
const AGAIN = 150;
const TRIES = 20;
/** Milliseconds between looks at what this process has started. */
const LOOK = 10;

/**
 * A browser steps back for others as far as the process that starts it, from its first moment: it never works as much as while it
 * starts. Its niceness it inherits; but Linux may share processors out among sessions before it looks at processes (sched(7), "The
 * autogroup feature"), and then a browser, with a session of its own, would have as much as all of the server. Where the system refuses,
 * nothing is changed.
 */
export async function steppingBack<T>(starting: Promise<T>): Promise<T> {
  const nice = getPriority();
  if (nice <= 0 || process.platform !== "linux") return starting;
  const over = Promise.allSettled([starting]).then(() => true);
  const seen = new Set<number>();
  do {
    for (const id of children().filter((one) => !seen.has(one) && hasOwnSession(one))) {
      seen.add(id);
      void shareAs(nice, id);
    }
  } while (!(await Promise.race([over, sleep(LOOK, false)])));
  return starting;
}

/** Of this process; none where the system does not list them. */
function children(): readonly number[] {
  try {
    const listed = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "latin1");
    return listed.split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** What has none yet shares with this process, which is not to lose by it. */
function hasOwnSession(id: number): boolean {
  const session = readProcStat(id)?.session;
  return session !== undefined && session !== readProcStat(process.pid)?.session;
}

async function shareAs(nice: number, id: number): Promise<void> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      await using file = await open(`/proc/${id}/autogroup`, "r+");
      await file.write(String(nice));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
      await sleep(AGAIN, undefined, { ref: false });
    }
  }
}
