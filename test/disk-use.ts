/** What files below a folder take, looked at while something else writes them. */
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

export interface DiskUse extends Disposable {
  /** The most that all files took at once, in bytes. */
  readonly peak: () => number;
}

/** Looks every 100 ms until disposed of. */
export function watchDiskUse(folder: string): DiskUse {
  let peak = 0;
  const look = (): void => {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    peak = Math.max(
      peak,
      names.reduce((sum, name) => sum + roomOf(join(folder, name)), 0),
    );
  };
  const timer = setInterval(() => {
    try {
      look();
    } catch {
      // A folder in it has gone meanwhile.
    }
  }, 100);
  return { peak: () => peak, [Symbol.dispose]: () => clearInterval(timer) };
}

function roomOf(path: string): number {
  try {
    return 512 * lstatSync(path).blocks;
  } catch {
    return 0;
  }
}
