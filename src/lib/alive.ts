/** Whether a process that left something behind still lives; files and rows bear `<machine>-<process id>-…`. */
import { hostname } from "node:os";

/** This machine's name, fit to stand in a file's. */
export function machine(): string {
  return hostname()
    .replace(/[^\w.]/g, "_")
    .slice(0, 100);
}

/** Never true of this process's own id: whoever asks is another, and its predecessor may have had the same. */
export function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
