/** What every place holds to that a site is published to. Run by e2e/site-targets.test.ts for each of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MANIFEST, parseManifest } from "../../src/app/publish/manifest.ts";
import { preparePublishing } from "../../src/app/publish/publish.ts";
import { buildStage, type Stage } from "../../src/app/publish/stage.ts";
import type { Target } from "../../src/app/publish/target.ts";
import { fromUtf8, utf8 } from "../../src/lib/bytes.ts";
import { exhibitFolder, proofPath } from "../../src/show/site/addresses.ts";
import { type InventedSite, idOf, inventedSite, timeOf } from "../site-fixture.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface TargetUnderTest {
  /** A place of its own for each test. */
  open(place: string): Promise<Target>;
  /** The file as whoever visits the place meets it. */
  visit(place: string, path: string): Promise<Uint8Array | undefined>;
  /** Every path that is met there. */
  list(place: string): Promise<readonly string[]>;
}

const WITHDRAWN = { at: timeOf(900), because: "private-person" } as const;

export function siteTargetContract(name: string, under: TargetUnderTest): void {
  let places = 0;

  async function ground() {
    const folder = await temporaryFolder();
    const place = `place-${process.pid}-${places++}`;
    let ledger = utf8("checkpoint 1\n");
    return {
      folder,
      place,
      grow: (text: string) => {
        ledger = utf8(text);
      },
      stage: (site: InventedSite): Promise<Stage> =>
        buildStage(folder, inventedSite(site), {
          verifyPage: new Map([["index.html", utf8("the page that checks")]]),
          asTheyAre: [{ path: "ledger/checkpoint", isFixed: false, read: async () => ledger }],
        }),
      publish: async (stage: Stage, undo = false) => {
        await using target = await under.open(place);
        const publishing = await preparePublishing({ folder, target, stage, undo });
        await publishing.go();
        return publishing;
      },
      text: async (path: string) => fromUtf8((await under.visit(place, path)) ?? utf8("nothing"), path),
    };
  }

  /** What is met is what the manifest says, and nothing else. */
  async function assertWhole(place: string, stage: Stage): Promise<void> {
    const manifest = parseManifest((await under.visit(place, MANIFEST)) ?? utf8(""));
    assert.deepEqual(manifest.changing, []);
    assert.deepEqual([...manifest.files].toSorted(), [...stage.manifest.files].toSorted());
    assert.deepEqual((await under.list(place)).toSorted(), [...stage.manifest.files.keys(), MANIFEST].toSorted());
    for (const [path, [, sha256]] of stage.manifest.files) {
      const met = await under.visit(place, path);
      assert.deepEqual(met && Buffer.from(met), Buffer.from(await stage.bytesOf(sha256)), path);
    }
  }

  test(`${name}: what is published is met there, file by file, and nothing else`, async () => {
    const { place, stage, publish } = await ground();
    const first = await stage({ exhibits: 4 });
    const { plan } = await publish(first);
    assert.equal(plan.added.length, first.manifest.files.size);
    await assertWhole(place, first);
    assert.equal((await publish(first)).isCurrent, true);
    const second = await stage({ exhibits: 5 });
    const grown = await publish(second);
    assert.ok(grown.plan.added.includes(proofPath(idOf(4))));
    assert.ok(grown.plan.same > 0 && grown.plan.removed.length === 0);
    await assertWhole(place, second);
  });

  test(`${name}: an undo goes back to what was shown before, but for the ledger and what was withdrawn since`, async () => {
    const { place, stage, publish, grow, text } = await ground();
    const early = await stage({ exhibits: 3 });
    await publish(early);
    grow("checkpoint 2\n");
    const late = await stage({ exhibits: 4, changed: new Map([[1, { withdrawn: WITHDRAWN }]]) });
    await publish(late);
    await assertWhole(place, late);
    await publish(late, true);
    const paths = await under.list(place);
    assert.ok(!paths.some((path) => path.startsWith(exhibitFolder(idOf(3)))), "what came later is gone");
    assert.equal(await text("ledger/checkpoint"), "checkpoint 2\n");
    assert.ok(!paths.includes(proofPath(idOf(1))), "the proof of what was withdrawn does not come back");
    assert.match(await text(`${exhibitFolder(idOf(1))}index.html`), /A private person could be recognised/);
    assert.match(await text(`${exhibitFolder(idOf(0))}index.html`), /Post 0/);
    await assert.rejects(publish(late, true), { code: "usage" });
    await publish(late);
    await assertWhole(place, late);
  });

  test(`${name}: stopped at any step, the next run finishes it`, async () => {
    const { folder, place, stage, publish } = await ground();
    await publish(await stage({ exhibits: 2 }));
    const wanted = await stage({ exhibits: 3, changed: new Map([[0, { withdrawn: WITHDRAWN }]]) });
    let steps = 0;
    for (let stopAt = 0; stopAt < 1000; stopAt += 7) {
      await using target = await under.open(place);
      let step = 0;
      const publishing = await preparePublishing({ folder, target, stage: wanted });
      const stopped = await publishing
        .go(() => {
          if (step++ === stopAt) throw new TypeError("stopped here");
        })
        .then(
          () => false,
          () => true,
        );
      if (!stopped) break;
      steps++;
    }
    assert.ok(steps > 1);
    await assertWhole(place, wanted);
  });
}
