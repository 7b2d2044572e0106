/** The sample, without a browser: marked wherever it is told of, counted nowhere, and nothing of it left in lists when it is erased. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { listExhibits } from "../../src/app/list-exhibits.ts";
import { openContext } from "../../src/app/open-record.ts";
import { openRecord, rebuildIndex } from "../../src/app/record.ts";
import { verifyFile } from "../../src/app/verify-file.ts";
import { meaningOf } from "../../src/verify/meaning.ts";
import { foundedHouse, good } from "./house.ts";
import { POST, sealActs, sealPosts } from "./sealed-exhibits.ts";

const SAMPLE = { ...POST, url: "http://sample.placard.invalid/p/1", sample: true } as const;

interface Row {
  readonly id: string;
  readonly sample: boolean;
}

test("a sample is marked in lists, in its proof and on its placard, and is in no count, chart or case", async () => {
  await using house = await foundedHouse();
  const cookie = house.cookies.owner;
  const [real = "", sample = ""] = await sealPosts(house.folder, [POST, { ...SAMPLE, case: "Spring" }]);
  const told = async (path: string) => (await (await good(await house.ask(path, { cookie }))).json()) as never;
  const { exhibits } = (await told("/api/exhibits")) as { exhibits: readonly Row[] };
  assert.deepEqual(
    exhibits.map(({ id, sample: marked }) => [id, marked]),
    [
      [sample, true],
      [real, false],
    ],
  );
  assert.equal(((await told("/api/exhibits/counts")) as { total: number }).total, 1);
  const { weeks } = (await told("/api/exhibits/charts")) as { weeks: readonly { count: number }[] };
  assert.equal(
    weeks.reduce((sum, { count }) => sum + count, 0),
    1,
  );
  assert.deepEqual(((await told("/api/cases")) as { cases: readonly unknown[] }).cases, []);
  const preview = await house.house.record().looking.preview([sample, real], { size: "A3" });
  assert.equal(preview.match(/class="mark"/g)?.length, 2);
  assert.equal(preview.match(/Draft, not for the public/g)?.length, 1);
  assert.equal(preview.match(/Sample, no evidence/g)?.length, 1);
  const lines = await text(listExhibits(house.folder, { json: false }));
  assert.equal(lines.match(/SAMPLE, no evidence/g)?.length, 1);
  const folder = await mkdtemp(join(tmpdir(), "placard-sample-"));
  try {
    const file = join(folder, "sample.placard");
    const [bare = ""] = await sealActs(house.folder, [SAMPLE]);
    await assert.rejects(house.house.record().export(bare, file, ["sample"]), /never withheld/);
    await house.house.record().export(bare, file);
    await assert.rejects(
      house.house.record().import(file, { from: "another group" }),
      /sample, and evidence of nothing/,
    );
    assert.match(meaningOf(await verifyFile(file))[0] ?? "", /evidence of nothing/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("removed, nothing of it is left in any list, after a rebuild neither; what is real stays, and the record holds", async () => {
  await using house = await foundedHouse();
  const cookie = house.cookies.organiser;
  const [real] = await sealPosts(house.folder, [POST, SAMPLE, { ...SAMPLE, url: "http://sample.placard.invalid/p/2" }]);
  const state = async (method: string) => {
    const answer = await good(await house.ask("/api/sample", { method, cookie }));
    return (await answer.json()) as { state: string; exhibits: readonly string[] };
  };
  assert.equal((await state("GET")).exhibits.length, 2);
  const twice = await house.ask("/api/sample", { method: "POST", cookie });
  assert.equal(twice.status, 409, "one at a time");
  const gone = await state("DELETE");
  assert.deepEqual([gone.state, gone.exhibits], ["none", []]);
  assert.equal((await state("DELETE")).state, "none", "safe to repeat");
  const ids = async (): Promise<readonly string[]> => {
    const answer = await good(await house.ask("/api/exhibits", { cookie }));
    return ((await answer.json()) as { exhibits: readonly Row[] }).exhibits.map(({ id }) => id);
  };
  assert.deepEqual(await ids(), [real]);
  await rebuildIndex(house.folder);
  assert.deepEqual(await ids(), [real]);
  const lines = (await text(listExhibits(house.folder, { json: true }))).trim().split("\n");
  assert.equal(lines.length, 1);
  await using record = await openRecord(house.folder);
  const audit = await record.audit();
  assert.equal(audit.verdict, "holds", JSON.stringify(audit.findings));
});

test("nobody can have a link of theirs taken for the sample, or reach this machine by it", async () => {
  await using house = await foundedHouse();
  const asked = await house.ask("/api/captures", {
    method: "POST",
    cookie: house.cookies.owner,
    json: { links: ["https://townsquare.example/p/1"], sample: true },
  });
  assert.equal(asked.status, 400);
  const [sample = ""] = await sealPosts(house.folder, [SAMPLE]);
  await using opened = await openContext(house.folder);
  const { recaptureExhibit } = await import("../../src/app/recapture-exhibit.ts");
  await assert.rejects(recaptureExhibit(opened.context, sample), /is a sample/);
});
