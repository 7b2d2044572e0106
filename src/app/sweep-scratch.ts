/**
 * Removes what captures of dead processes left in the scratch folder. Their browsers need no looking after: they are
 * driven over a pipe, and end by themselves when it closes (measured: within 60 ms of a kill).
 */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Captures name their folders `<pid>-<random>`. Another process that has taken the pid since only delays the sweep. */
export async function sweepScratch(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const pid = /^(\d+)-/.exec(name)?.[1];
    if (pid === undefined || (Number(pid) === process.pid ? await isOurs(path) : isAlive(Number(pid)))) continue;
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** In a container every start may have the same pid: a folder older than this process is an earlier one's. */
async function isOurs(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => undefined);
  return status === undefined || status.mtimeMs >= Date.now() - 1000 * process.uptime() - 1000;
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
