import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, test } from "node:test";
import { machine } from "../lib/alive.ts";
import { isPlacardError } from "../lib/error.ts";
import { type Agenda, openAgenda } from "./agenda.ts";

const LINKS = ["https://townsquare.example/p/1", "https://townsquare.example/p/2"];
let folder: string;
let path: string;
let agenda: Agenda;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-agenda-"));
  path = join(folder, "agenda.sqlite");
  agenda = openAgenda(path);
});
afterEach(async () => {
  agenda.close();
  await rm(folder, { recursive: true });
});

/** As if the process that held it had died: its claim stays, in a name that nobody has. */
function abandon(): void {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const raw = new DatabaseSync(path);
  raw.prepare("UPDATE claims SET owner = ?").run(`${machine()}-${pid}-0`);
  raw.close();
}

test("asking makes no file; the file is for its owner only", async () => {
  assert.equal(await agenda.waiting(), 0);
  assert.equal(await agenda.resumeBatch(), undefined);
  assert.deepEqual(await agenda.times(), []);
  assert.ok(!existsSync(path));
  using _ = await agenda.openBatch(LINKS, "{}");
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test("a file that a full disk left empty holds nothing, and asking does not fill it", async () => {
  await writeFile(path, "");
  assert.equal(await agenda.waiting(), 0);
  assert.deepEqual(await agenda.times(), []);
  assert.equal((await stat(path)).size, 0);
  using batch = await agenda.openBatch(LINKS, "{}");
  assert.equal(batch.items.length, 2);
});

test("a batch that was left is the same one again, with what came of its links; others are others", async () => {
  using first = await agenda.openBatch(LINKS, "{}");
  first.note(first.items[0]?.item ?? "", '"gone"');
  abandon();
  assert.equal(await agenda.waiting(), 1);
  using other = await agenda.openBatch(LINKS, '{"note":"x"}');
  assert.equal(other.resumed, false);
  using again = await agenda.openBatch(LINKS, "{}");
  assert.ok(again.resumed);
  assert.deepEqual(
    again.items.map(({ item, url, outcome }) => [item, url, outcome]),
    first.items.map(({ item, url }, i) => [item, url, i === 0 ? '"gone"' : null]),
  );
  assert.equal(first.isOurs(), false);
  assert.equal(again.isOurs(), true);
});

test("what a living process is at work on is not taken from it", async () => {
  using _ = await agenda.openBatch(LINKS, "{}");
  await assert.rejects(agenda.openBatch(LINKS, "{}"), (error) => isPlacardError(error, "busy"));
  assert.equal(await agenda.resumeBatch(), undefined);
  using watching = await agenda.claimWatch();
  assert.ok(watching.isOurs());
  await assert.rejects(agenda.claimWatch(), (error) => isPlacardError(error, "busy"));
});

test("a batch that is done leaves nothing in the file; one that is not, stays", async () => {
  {
    using batch = await agenda.openBatch(LINKS, '{"note":"the hedge"}');
    batch.finish();
    assert.ok((await readFile(path)).includes("townsquare"));
    for (const { item } of batch.items) batch.note(item, '"the hedge"');
    batch.finish();
  }
  const bytes = await readFile(path);
  for (const trace of ["townsquare", "the hedge"]) assert.ok(!bytes.includes(trace), trace);
  assert.ok(!existsSync(`${path}-journal`));
});

test("erasing an exhibit forgets its link, its times, and the item that nobody had noted yet", async () => {
  using batch = await agenda.openBatch(LINKS, "{}");
  const [one, two] = batch.items.map(({ item }) => item);
  batch.note(one ?? "", "1", {
    exhibit: "PLC-A",
    times: [{ exhibit: "PLC-A", due: 5, allowPrivate: false, session: null }],
  });
  assert.deepEqual(
    (await agenda.times()).map(({ exhibit, due }) => [exhibit, due]),
    [["PLC-A", 5]],
  );
  await agenda.forget(["PLC-A"], [two ?? ""]);
  batch.note(two ?? "", "1", {
    exhibit: "PLC-B",
    times: [{ exhibit: "PLC-B", due: 6, allowPrivate: false, session: null }],
  });
  assert.deepEqual(await agenda.times(), [], "what is noted after the erasure brings nothing back");
  assert.ok(!(await readFile(path)).includes("townsquare"));
});

test("discarding forgets what waits, and leaves alone what somebody is at work on", async () => {
  using _ = await agenda.openBatch(LINKS, "{}");
  assert.equal(await agenda.discard(), 0);
  abandon();
  assert.equal(await agenda.discard(), 2);
  assert.ok(!(await readFile(path)).includes("townsquare"));
});

test("times come in the order in which they are due", async () => {
  const times = [30, 10, 20].map((due) => ({
    exhibit: "PLC-A",
    due,
    allowPrivate: due === 10,
    session: due === 30 ? "monitor" : null,
  }));
  await agenda.addTimes(times);
  const found = await agenda.times("PLC-A");
  assert.deepEqual(
    found.map(({ due, allowPrivate, session }) => [due, allowPrivate, session]),
    [
      [10, true, null],
      [20, false, null],
      [30, false, "monitor"],
    ],
  );
  await agenda.removeTimes(found.slice(0, 2).map(({ item }) => item));
  assert.deepEqual(
    (await agenda.times()).map(({ due }) => due),
    [30],
  );
  assert.deepEqual(await agenda.times("PLC-B"), []);
});

test("a file that is no agenda is called damaged, and one of another version refused", async () => {
  await writeFile(path, "not a database, but long enough to be taken for one at first sight".repeat(20));
  await assert.rejects(agenda.times(), (error) => isPlacardError(error, "malformed"));
  await rm(path);
  const raw = new DatabaseSync(path);
  raw.exec("PRAGMA user_version = 99");
  raw.close();
  await assert.rejects(agenda.times(), (error) => isPlacardError(error, "unsupported"));
});

const ASKED = { batch: "a".repeat(32), links: LINKS, options: '{"actor":"x"}', at: 1_700_000_000_000 };

test("what was asked for on a screen stays when it is done, is asked once a key, and is nobody's to take for another", async () => {
  await agenda.ask(ASKED);
  await agenda.ask({ ...ASKED, links: ["https://townsquare.example/p/3"] });
  const [told] = await agenda.asked(100);
  assert.deepEqual(
    told?.items.map(({ url, outcome }) => [url, outcome]),
    LINKS.map((url) => [url, null]),
  );
  using other = await agenda.openBatch(LINKS, ASKED.options);
  assert.notEqual(other.key, ASKED.batch);
  assert.equal(await agenda.hasAsked(), true);
  {
    using batch = await agenda.resumeBatch("asked");
    assert.equal(batch?.key, ASKED.batch);
    for (const { item } of batch?.items ?? []) batch?.note(item, '"done"');
    batch?.finish();
  }
  assert.equal(await agenda.hasAsked(), false);
  assert.equal(await agenda.resumeBatch("asked"), undefined);
  assert.deepEqual(
    (await agenda.asked(100))[0]?.items.map(({ outcome }) => outcome),
    ['"done"', '"done"'],
  );
  await agenda.forgetAsked(Date.now() - 1000);
  assert.equal((await agenda.asked(100)).length, 1);
  await agenda.forgetAsked(Date.now() + 1000);
  assert.deepEqual(await agenda.asked(100), []);
  assert.ok(!(await readFile(path)).includes(ASKED.batch));
});

test("a link is cancelled while it waits, and tried again in the place where it was asked for", async () => {
  await agenda.ask(ASKED);
  using batch = await agenda.resumeBatch("asked");
  const [first = "", second = ""] = batch?.items.map(({ item }) => item) ?? [];
  assert.equal(await agenda.retry(first), false);
  assert.equal(await agenda.cancel(first, '"cancelled"'), true);
  assert.equal(await agenda.cancel(first, '"cancelled"'), false);
  assert.equal(batch?.waits(first), false);
  assert.equal(batch?.waits(second), true);
  assert.equal(await agenda.retry(first), true);
  assert.equal(batch?.waits(first), false, "it is another's now");
  batch?.note(first, '"late"');
  const [told] = await agenda.asked(100);
  assert.deepEqual(
    told?.items.map(({ item, outcome }) => [item, outcome]),
    [
      [first, null],
      [second, null],
    ],
  );
  using again = await agenda.resumeBatch("asked");
  assert.deepEqual(
    again?.items.map(({ item }) => item),
    [first],
  );
  again?.note(first, '"sealed"', { exhibit: "PLC-1", times: [] });
  again?.finish();
  assert.equal(await agenda.retry(first), false, "what was sealed is not tried again");
  await agenda.forget(["PLC-1"], []);
  assert.deepEqual(
    (await agenda.asked(100))[0]?.items.map(({ item }) => item),
    [second],
  );
});

test("an agenda of the first form is read on, with what waits in it", async () => {
  const raw = new DatabaseSync(path);
  raw.exec(`
    CREATE TABLE batches (batch TEXT PRIMARY KEY, links INTEGER NOT NULL, options TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE items (item TEXT PRIMARY KEY, batch TEXT NOT NULL, place INTEGER NOT NULL, url TEXT NOT NULL,
      outcome TEXT, exhibit TEXT) STRICT, WITHOUT ROWID;
    CREATE TABLE times (item TEXT PRIMARY KEY, exhibit TEXT NOT NULL, due INTEGER NOT NULL,
      allowPrivate INTEGER NOT NULL, session TEXT) STRICT, WITHOUT ROWID;
    CREATE TABLE claims (name TEXT PRIMARY KEY, owner TEXT NOT NULL, beatAt INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO batches VALUES ('b', 1, '{}');
    INSERT INTO items VALUES ('i', 'b', 0, 'https://townsquare.example/p/1', NULL, NULL);
    PRAGMA user_version = 1;
  `);
  raw.close();
  assert.equal(await agenda.waiting(), 1);
  assert.deepEqual(await agenda.asked(100), []);
  using batch = await agenda.resumeBatch();
  assert.equal(batch?.items[0]?.item, "i");
});

test("how often a process died at a link is known; one that ended it leaves no count", async () => {
  await agenda.ask(ASKED);
  using batch = await agenda.resumeBatch("asked");
  const [item = ""] = batch?.items.map((one) => one.item) ?? [];
  {
    using begun = batch?.begin(item);
    assert.equal(begun?.deaths, 0);
  }
  assert.equal(batch?.begin(item).deaths, 0);
  assert.equal(batch?.begin(item).deaths, 1);
});
