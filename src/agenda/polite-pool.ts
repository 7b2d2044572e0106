/** Runs many small jobs, a few at once, and never leans on one host: the global limit, the host's own, and a rest between. */
import type { HostPace, SharedLanes } from "./shared-lanes.ts";

export interface Pace extends HostPace {
  /** Jobs at the same time, of all hosts together. */
  readonly atOnce: number;
  /** Where other processes ask the same hosts. */
  readonly lanes?: SharedLanes;
}

export interface Job {
  /** Whose server it asks; the empty string for nobody's, which waits for nothing. */
  readonly host: string;
}

/** What a job asks for that is not done: to be run again, its host left alone until then. */
export interface Again {
  /** Milliseconds from now. */
  readonly after: number;
}

interface Lane {
  running: number;
  freeAt: number;
}

/**
 * Runs every job, in order as far as its host is free. Resolves when all are done. What a job throws, and the signal's
 * abort, starts no other; those under way are awaited, then the first error is thrown.
 */
export async function runPolitely<J extends Job>(
  jobs: readonly J[],
  pace: Pace,
  run: (job: J, attempt: number) => Promise<Again | undefined>,
  signal?: AbortSignal,
): Promise<void> {
  const lanes = new Map<string, Lane>();
  const waiting = jobs.map((job) => ({ job, attempt: 1, notBefore: 0 }));
  const running = new Set<Promise<void>>();
  const errors: unknown[] = [];
  const laneOf = ({ host }: J): Lane => {
    const lane = host === "" ? undefined : lanes.get(host);
    if (lane !== undefined) return lane;
    const fresh = { running: 0, freeAt: 0 };
    if (host !== "") lanes.set(host, fresh);
    return fresh;
  };
  /** When it may begin, as of now; `Infinity` while its host is busy. */
  const mayBegin = ({ job, notBefore }: (typeof waiting)[number]): number => {
    const lane = laneOf(job);
    return lane.running >= pace.perHost ? Number.POSITIVE_INFINITY : Math.max(lane.freeAt, notBefore);
  };
  const start = (at: number): void => {
    const [taken] = waiting.splice(at, 1) as [(typeof waiting)[number]];
    const lane = laneOf(taken.job);
    lane.running++;
    const work = run(taken.job, taken.attempt)
      .then(
        (again) => {
          const now = performance.now();
          const rest = Math.max(pace.gap, again?.after ?? 0);
          lane.freeAt = Math.max(lane.freeAt, now + rest);
          leave(taken.job, rest);
          if (again === undefined) return;
          waiting.unshift({ job: taken.job, attempt: taken.attempt + 1, notBefore: now + again.after });
        },
        (error: unknown) => {
          errors.push(error);
          leave(taken.job, pace.gap);
        },
      )
      .finally(() => {
        lane.running--;
        running.delete(work);
      });
    running.add(work);
  };
  const leave = ({ host }: J, rest: number): void => void (host === "" || pace.lanes?.leave(host, rest));
  /** Milliseconds to wait for other processes; 0 where the host is this one's to ask. */
  const enter = ({ host }: J): number => (host === "" ? 0 : (pace.lanes?.enter(host, pace) ?? 0));
  const isStopped = (): boolean => errors.length > 0 || signal?.aborted === true;
  while ((waiting.length > 0 && !isStopped()) || running.size > 0) {
    let earliest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < waiting.length && running.size < pace.atOnce && !isStopped(); ) {
      const next = waiting[i] as (typeof waiting)[number];
      let when = mayBegin(next);
      if (when <= performance.now()) {
        const wait = enter(next.job);
        if (wait === 0) {
          start(i);
          continue;
        }
        when = performance.now() + wait;
        laneOf(next.job).freeAt = when;
      }
      earliest = Math.min(earliest, when);
      i++;
    }
    await nextChange(running, running.size < pace.atOnce && !isStopped() ? earliest : Number.POSITIVE_INFINITY, signal);
  }
  if (errors.length > 0) throw errors[0];
  signal?.throwIfAborted();
}

/** Resolves when one of those running ends, at `until` (as performance.now), or when the signal is given. */
async function nextChange(running: ReadonlySet<Promise<void>>, until: number, signal?: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const others: Promise<void>[] = [...running];
  if (until !== Number.POSITIVE_INFINITY) {
    others.push(new Promise((done) => (timer = setTimeout(done, Math.max(0, until - performance.now())))));
    if (signal !== undefined) {
      others.push(new Promise((done) => signal.addEventListener("abort", (onAbort = () => done()), { once: true })));
    }
  }
  await Promise.race(others);
  clearTimeout(timer);
  if (onAbort !== undefined) signal?.removeEventListener("abort", onAbort);
}
