/** watch: runs what the agenda says is due, and waits for what comes next. */

import type { Time } from "../agenda/agenda.ts";
import { runPolitely } from "../agenda/polite-pool.ts";
import { isPlacardError, type PlacardError } from "../lib/error.ts";
import { parseExhibitId } from "../record/exhibit-id.ts";
import type { Attestation } from "./attest.ts";
import { paceOf, type RecordContext } from "./context.ts";
import { lookAgain, type Recaptured } from "./recapture-exhibit.ts";

export interface Due {
  /** The first capture whose link is asked for again. */
  readonly exhibit: string;
  /** RFC 3339. */
  readonly dueAt: string;
}

/** How a planned recapture was run. */
export interface Run extends Due {
  /** Whole seconds after its time; it was run once, however many of its times had passed. */
  readonly late: number;
  readonly timesPassed: number;
}

export interface WatchListener {
  readonly signal?: AbortSignal;
  readonly onProgress?: (exhibit: string, step: string) => void;
  /** Called as soon as it is sealed. */
  readonly onRecaptured?: (recaptured: Recaptured, run: Run) => void;
  /** What could not be done, for a reason of our own; it is not tried again. */
  readonly onFailed?: (run: Run, error: PlacardError) => void;
  /** What comes next, and how many times wait in all. */
  readonly onWaiting?: (next: Due | undefined, waiting: number) => void;
  readonly onAttested?: (attestations: readonly Attestation[]) => void;
  /** Resolves when there may be a time that was not there before. */
  readonly whenWoken?: () => Promise<void>;
}

/** Other processes may add times meanwhile. */
const LONGEST_SLEEP = 15_000;
/** Errors about this record or machine, not about one exhibit. */
const STOPPING: readonly string[] = ["storage", "no_browser", "cancelled", "busy", "clock_behind", "inconsistent"];

/**
 * Recaptures what is due, and with `once` ends then; else waits for what comes, until the signal is given. One process at a
 * time watches a record. Throws `busy`, and what a capture throws; a time whose recapture was not sealed stays.
 */
export async function watch(
  context: RecordContext,
  { once = false }: { readonly once?: boolean },
  listener: WatchListener = {},
): Promise<void> {
  using _ = await context.agenda.claimWatch();
  let told = "";
  for (;;) {
    const sealed = await runDue(context, listener);
    if (sealed > 0) {
      const { attestHead } = await import("./attest.ts");
      listener.onAttested?.(await attestHead(context));
    }
    const times = await context.agenda.times();
    const [next] = times;
    const now = JSON.stringify([next, times.length]);
    if (now !== told) listener.onWaiting?.(next && dueOf(next), times.length);
    told = now;
    if (once || listener.signal?.aborted) return;
    const wait = Math.min(LONGEST_SLEEP, (next?.due ?? Number.POSITIVE_INFINITY) - context.clock.now());
    await sleep(Math.max(0, wait), listener);
    if (listener.signal?.aborted) return;
  }
}

/** Forgets when an exhibit was to be looked at again; resolves to how many times there were. */
export async function forgetTimes(
  context: RecordContext,
  given: string,
): Promise<{ readonly id: string; readonly times: number }> {
  const id = parseExhibitId(given);
  const row = await context.index.find(id);
  const first = row?.recaptureOf ?? id;
  const times = await context.agenda.times(first);
  await context.agenda.removeTimes(times.map(({ item }) => item));
  return { id: first, times: times.length };
}

/** Resolves to how many recaptures were sealed. */
async function runDue(context: RecordContext, listener: WatchListener): Promise<number> {
  const now = context.clock.now();
  const due = await withoutDone(
    context,
    (await context.agenda.times()).filter((time) => time.due <= now),
  );
  const jobs = await Promise.all([...byExhibit(due)].map(async ([exhibit, times]) => jobOf(context, exhibit, times)));
  let sealed = 0;
  await runPolitely(
    jobs,
    paceOf(context),
    async ({ exhibit, times }, attempt) => {
      // Of several times that have passed, one recapture stands for all.
      const last = times.at(-1) as Time;
      const run = {
        ...dueOf(last),
        late: Math.floor((context.clock.now() - last.due) / 1000),
        timesPassed: times.length,
      };
      try {
        const looked = await lookAgain(
          context,
          exhibit,
          attempt,
          {
            allowPrivate: last.allowPrivate,
            ...(last.session === null ? {} : { session: last.session }),
            onProgress: (step) => listener.onProgress?.(exhibit, step),
            ...(listener.signal ? { signal: listener.signal } : {}),
          },
          { agendaItem: last.item, due: last.due, ...askedBy(times) },
        );
        if ("after" in looked) return looked;
        sealed++;
        await context.agenda.removeTimes(times.map(({ item }) => item));
        listener.onRecaptured?.(looked, run);
      } catch (error) {
        if (!isPlacardError(error) || STOPPING.includes(error.code)) throw error;
        await context.agenda.removeTimes(times.map(({ item }) => item));
        listener.onFailed?.(run, error);
      }
      return undefined;
    },
    listener.signal,
  );
  return sealed;
}

/** Where a process died after it had sealed and before it could note so, what it did is done, and so is all before it. */
async function withoutDone(context: RecordContext, due: readonly Time[]): Promise<readonly Time[]> {
  const sealed = await context.index.sealedFor(due.map(({ item }) => item));
  const done = due.filter((time) =>
    due.some((other) => other.exhibit === time.exhibit && other.due >= time.due && sealed.has(other.item)),
  );
  await context.agenda.removeTimes(done.map(({ item }) => item));
  return due.filter((time) => !done.includes(time));
}

function byExhibit(times: readonly Time[]): ReadonlyMap<string, readonly Time[]> {
  const found = new Map<string, Time[]>();
  for (const time of times) found.set(time.exhibit, [...(found.get(time.exhibit) ?? []), time]);
  return found;
}

async function jobOf({ index }: RecordContext, exhibit: string, times: readonly Time[]) {
  const url = (await index.find(exhibit))?.url;
  return { exhibit, times, host: URL.parse(url ?? "")?.host ?? "" };
}

function dueOf({ exhibit, due }: Time): Due {
  return { exhibit, dueAt: new Date(due).toISOString() };
}

/** Whoever asked for one of them; of several, the last. */
function askedBy(times: readonly Time[]): { readonly actor?: string } {
  const actor = times.findLast((time) => time.actor !== undefined)?.actor;
  return actor === undefined ? {} : { actor };
}

async function sleep(milliseconds: number, { signal, whenWoken }: WatchListener): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  const stop = (): void => resolve();
  signal?.addEventListener("abort", stop, { once: true });
  void whenWoken?.().then(stop);
  await promise;
  clearTimeout(timer);
  signal?.removeEventListener("abort", stop);
}
