/** Whoever is killed while capturing, sealing, attesting, erasing or rebuilding: nothing acknowledged is lost, the next open is clean. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { killsAtLength } from "../fuzz-time.ts";
import { testSigner } from "../note-keys.ts";
import { opensslMissing, startTimestampAuthority, type TimestampAuthority } from "../timestamp-authority.ts";
import { startWitness } from "../witness-server.ts";
import { killRuns } from "./kill.ts";
import { TroubledRecord } from "./record-check.ts";

const script = join(import.meta.dirname, "record-worker.ts");
const noOpenssl = opensslMissing();
const SEED = Number(process.env["PLACARD_SEED"] ?? Date.now() % 1_000_000);
let authority: TimestampAuthority | undefined;

before(async () => {
  if (!noOpenssl) authority = await startTimestampAuthority({ key: "ec" });
});
after(() => authority?.[Symbol.asyncDispose]());

interface Lane {
  readonly kills: number;
  /** A new record after this many: recovery after recovery is wanted, and a record that is quick to check. */
  readonly perRecord: number;
  readonly children: number;
  readonly seed: number;
}

async function lane({ kills, perRecord, children, seed }: Lane): Promise<{ acknowledged: number; lines: number }> {
  let acknowledged = 0;
  let lines = 0;
  for (let done = 0; done < kills; done += perRecord) {
    await using record = await TroubledRecord.make();
    await using witness = await startWitness(testSigner("witness.example/w", 9, 4), [record.vkey]);
    const timestampAuthorities = authority === undefined ? [] : [{ name: "Invented", url: authority.url }];
    await record.configure({ timestampAuthorities, witnesses: [{ vkey: witness.vkey, url: witness.url }] });
    for (let kill = 0; kill < Math.min(perRecord, kills - done); kill++) {
      const order = `${seed}-${done + kill}`;
      const args = [record.folder, record.inputs, order, authority === undefined ? "no" : "yes"];
      const check = (said: readonly string[]): Promise<void> => record.check(said);
      try {
        // Every second one is sure to have acknowledged an exhibit.
        const often = { after: () => kill % 2, counting: '"captured"' };
        const plan = { script, args, children, longest: 600, ...often, check };
        lines += (await killRuns(1, plan)).acknowledged;
      } catch (error) {
        throw new Error(`seed ${order}, kill ${kill} of this record: ${(error as Error).message}`, { cause: error });
      }
    }
    acknowledged += record.acknowledged;
  }
  return { acknowledged, lines };
}

const plans = [
  { lanes: 3, kills: killsAtLength(60), perRecord: 20, children: 1 },
  { lanes: 2, kills: killsAtLength(40), perRecord: 20, children: 2 },
];

for (const { lanes, kills, perRecord, children } of plans) {
  const total = lanes * kills * children;
  test(`${total} kills of ${children === 1 ? "one process" : "two processes at once"} at work on a record`, async (t) => {
    const running = Array.from({ length: lanes }, (_, i) => lane({ kills, perRecord, children, seed: SEED + i }));
    const totals = await Promise.all(running);
    const acknowledged = totals.reduce((sum, each) => sum + each.acknowledged, 0);
    t.diagnostic(`${total} kills, ${acknowledged} exhibits acknowledged, 0 lost (seed ${SEED})`);
    assert.ok(acknowledged > 0);
  });
}
