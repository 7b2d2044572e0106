/** What this process has started, and what that has started, by id in /proc: Linux only. Nothing of ours but the tests uses it. */
import { readdirSync, readFileSync } from "node:fs";

interface Running {
  readonly id: number;
  readonly parent: number;
  readonly started: string;
  readonly state: string;
  /** Bytes resident that are not of a file. */
  readonly memory: number;
}

export interface Descendants extends Disposable {
  /** The most memory that all of them held at once, in bytes. */
  readonly peak: () => number;
  readonly seen: () => number;
  /** Ids of those ever seen that still run. */
  readonly left: () => readonly number[];
}

/** Looks every 50 ms until disposed of. */
export function watchDescendants(): Descendants {
  const seen = new Map<number, string>();
  let peak = 0;
  const look = (): void => {
    const running = everyProcess();
    let size = -1;
    const mine = (one: Running): boolean => one.parent === process.pid || seen.has(one.parent);
    while (seen.size !== size) {
      size = seen.size;
      for (const one of running.filter(mine)) seen.set(one.id, one.started);
    }
    peak = Math.max(
      peak,
      running.filter(({ id }) => seen.has(id)).reduce((sum, { memory }) => sum + memory, 0),
    );
  };
  const timer = setInterval(look, 50);
  return {
    peak: () => peak,
    seen: () => seen.size,
    left: () =>
      everyProcess()
        .filter(({ id, started, state }) => seen.get(id) === started && state !== "Z")
        .map(({ id }) => id),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

function everyProcess(): readonly Running[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "latin1");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const [, all = 0, ofFiles = 0] = readFileSync(`/proc/${name}/statm`, "latin1").split(" ").map(Number);
        return [
          {
            id: Number(name),
            parent: Number(fields[1]),
            started: fields[19] ?? "",
            state: fields[0] ?? "",
            memory: 4096 * (all - ofFiles),
          },
        ];
      } catch {
        return []; // It has ended meanwhile.
      }
    });
}
