import { open } from "node:fs/promises";
import { getPriority, setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds; the system takes one such change in a tenth of a second from whoever is not its administrator. */
const AGAIN = 150;
const TRIES = 20;

/**
 * A browser steps back for others as far as the process that has started it. Its niceness it has inherited, but may have changed. `ids`: its
 * processes, the first one first; those it starts later are as the ones they come of. Linux may share processors out among
 * sessions before it looks at processes (sched(7), "The autogroup feature"); then a browser, with a session of its own, would have as much
 * as all of the server, and it is the session's share that counts. Where the system refuses, nothing is changed.
 */
export async function stepBack(ids: readonly number[]): Promise<void> {
  const nice = getPriority();
  if (nice <= 0) return;
  for (const id of ids) {
    try {
      setPriority(id, nice);
    } catch {
      // It has ended, or is not ours to change.
    }
  }
  const [first] = ids;
  if (process.platform !== "linux" || first === undefined) return;
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      await using file = await open(`/proc/${first}/autogroup`, "r+");
      await file.write(String(nice));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
      await sleep(AGAIN, undefined, { ref: false });
    }
  }
}
