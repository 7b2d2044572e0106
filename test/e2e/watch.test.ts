/** Planned recaptures in a real browser, with a clock that the test sets. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findExhibit } from "../../src/app/acts.ts";
import { captureAll } from "../../src/app/capture-exhibit.ts";
import type { RecordContext } from "../../src/app/context.ts";
import { eraseExhibit } from "../../src/app/erase-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { type OpenedRecord, openContext } from "../../src/app/open-record.ts";
import { type Run, watch } from "../../src/app/watch.ts";
import { isPlacardError, PlacardError } from "../../src/lib/error.ts";
import { type ChangingSite, startChangingSite } from "../changing-site.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let folder: string;
let opened: OpenedRecord;
let site: ChangingSite;
let ahead = 0;
let number = 0;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-watch-"));
  const record = join(folder, "record");
  await initRecord(record, { name: "Hollow Lane Residents" });
  await writeFile(join(record, "config.json"), JSON.stringify({ capture: { gapSeconds: 0, retries: 0 } }));
  opened = await openContext(record, { clock: { now: () => Date.now() + ahead } });
  site = await startChangingSite();
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function planned(
  again: readonly number[],
): Promise<{ readonly id: string; readonly path: string; readonly time: number }> {
  const path = `/post/${++number}`;
  site.posts.set(path, { text: "The lantern at number nine is lit again.", author: "Old Fence Post", likes: 1 });
  const [outcome] = await captureAll(opened.context, [`${site.origin}${path}`], { allowPrivate: true, again });
  assert.ok(outcome?.outcome === "sealed", JSON.stringify(outcome));
  return { id: outcome.id, path, time: outcome.time };
}

async function watchOnce(context: RecordContext = opened.context) {
  const runs: (Run & { readonly result: string; readonly id: string })[] = [];
  const failed: string[] = [];
  await watch(
    context,
    { once: true },
    {
      onRecaptured: ({ result, id }, run) => runs.push({ ...run, result, id }),
      onFailed: (_, { code }) => failed.push(code),
    },
  );
  return { runs, failed };
}

test("due from the sealing; not run before, run when due, and forgotten then", async () => {
  const { id, path, time } = await planned([HOUR, DAY]);
  assert.deepEqual(
    (await opened.context.agenda.times(id)).map(({ due }) => due - time),
    [HOUR, DAY],
  );
  assert.deepEqual((await watchOnce()).runs, []);
  ahead += HOUR + 5_000;
  const { runs } = await watchOnce();
  assert.deepEqual(
    runs.map(({ exhibit, result, timesPassed }) => [exhibit, result, timesPassed]),
    [[id, "unchanged", 1]],
  );
  const { fields } = await findExhibit(opened.context, runs[0]?.id ?? "");
  assert.equal(fields["dueAt"], new Date(time + HOUR).toISOString());
  assert.equal((await opened.context.agenda.times(id)).length, 1);
  site.posts.delete(path);
  ahead += DAY;
  assert.deepEqual(
    (await watchOnce()).runs.map(({ result }) => result),
    ["gone"],
  );
  assert.deepEqual(await opened.context.agenda.times(id), []);
});

test("a computer that was off: times that have passed are run once, late, and it says so", async () => {
  const { id } = await planned([HOUR, DAY, 30 * DAY]);
  ahead += 3 * DAY;
  const { runs } = await watchOnce();
  const [run] = runs;
  assert.deepEqual([runs.length, run?.exhibit, run?.timesPassed], [1, id, 2]);
  assert.ok(run !== undefined && run.late >= (2 * DAY) / 1000 && run.late < (2 * DAY) / 1000 + 600, String(run?.late));
  assert.equal((await opened.context.agenda.times(id)).length, 1);
});

test("sealed, and the process gone before it could note so: not run again", async () => {
  const { id } = await planned([HOUR]);
  ahead += DAY;
  const { agenda } = opened.context;
  const stopped = {
    ...opened.context,
    agenda: new Proxy(agenda, {
      get: (of, name) => {
        if (name === "removeTimes") return stop;
        return Reflect.get(of, name).bind(of);
      },
    }),
  };
  let calls = 0;
  async function stop(): Promise<void> {
    if (calls++ > 0) throw new PlacardError("storage", "The disk is full.");
  }
  await assert.rejects(watchOnce(stopped), (error) => isPlacardError(error, "storage"));
  assert.equal((await opened.context.index.recapturesOf(id)).length, 1);
  assert.deepEqual((await watchOnce()).runs, []);
  assert.equal((await opened.context.index.recapturesOf(id)).length, 1);
  assert.deepEqual(await agenda.times(id), []);
});

test("what was erased is not asked for again", async () => {
  const { id, path } = await planned([HOUR]);
  await eraseExhibit(opened.context, id, "asked for");
  ahead += DAY;
  const before = site.requests.filter((each) => each === path).length;
  assert.deepEqual(await watchOnce(), { runs: [], failed: [] });
  assert.equal(site.requests.filter((each) => each === path).length, before);
});

test("stopped while it waits: it ends at once, and only one watches at a time", async () => {
  await planned([HOUR]);
  const stop = new AbortController();
  const waiting = Promise.withResolvers<void>();
  const watching = watch(
    opened.context,
    {},
    {
      signal: stop.signal,
      onWaiting: (next, count) => {
        assert.ok(next !== undefined && count > 0);
        waiting.resolve();
      },
    },
  );
  await waiting.promise;
  await assert.rejects(watchOnce(), (error) => isPlacardError(error, "busy"));
  const started = performance.now();
  stop.abort();
  await watching;
  assert.ok(performance.now() - started < 2_000);
});
