import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { utf8 } from "../lib/bytes.ts";
import type { Json } from "../lib/json.ts";
import { sha256 } from "../lib/sha256.ts";
import { emptyIndex, type IndexSource, openIndex } from "./exhibit-index.ts";
import type { ProjectedAct } from "./projection.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-index-"));
});
after(() => rm(folder, { recursive: true }));

function act(position: number, fields: Record<string, Json>): ProjectedAct {
  return { position, id: `PLC-${position}`, sealedAt: `2026-01-01T00:00:0${position % 10}.000Z`, fields };
}

/** A ledger that is a plain list; the root is a hash over it, so another list has another root. */
function sourceOf(acts: ProjectedAct[], origin = "test"): IndexSource {
  const rootAt = async (size: number): Promise<Uint8Array> => sha256(utf8(JSON.stringify(acts.slice(0, size))));
  return {
    origin,
    head: async () => ({ size: acts.length, root: await rootAt(acts.length) }),
    rootAt,
    async *readActs(start, end) {
      yield* acts.slice(start, end);
    },
  };
}

const blob = (name: string): Json => ({ sha256: name, bytes: 1, mediaType: "text/plain" });
const sample = (): ProjectedAct[] => [
  act(0, {
    act: "captured",
    url: "https://townsquare.example/1",
    title: "One",
    case: "spring",
    archive: blob("aa"),
    visibleText: blob("cc"),
  }),
  act(1, {
    act: "captured",
    url: "https://townsquare.example/2",
    title: "Two",
    archive: blob("bb"),
    visibleText: blob("cc"),
  }),
];

test("catches up with what the ledger gained, and only that", async () => {
  const acts = sample();
  const index = await openIndex(join(folder, "a.sqlite"), sourceOf(acts));
  assert.equal(await index.catchUp(), 2);
  acts.push(act(2, { act: "captured", url: "https://townsquare.example/3" }));
  assert.equal(await index.catchUp(), 3);
  assert.deepEqual(
    (await index.list()).map((row) => row.id),
    ["PLC-0", "PLC-1", "PLC-2"],
  );
  assert.deepEqual(
    (await index.list({ caseName: "spring" })).map((row) => row.id),
    ["PLC-0"],
  );
  assert.equal((await index.find("PLC-1"))?.title, "Two");
  index.close();
});

test("an erased exhibit keeps its id and loses what it said, in the file too", async () => {
  const path = join(folder, "b.sqlite");
  const acts = sample();
  const index = await openIndex(path, sourceOf(acts));
  await index.catchUp();
  acts.push(act(2, { act: "erased", of: "PLC-0", reason: "asked for" }));
  await index.catchUp();
  assert.deepEqual(
    await index.erasuresDue(),
    { positions: [0], blobs: ["aa"] },
    "a blob that another exhibit shares stays",
  );
  index.erasureDone(0);
  assert.deepEqual(await index.erasuresDue(), { positions: [], blobs: [] });
  const row = await index.find("PLC-0");
  assert.equal(row?.state, "erased");
  assert.equal(row?.reason, "asked for");
  assert.equal(row?.url, null);
  index.close();
  assert.ok(!(await readFile(path)).includes("townsquare.example/1"));
});

test("of many that are erased, or all that are forgotten, no word stays in the file", async () => {
  const path = join(folder, "many.sqlite");
  const words = Array.from({ length: 200 }, (_, i) => `lantern-${i}-of-${"hollow-lane-".repeat(20)}${i}`);
  const acts = words.map((title, i) => act(i, { act: "captured", title, author: `keeper-of-${i}-lanterns` }));
  const index = await openIndex(path, sourceOf(acts));
  await index.catchUp();
  for (let i = 0; i < words.length; i += 2) {
    acts.push(act(acts.length, { act: "erased", of: `PLC-${i}`, reason: "asked for" }));
  }
  await index.catchUp();
  index.close();
  const left = async (): Promise<readonly number[]> => {
    const bytes = await readFile(path);
    const stays = (i: number): boolean =>
      bytes.includes(`lantern-${i}-of`) || bytes.includes(`keeper-of-${i}-lanterns`);
    return words.map((_, i) => i).filter(stays);
  };
  assert.deepEqual(
    await left(),
    words.map((_, i) => i).filter((i) => i % 2 === 1),
    "those that were not erased",
  );
  await emptyIndex(path);
  assert.deepEqual(await left(), []);
});

test("rebuilt from nothing, it answers the same", async () => {
  const acts = [...sample(), act(2, { act: "erased", of: "PLC-0", reason: "asked for" })];
  const grown = await openIndex(join(folder, "c.sqlite"), sourceOf(acts.slice(0, 2)));
  await grown.catchUp();
  grown.close();
  const resumed = await openIndex(join(folder, "c.sqlite"), sourceOf(acts));
  await resumed.catchUp();
  const rebuilt = await openIndex(join(folder, "d.sqlite"), sourceOf(acts));
  await rebuilt.catchUp();
  assert.deepEqual(await resumed.list(), await rebuilt.list());
  resumed.close();
  rebuilt.close();
});

test("an index of another ledger, of a longer one, or that is no database is thrown away", async () => {
  const path = join(folder, "e.sqlite");
  const first = await openIndex(path, sourceOf(sample()));
  await first.catchUp();
  first.close();
  const other = [act(0, { act: "captured", title: "Other" }), act(1, { act: "captured", title: "Fork" })];
  const [forked, shorter] = [sourceOf(other), sourceOf(sample().slice(0, 1))];
  for (const source of [sourceOf(sample(), "other"), forked, shorter]) {
    const index = await openIndex(path, source);
    assert.deepEqual(
      (await index.list()).map((row) => row.title),
      source === shorter ? ["One"] : source === forked ? ["Other", "Fork"] : ["One", "Two"],
    );
    index.close();
  }
  await writeFile(path, "this is no database, but long enough to be mistaken for one ".repeat(40));
  const mended = await openIndex(path, sourceOf(sample()));
  await mended.catchUp();
  assert.equal((await mended.list()).length, 2);
  mended.close();
});

test("two that catch up at once agree", async () => {
  const path = join(folder, "f.sqlite");
  const acts = Array.from({ length: 5000 }, (_, i) => act(i, { act: "captured", title: `Post ${i}` }));
  const [a, b] = await Promise.all([openIndex(path, sourceOf(acts)), openIndex(path, sourceOf(acts))]);
  await Promise.all([a.catchUp(), b.catchUp()]);
  assert.equal((await b.list()).length, 5000);
  a.close();
  b.close();
});

test("a blob that two erased exhibits share goes with them, one that a third shares stays", async () => {
  const acts = [
    ...sample(),
    act(2, { act: "captured", archive: blob("bb"), visibleText: blob("dd") }),
    act(3, { act: "erased", of: "PLC-0", reason: "asked for" }),
    act(4, { act: "erased", of: "PLC-1", reason: "asked for" }),
  ];
  const index = await openIndex(join(folder, "g.sqlite"), sourceOf(acts));
  const { positions, blobs } = await index.erasuresDue();
  assert.deepEqual(
    [positions, blobs.toSorted()],
    [
      [0, 1],
      ["aa", "cc"],
    ],
  );
  index.close();
});

test("emptied or deleted under an open index, it answers all the same", async () => {
  const path = join(folder, "h.sqlite");
  const acts = [...sample(), act(2, { act: "erased", of: "PLC-0", reason: "asked for" })];
  const index = await openIndex(path, sourceOf(acts));
  assert.equal((await index.list()).length, 2);
  for (const harm of [() => emptyIndex(path), () => rm(path)]) {
    await harm();
    assert.deepEqual((await index.erasuresDue()).positions, [0]);
    await harm();
    index.erasureDone(0);
    assert.deepEqual(
      (await index.list()).map((row) => row.state),
      ["erased", "sealed"],
    );
  }
  index.close();
});
