/**
 * Removes what captures of dead processes left in the scratch folder. Their browsers need no looking after: they are
 * driven over a pipe, and end by themselves when it closes (measured: within 60 ms of a kill).
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** Captures name their folders `<pid>-<random>`. A process that has taken the pid since only delays the sweep. */
export async function sweepScratch(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = /^(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
