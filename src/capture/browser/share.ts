import { open } from "node:fs/promises";
import { getPriority, setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** As nice(1) has it: the last of all. */
const LAST = 19;
/** Milliseconds; the system takes one such change in a tenth of a second from whoever is not its administrator. */
const AGAIN = 150;
const TRIES = 20;

/**
 * Where this process steps back for others, the browser it has started does so all the way: browsers take all there is. `ids`: its
 * processes, the first one first; those it starts later are as the ones they come of. Linux may share processors out among
 * sessions before it looks at processes (sched(7), "The autogroup feature"); then a browser, with a session of its own, would have as much
 * as all of the server, and it is the session's share that counts. Where the system refuses, nothing is changed.
 */
export async function stepBack(ids: readonly number[]): Promise<void> {
  if (getPriority() <= 0) return;
  for (const id of ids) {
    try {
      setPriority(id, LAST);
    } catch {
      // It has ended, or is not ours to change.
    }
  }
  const [first] = ids;
  if (process.platform !== "linux" || first === undefined) return;
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      await using file = await open(`/proc/${first}/autogroup`, "r+");
      await file.write(String(LAST));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
      await sleep(AGAIN, undefined, { ref: false });
    }
  }
}
