/** A site of ten thousand exhibits, each with a picture and a proof, built and published to a folder: from nothing, and with one more. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFolderTarget } from "../src/app/publish/folder-target.ts";
import { preparePublishing } from "../src/app/publish/publish.ts";
import { buildStage } from "../src/app/publish/stage.ts";
import { utf8 } from "../src/lib/bytes.ts";
import { inventedPicture, inventedSite } from "../test/site-fixture.ts";
import { median, type Row } from "./row.ts";

const EXHIBITS = 10_000;
const AGAIN = 3;
const LIMITS = { full: 60, again: 3 };

export async function bench(): Promise<readonly Row[]> {
  const root = await mkdtemp(join(tmpdir(), "placard-bench-site-"));
  try {
    const picture = await inventedPicture(128);
    const publish = async (exhibits: number): Promise<number> => {
      const started = performance.now();
      const folder = join(root, "site");
      const stage = await buildStage(folder, inventedSite({ exhibits, picture }), {
        verifyPage: new Map([["index.html", utf8("the page that checks")]]),
        asTheyAre: [],
      });
      await using target = await openFolderTarget(join(root, "public"));
      await (await preparePublishing({ folder, target, stage })).go();
      return (performance.now() - started) / 1000;
    };
    const full = await publish(EXHIBITS);
    const again: number[] = [];
    for (let i = 1; i <= AGAIN; i++) again.push(await publish(EXHIBITS + i));
    const row = (name: string, value: number, limit: number): Row => ({
      name,
      value,
      unit: "s",
      limit: `< ${limit} s`,
      holds: value < limit,
    });
    const count = EXHIBITS.toLocaleString("en");
    return [
      row(`publishing a site of ${count} exhibits to a folder`, full, LIMITS.full),
      row("the same with one exhibit more", median(again), LIMITS.again),
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
