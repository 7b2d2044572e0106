import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { onTheWay, STEPS } from "../../../test/server/on-the-way.ts";
import { POST, sealPosts } from "../../../test/server/sealed-exhibits.ts";
import { initRecord } from "../init-record.ts";
import { openContext } from "../open-record.ts";
import { openRecord } from "../record.ts";
import { publishedExhibits } from "./published.ts";

test("what was ever public is told with what is public of it now, and nothing that never was", async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-published-"));
  try {
    await initRecord(folder, { name: "Hollow Lane Residents" });
    const ids = await sealPosts(folder, [...STEPS.map(() => POST), POST]);
    await using record = await openRecord(folder);
    const way = await onTheWay(record, ids);
    await record.publications.take(
      way.confirmed.id,
      { act: "confirmed", ...(way.confirmed.json as { correction: string }) },
      "actor-y",
    );
    await record.publications.take(way.withdrawn.id, { act: "withdrawn", because: "mistake" }, "actor-z");
    await using opened = await openContext(folder);
    const told = async () =>
      (await publishedExhibits(opened.context)).map(({ id, shown, withdrawn, erasedAt, corrections }) => [
        id,
        shown?.note.text !== undefined,
        withdrawn?.because,
        erasedAt !== undefined,
        corrections.length,
      ]);
    assert.deepEqual(await told(), [
      [way.corrected.id, true, undefined, false, 0],
      [way.confirmed.id, true, undefined, false, 1],
      [way.withdrawn.id, false, "mistake", false, 0],
    ]);
    await record.erase(way.corrected.id, "asked for");
    assert.deepEqual((await told())[0], [way.corrected.id, false, undefined, true, 0]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
