/** Batches without a browser: pages are fetched and sealed; agenda, retries and sealing are the real ones. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { captureQuickly, quickly } from "../../test/faults/quick-capture.ts";
import type { Batch } from "../agenda/agenda.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { askFor, cancelAsked, findAsked, listAsked, retryAsked } from "./asked.ts";
import { type BatchRun, runBatch } from "./capture-batch.ts";
import type { CaptureOutcome } from "./capture-outcome.ts";
import type { RecordContext } from "./context.ts";
import { eraseExhibit } from "./erase-exhibit.ts";
import { initRecord } from "./init-record.ts";
import { openContext } from "./open-record.ts";

let folder: string;
let origin: string;
let number = 0;
let record: string;
/** What each path answers, one after another; 200 when there is nothing more. */
const answers = new Map<string, { status: number; retryAfter?: string }[]>();
const asked: string[] = [];
const server = createServer((request, response) => {
  const path = request.url ?? "/";
  asked.push(path);
  const { status, retryAfter } = answers.get(path)?.shift() ?? { status: 200 };
  response
    .writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter })
    .end(`A lantern at ${path}.`);
});

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-batch-"));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  record = join(folder, `record-${number++}`);
  await initRecord(record, { name: "Hollow Lane Residents" });
  await writeFile(join(record, "config.json"), JSON.stringify({ capture: { gapSeconds: 0, atOnce: 1 } }));
  asked.length = 0;
});

const links = (...names: readonly string[]): readonly string[] => names.map((name) => `${origin}/${name}`);

async function urlsSealed({ index }: RecordContext): Promise<readonly (string | null)[]> {
  return (await index.list()).map(({ url }) => url);
}

/** The same record, whose agenda fails at what `change` changes. */
function withBatch(context: RecordContext, change: (batch: Batch) => Partial<Batch>): RecordContext {
  const { agenda } = context;
  const openBatch = async (...given: Parameters<typeof agenda.openBatch>): Promise<Batch> => {
    const batch = await agenda.openBatch(...given);
    return { ...batch, ...change(batch) };
  };
  return {
    ...context,
    agenda: new Proxy(agenda, {
      get: (of, name) => (name === "openBatch" ? openBatch : Reflect.get(of, name).bind(of)),
    }),
  };
}

test("sealed, and the process gone before it could note so: known by its key, and not sealed again", async () => {
  await using opened = await openContext(record);
  const stopped = withBatch(opened.context, () => ({
    note: () => {
      throw new PlacardError("storage", "The disk is full.");
    },
  }));
  await assert.rejects(captureQuickly(stopped, links("a", "b"), {}), (error) => isPlacardError(error, "storage"));
  assert.deepEqual(await urlsSealed(opened.context), links("a"));
  const heard: (readonly [string, boolean])[] = [];
  const outcomes = await captureQuickly(opened.context, links("a", "b"), {
    onOutcome: ({ url, outcome }, earlier) => heard.push([`${outcome} ${url}`, earlier]),
  });
  assert.deepEqual(heard, [
    [`sealed ${origin}/a`, true],
    [`sealed ${origin}/b`, false],
  ]);
  assert.deepEqual(await urlsSealed(opened.context), links("a", "b"));
  assert.deepEqual(asked, ["/a", "/b"]);
  const [first] = outcomes as readonly (CaptureOutcome & { readonly id: string; readonly words: readonly string[] })[];
  assert.equal(first?.id, (await opened.context.index.list())[0]?.id);
  assert.equal(first?.words.length, 6);
});

test("erased between sealing and noting: the link is neither captured again nor kept anywhere", async () => {
  await using opened = await openContext(record);
  const stopped = withBatch(opened.context, () => ({
    note: () => {
      throw new PlacardError("storage", "The disk is full.");
    },
  }));
  await assert.rejects(captureQuickly(stopped, links("a", "b"), {}), (error) => isPlacardError(error, "storage"));
  const [row] = await opened.context.index.list();
  await eraseExhibit(opened.context, row?.id ?? "", "asked for");
  assert.ok(!(await readFile(opened.context.folder.agenda)).includes(`${origin}/a`));
  const outcomes = await captureQuickly(opened.context, links("a", "b"), {});
  assert.deepEqual(
    outcomes.map(({ url }) => url),
    links("b"),
  );
  assert.deepEqual(asked, ["/a", "/b"]);
});

test("what may pass is tried again, after the time the server asks for; what stands there on purpose is not", async () => {
  await using opened = await openContext(record);
  answers.set("/busy", [{ status: 429, retryAfter: "3" }]);
  answers.set("/gone", [{ status: 410 }]);
  answers.set("/long", [{ status: 503, retryAfter: "86400" }]);
  const started = performance.now();
  const outcomes = await captureQuickly(opened.context, links("busy", "gone", "long"), {});
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ["sealed", "not-captured", "not-captured"],
  );
  assert.ok(performance.now() - started >= 2_990, "the server asked for three seconds");
  assert.deepEqual(asked.toSorted(), ["/busy", "/busy", "/gone", "/long"]);
});

test("a fault of ours at one link does not stop the rest; a full disk does, and the rest waits", async () => {
  await using opened = await openContext(record);
  const { context } = opened;
  const failing = (error: Error) => ({
    ...context,
    vault: {
      ...context.vault,
      putBlob: async (...given: Parameters<typeof context.vault.putBlob>) => {
        if (asked.at(-1) === "/b") throw error;
        return context.vault.putBlob(...given);
      },
    },
  });
  const outcomes = await captureQuickly(failing(new TypeError("x is undefined")), links("a", "b", "c"), {});
  assert.deepEqual(
    outcomes.map((each) => (each.outcome === "sealed" ? "sealed" : each.cause)),
    ["sealed", "fault", "sealed"],
  );
  const full = captureQuickly(failing(new PlacardError("storage", "No room.")), links("d", "b", "e"), {});
  await assert.rejects(full, (error) => isPlacardError(error, "storage"));
  assert.equal(await context.agenda.waiting(), 2);
  await captureQuickly(context, links("d", "b", "e"), {});
  assert.deepEqual((await urlsSealed(context)).toSorted(), links("a", "b", "c", "d", "e"));
});

test("stopped by hand: what is done is done, the rest waits for the same command", async () => {
  await using opened = await openContext(record);
  const stop = new AbortController();
  const running = captureQuickly(opened.context, links("a", "b", "c"), {
    signal: stop.signal,
    onOutcome: () => stop.abort(),
  });
  await assert.rejects(running, (error) => isPlacardError(error, "cancelled") && /2 links wait/.test(error.message));
  assert.equal(await opened.context.agenda.waiting(), 2);
  const outcomes = await captureQuickly(opened.context, links("a", "b", "c"), {});
  assert.equal(outcomes.length, 3);
  assert.deepEqual(await urlsSealed(opened.context), links("a", "b", "c"));
});

const KEY = "c".repeat(32);

/** A run of what was asked for on a screen, as the capturing process runs it. */
async function workOnce(context: RecordContext, change: Partial<BatchRun> = {}): Promise<readonly CaptureOutcome[]> {
  using batch = await context.agenda.resumeBatch("asked");
  assert.ok(batch !== undefined);
  const none = { onProgress: undefined, onOutcome: undefined, signal: undefined };
  const stopOf = (): AbortSignal => new AbortController().signal;
  return await runBatch(context, batch, { terms: {}, capture: quickly(context), stopOf, ...none, ...change });
}

test("sealed just before it was cancelled, and the process gone before it could note so: it counts as sealed", async () => {
  await using opened = await openContext(record);
  const { context } = opened;
  await askFor(context, links("a", "b"), { key: KEY, actor: "x", allowPrivate: true });
  const [item = ""] = (await listAsked(context))[0]?.links.map((link) => link.item) ?? [];
  const capture = quickly(context);
  const died = workOnce(context, {
    capture: async (link, during) => {
      await capture(link, during);
      await cancelAsked(context, link.item);
      throw new PlacardError("storage", "The disk is full.");
    },
  });
  await assert.rejects(died, (error) => isPlacardError(error, "storage"));
  assert.equal((await findAsked(context, item)).link.state, "cancelled");
  await workOnce(context);
  assert.deepEqual(
    (await listAsked(context))[0]?.links.map(({ state }) => state),
    ["sealed", "sealed"],
  );
  assert.deepEqual(await urlsSealed(context), links("a", "b"));
});

test("when to look again is planned as it is sealed, in the name of who wanted that", async () => {
  await using opened = await openContext(record);
  const { context } = opened;
  const terms = { actor: "x", allowPrivate: true, again: [3_600_000, 86_400_000] };
  await askFor(context, links("a"), { key: KEY, ...terms });
  const [sealed] = await workOnce(context, { terms });
  assert.ok(sealed?.outcome === "sealed");
  assert.deepEqual(
    (await context.agenda.times(sealed.id)).map(({ due, actor }) => [due - sealed.time, actor]),
    [
      [3_600_000, "x"],
      [86_400_000, "x"],
    ],
  );
});

test("cancelled before it is sealed, it is not sealed; others are", async () => {
  await using opened = await openContext(record);
  const { context } = opened;
  await askFor(context, links("a", "b"), { key: KEY, actor: "x", allowPrivate: true });
  const capture = quickly(context);
  await workOnce(context, {
    capture: async (link, during) => {
      if (link.url.endsWith("a")) await cancelAsked(context, link.item);
      return capture(link, during);
    },
  });
  assert.deepEqual(
    (await listAsked(context))[0]?.links.map(({ state }) => state),
    ["cancelled", "sealed"],
  );
  assert.deepEqual(await urlsSealed(context), links("b"));
});

test("a link at which the process died three times is left alone, until somebody wants it tried again", async () => {
  await using opened = await openContext(record);
  const { context } = opened;
  await askFor(context, links("a", "b"), { key: KEY, actor: "x", allowPrivate: true });
  const [item = ""] = (await listAsked(context))[0]?.links.map((link) => link.item) ?? [];
  {
    using batch = await context.agenda.resumeBatch("asked");
    for (let death = 0; death < 3; death++) batch?.begin(item);
  }
  await workOnce(context);
  const { link } = await findAsked(context, item);
  assert.ok(link.state === "not-captured" && link.reason.includes("3 times"));
  assert.deepEqual(await urlsSealed(context), links("b"));
  await retryAsked(context, item);
  await workOnce(context);
  assert.equal((await findAsked(context, item)).link.state, "sealed");
});
