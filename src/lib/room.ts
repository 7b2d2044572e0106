/** Room on a disk: how much there is, and whether its lack is what went wrong. */
import { existsSync, statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { PlacardError } from "./error.ts";
import { say } from "./said.ts";
import { primaryCode, SQLITE_FULL } from "./sqlite.ts";

/** Bytes free for us on the disk that `folder` lies on, or would lie on. */
export function freeRoom(folder: string): number {
  const { bavail, bsize } = statfsSync(nearest(resolve(folder)));
  return bavail * bsize;
}

/** The folder itself, or the one above it that is there. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

/** Whether an error, or what it came of, is that a disk had no room. */
export function isDiskFull(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOSPC" || code === "EDQUOT") return true;
    if (code === "ERR_SQLITE_ERROR" && primaryCode(cause) === SQLITE_FULL) return true;
  }
  return false;
}

/** What is said of it, whatever it was that found no room. */
export function diskFull(cause?: unknown): PlacardError {
  return new PlacardError("storage", say("disk_full"), {
    cause: cause ?? Object.assign(new Error("no room"), { code: "ENOSPC" }),
    next: say("free_room"),
  });
}

/** Throws `storage` where less than `bytes` are free. */
export function requireRoom(folder: string, bytes: number): void {
  if (freeRoom(folder) < bytes) throw diskFull();
}

/**
 * What sealing needs besides the act itself: tiles, the commit, the index. Asked for before it begins, since a ledger that ran
 * out of room in the midst of it answers nothing more until it is opened anew.
 */
export const ROOM_TO_SEAL = 1 << 20;
