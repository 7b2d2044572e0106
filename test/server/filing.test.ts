/** Tags, cases after the fact, and who saved it: sealed as acts, found by, and gone with what is erased. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openContext } from "../../src/app/open-record.ts";
import { rebuildIndex } from "../../src/app/record.ts";
import { type FoundedHouse, foundedHouse, good } from "./house.ts";
import { POST, sealActs } from "./sealed-exhibits.ts";

let home: FoundedHouse;
let ids: readonly string[];
before(async () => {
  home = await foundedHouse();
  ids = await sealActs(home.folder, [
    { ...POST, case: "spring", actor: "actor-1" },
    { ...POST, title: "Lantern", platform: "Chatter", actor: "actor-2" },
    { title: "Third", postText: "thrice", actor: "actor-2" },
  ]);
});
after(() => home[Symbol.asyncDispose]());

type Role = keyof FoundedHouse["cookies"];
const ask = (path: string, role: Role = "contributor", method = "GET", json?: unknown) =>
  home.ask(path, { method, cookie: home.cookies[role], ...(json === undefined ? {} : { json }) });
const told = async <T>(path: string, role?: Role): Promise<T> =>
  (await (await good(await ask(path, role))).json()) as T;
const file = async (json: unknown, role: Role = "contributor") =>
  ((await (await good(await ask("/api/filings", role, "POST", json))).json()) as { results: readonly object[] })
    .results;
const titles = async (query: string, role?: Role) =>
  (await told<{ exhibits: readonly { title: string }[] }>(`/api/exhibits?${query}`, role)).exhibits.map(
    ({ title }) => title,
  );
const [first, second, third] = [() => ids[0] as string, () => ids[1] as string, () => ids[2] as string];

test("tags are put on several at once, each told of; they narrow, are counted, and are found by", async () => {
  assert.deepEqual(await file({ ids: [first(), second()], tag: ["  March  of lanterns ", "school"] }), [
    { id: first(), outcome: "filed" },
    { id: second(), outcome: "filed" },
  ]);
  assert.deepEqual(await file({ ids: [second(), third()], tag: ["SCHOOL"] }), [
    { id: second(), outcome: "as-it-was" },
    { id: third(), outcome: "filed" },
  ]);
  assert.deepEqual(await told("/api/tags"), {
    tags: [
      { tag: "school", exhibits: 3 },
      { tag: "March of lanterns", exhibits: 2 },
    ],
  });
  assert.deepEqual(await titles("tag=March+of+lanterns&tag=school"), ["Lantern", "Notice board"]);
  assert.deepEqual(await titles("text=lanterns"), ["Lantern", "Notice board"], "by the words of a tag");
  await file({ ids: [second()], untag: ["school"] });
  assert.deepEqual(await titles("tag=school"), ["Third", "Notice board"]);
  const counts = await told<{ total: number; tags: unknown }>("/api/exhibits/counts?tag=school");
  assert.deepEqual(counts.tags, [
    { value: "school", count: 2 },
    { value: "March of lanterns", count: 1 },
  ]);
  assert.equal(counts.total, 2);
  assert.equal((await told<{ total: number }>("/api/exhibits/charts?tag=school")).total, 2);
});

test("a case is given after the fact, and the words of the one before find nothing any more", async () => {
  await file({ ids: [first(), third()], case: "autumn" });
  assert.deepEqual(await titles("case=autumn"), ["Third", "Notice board"]);
  assert.deepEqual(await titles("text=spring"), []);
  assert.deepEqual(await titles("text=autumn"), ["Third", "Notice board"]);
  await file({ ids: [third()], case: null });
  assert.deepEqual(await titles("case=autumn"), ["Notice board"]);
  const { cases } = await told<{ cases: readonly { name: string; exhibits: number }[] }>("/api/cases");
  assert.deepEqual(
    cases.map(({ name, exhibits }) => [name, exhibits]),
    [["autumn", 1]],
  );
});

test("who saved it narrows and is counted; all that match are named, to a bound", async () => {
  assert.deepEqual(await titles("actor=actor-2"), ["Third", "Lantern"]);
  const { actors } = await told<{ actors: unknown }>("/api/exhibits/counts?actor=actor-1");
  assert.deepEqual(actors, [
    { value: "actor-2", count: 2 },
    { value: "actor-1", count: 1 },
  ]);
  assert.deepEqual(await told("/api/exhibits/ids?actor=actor-2"), { ids: [third(), second()], total: 2 });
});

test("one that cannot be filed leaves the others alone; what is no tag is refused", async () => {
  const results = await file({ ids: ["PLC-0000-0000-0000-0000", "nonsense", third()], tag: ["lone"] });
  assert.deepEqual(
    results.map((one) => (one as { outcome: string }).outcome),
    ["not-filed", "not-filed", "filed"],
  );
  for (const json of [
    { ids: [third()] },
    { ids: [third()], tag: ["x".repeat(61)] },
    { ids: [third()], tag: ["  "] },
    { ids: [third()], tag: ["a\u0000b"] },
    { ids: Array.from({ length: 201 }, (_, i) => `PLC-${i}`), tag: ["x"] },
    { ids: [], tag: ["x"] },
  ])
    assert.equal((await ask("/api/filings", "contributor", "POST", json)).status, 400);
  const many = Array.from({ length: 21 }, (_, i) => `t${i}`);
  assert.equal((await ask("/api/filings", "contributor", "POST", { ids: [third()], tag: many })).status, 400);
});

test("who filed it is told among what happened, under a pseudonym; a guest is told of none of it", async () => {
  const view = await told<{
    tags: unknown;
    steps: readonly { told: readonly { text: string }[]; actor: string | null }[];
  }>(`/api/exhibits/${first()}`);
  assert.deepEqual(view.tags, ["March of lanterns", "school"]);
  assert.deepEqual(
    view.steps.slice(1).map((step) => step.told.map(({ text }) => text).join(" ")),
    ["Tagged: March of lanterns, school.", "Put in the case autumn."],
  );
  assert.match(view.steps[1]?.actor ?? "", /^actor-[0-9a-f]{16}$/);
  const guest = await (await good(await ask(`/api/exhibits/${first()}`, "guest"))).text();
  assert.ok(!/lanterns|autumn|school/.test(guest));
  assert.deepEqual(
    await titles("tag=school", "guest"),
    ["Third", "Lantern", "Notice board"],
    "a guest's filter of tags is none",
  );
  assert.deepEqual(await titles("text=lanterns", "guest"), []);
  const counts = await told<{ tags: unknown; actors: unknown }>("/api/exhibits/counts", "guest");
  assert.deepEqual([counts.tags, counts.actors], [[], []]);
  for (const path of ["/api/tags", "/api/exhibits/ids"]) assert.equal((await ask(path, "guest")).status, 403);
});

test("an index that is built anew says the same; with an exhibit its filings are erased, in the vault too", async () => {
  const all = async () =>
    JSON.stringify([await told("/api/exhibits"), await told("/api/exhibits/counts"), await told("/api/tags")]);
  await file({ ids: [first()], tag: ["quillfeather"] });
  const before = await all();
  await rebuildIndex(home.folder);
  assert.equal(await all(), before);
  await good(await ask(`/api/exhibits/${first()}`, "organiser", "DELETE", { reason: "asked for" }));
  const after = await all();
  assert.ok(before.includes("quillfeather") && !after.includes("quillfeather"));
  assert.ok(!(await readFile(join(home.folder, "index.sqlite"))).includes("quillfe"), "nor a part of it in the index");
  assert.deepEqual(await titles("tag=school"), ["Third"]);
  await rebuildIndex(home.folder);
  assert.equal(await all(), after);
  await using opened = await openContext(home.folder);
  const { vault, log, index } = opened.context;
  let kept = "";
  for await (const { disclosures } of vault.readActs(0, (await log.head()).size))
    kept += disclosures.map((one) => Buffer.from(one, "base64url").toString()).join(" ");
  assert.ok(kept.includes("lone") && !kept.includes("quillfeather"), "what was said of it is gone from the vault");
  assert.deepEqual(await index.filingsLeft(), []);
  assert.equal((await index.list()).length, 3);
  const refused = await file({ ids: [first()], tag: ["late"] });
  assert.deepEqual(refused, [
    { id: first(), outcome: "not-filed", reason: "It was erased.", told: { code: "it_was_erased" } },
  ]);
});
