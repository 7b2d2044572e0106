/**
 * The process that captures, forked by the server (capture-process.ts): the record's folder is its argument. It ends when the
 * server does, whatever the server died of, since their channel is closed then.
 */
import { setPriority } from "node:os";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { letHeapGrow } from "../lib/heap.ts";

/**
 * As nice(1) has it, and its browsers follow (capture/browser/share.ts): the last of all, so that twenty of them leave the server most of a
 * processor. What that costs: docs/decisions/0051.
 */
const LATER = 19;

letHeapGrow();
// Browsers take all there is of a processor; whoever looks at what was saved comes first.
setPriority(LATER);
const { isPlacardError } = await import("../lib/error.ts");
const { openContext } = await import("./open-record.ts");
const { refusalOf, troubleOf } = await import("./capture-messages.ts");
const { workOff } = await import("./work-off.ts");
type Said = import("./capture-messages.ts").FromWorker;
type Asked = import("./capture-messages.ts").ToWorker;
type RecordContext = import("./context.ts").RecordContext;

/** Milliseconds after which the agenda is looked at without being told to. */
const LOOK_AGAIN = 5_000;
/** Milliseconds before recaptures that could not be run are tried again; another process may be watching. */
const WATCH_AGAIN = 60_000;
/** Milliseconds that captures under way may take to end their browsers. */
const GRACE = 8_000;

const end = new AbortController();
const stops = new Map<string, AbortController>();
/** By the number of what was asked. */
const cases = new Map<number, AbortController>();
const sleepers = new Set<() => void>();
const wake = (): void => {
  for (const one of sleepers) one();
};

const say = (message: Said): void => {
  // The channel may have closed just now; then nobody listens, and this process ends.
  if (process.connected) process.send?.(message, () => undefined);
};

/** After the disk has failed at a write the record answers nothing until it is opened anew: by the process that comes next. */
const tell = (trouble: unknown): void => {
  say({ said: "trouble", trouble: trouble === undefined ? null : troubleOf(trouble) });
  if (isPlacardError(trouble, "storage")) giveUp();
};

function giveUp(): void {
  end.abort();
  wake();
  process.exitCode = 1;
  setTimeout(() => process.exit(1), GRACE).unref();
}

function stopOf(item: string): AbortSignal {
  const known = stops.get(item) ?? new AbortController();
  stops.set(item, known);
  return known.signal;
}

async function whenWoken(): Promise<void> {
  const { promise: woken, resolve } = Promise.withResolvers<void>();
  sleepers.add(resolve);
  const soon = new AbortController();
  await Promise.race([woken, sleep(LOOK_AGAIN, undefined, { signal: soon.signal }).catch(() => undefined)]);
  soon.abort();
  sleepers.delete(resolve);
}

async function receive(context: RecordContext, { number, path, options }: Extract<Asked, { do: "receive" }>) {
  const { importFile } = await import("./import-files.ts");
  try {
    const imported = await importFile(context, path, { ...options, signal: end.signal });
    say({ said: "received", number, imported });
  } catch (error) {
    say({ said: "refused", number, trouble: troubleOf(error) });
    if (isPlacardError(error, "storage")) giveUp();
  }
}

async function receiveCase(context: RecordContext, { number, path, options }: Extract<Asked, { do: "receive-case" }>) {
  const stop = new AbortController();
  cases.set(number, stop);
  try {
    const { importCaseArchive } = await import("./keeping/import-case-archive.ts");
    const { attestHead } = await import("./attest.ts");
    const { items, caseName, from } = await importCaseArchive(context, path, {
      ...options,
      signal: AbortSignal.any([end.signal, stop.signal]),
      onProgress: (done, total) => say({ said: "case-step", number, done, total }),
    });
    const count = (outcome: string): number => items.filter((item) => item.outcome === outcome).length;
    const refused = items.flatMap((item) =>
      item.outcome === "refused" ? [{ file: basename(item.file), ...refusalOf(item.error) }] : [],
    );
    const taken = { caseName, from, sealed: count("sealed"), there: count("there already"), refused };
    say({ said: "case-received", number, taken });
    await attestHead(context);
  } catch (error) {
    say({ said: "refused", number, trouble: troubleOf(error) });
    if (isPlacardError(error, "storage")) giveUp();
  } finally {
    cases.delete(number);
  }
}

async function watchOn(context: RecordContext): Promise<void> {
  const { watch } = await import("./watch.ts");
  while (!end.signal.aborted) {
    await watch(
      context,
      {},
      {
        signal: end.signal,
        whenWoken,
        onFailed: ({ exhibit }) => say({ said: "recaptured", id: exhibit, of: exhibit }),
        onRecaptured: ({ id, of }) => {
          say({ said: "recaptured", id, of });
          tell(undefined);
        },
      },
    ).catch((error: unknown) => {
      if (!isPlacardError(error, "busy") && !end.signal.aborted) tell(error);
    });
    await sleep(WATCH_AGAIN, undefined, { signal: end.signal }).catch(() => undefined);
  }
}

async function work(context: RecordContext): Promise<void> {
  process.on("message", (message) => {
    const asked = message as Asked;
    if (asked.do === "stop") stops.get(asked.item)?.abort();
    else if (asked.do === "receive") void receive(context, asked);
    else if (asked.do === "receive-case") void receiveCase(context, asked);
    else if (asked.do === "stop-case") cases.get(asked.number)?.abort();
    else wake();
  });
  await Promise.all([
    watchOn(context),
    workOff(context, {
      signal: end.signal,
      stopOf,
      whenWoken,
      onProgress: (url, step, _, item, phase) => say({ said: "step", item, url, step, phase }),
      onOutcome: (outcome, _, item) => {
        stops.delete(item);
        say({ said: "done", item, outcome });
      },
      onTrouble: tell,
    }),
  ]);
}

process.on("disconnect", giveUp);
// Ctrl-C in a terminal reaches this process too; the server ends it.
process.on("SIGINT", () => undefined);

try {
  await using opened = await openContext(process.argv[2] ?? "");
  await work(opened.context);
} catch (error) {
  say({ said: "trouble", trouble: troubleOf(error) });
  process.exitCode = 1;
}
if (process.connected) process.disconnect?.();
