import { open } from "node:fs/promises";
import { getPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds; the system takes one such change in a tenth of a second from whoever is not its administrator. */
const AGAIN = 150;
const TRIES = 20;

/**
 * A browser steps back for others as far as this process does. Its niceness it has inherited; but Linux may share processors
 * out among sessions first (sched(7), "The autogroup feature"), and then a browser, with a session of its own, would have as
 * much as all of the server. Elsewhere, and where the system refuses, nothing is changed.
 */
export async function stepBack(pid: number): Promise<void> {
  const nice = getPriority();
  if (process.platform !== "linux" || nice <= 0) return;
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      await using file = await open(`/proc/${pid}/autogroup`, "r+");
      await file.write(String(nice));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
      await sleep(AGAIN, undefined, { ref: false });
    }
  }
}
