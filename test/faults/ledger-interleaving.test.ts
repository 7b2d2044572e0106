/** Two logs over one store, used in any order and at once: one history, every proof of it holds. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { openCheckpoint } from "../../src/ledger/checkpoint.ts";
import type { Log, Receipt } from "../../src/ledger/log.ts";
import { equal, toHex } from "../../src/lib/bytes.ts";
import {
  assertProofs,
  assertSound,
  create,
  diskPlace,
  entryNamed,
  memoryPlace,
  naiveRoot,
  newClock,
  newSigner,
  open,
  type Place,
} from "./place.ts";

const signer = newSigner();
const scale = process.env["PLACARD_DEEP"] === "1" ? 20 : 1;

interface Step {
  readonly who: 0 | 1;
  readonly action: "append" | "reopen";
  readonly count: number;
  /** Whether the next step waits for this one. */
  readonly wait: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom(0, 1),
  action: fc.oneof(
    { weight: 8, arbitrary: fc.constant("append" as const) },
    { weight: 1, arbitrary: fc.constant("reopen" as const) },
  ),
  count: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 300 }) },
  ),
  wait: fc.boolean(),
});

/** Does the steps and returns what was acknowledged, by the name of the entry. */
async function run(place: Place, steps: readonly Step[]): Promise<ReadonlyMap<string, Receipt>> {
  const clock = newClock();
  const logs: Log<undefined>[] = [await open(place, { signer, clock }), await open(place, { signer, clock })];
  const acknowledged = new Map<string, Receipt>();
  const pending = new Set<Promise<void>>();
  try {
    for (const [i, { who, action, count, wait }] of steps.entries()) {
      const log = logs[who] as Log<undefined>;
      if (action === "reopen") {
        await log.close();
        logs[who] = await open(place, { signer, clock });
        continue;
      }
      const names = Array.from({ length: count }, (_, k) => `${i}/${k}`);
      const work = log
        .appendBatch(names.map((name) => () => ({ entry: entryNamed(name), item: undefined })))
        .then((receipts) => receipts.forEach((receipt, k) => acknowledged.set(names[k] as string, receipt)));
      pending.add(work);
      if (wait) await work;
    }
    await Promise.all(pending);
  } finally {
    await Promise.allSettled(pending);
    for (const log of logs) await log.close();
  }
  return acknowledged;
}

async function assertOneHistory(place: Place, acknowledged: ReadonlyMap<string, Receipt>): Promise<void> {
  await using log = await open(place, { signer });
  const entries = await assertSound(place, log, signer.vkey);
  assert.equal(entries.length, acknowledged.size);
  const checkpoints = new Set<string>();
  let before = { index: -1, time: 0 };
  for (const [name, receipt] of [...acknowledged].toSorted(([, a], [, b]) => a.index - b.index)) {
    assert.ok(equal(entries[receipt.index] as Uint8Array, entryNamed(name)));
    assert.equal(receipt.index, before.index + 1);
    assert.ok(receipt.time >= before.time, "time and order differ");
    assert.ok(receipt.size > receipt.index);
    checkpoints.add(receipt.checkpoint);
    before = receipt;
  }
  for (const note of checkpoints) {
    const { size, root } = openCheckpoint(note, signer.vkey);
    assert.equal(toHex(naiveRoot(entries.slice(0, size))), toHex(root), `the checkpoint of size ${size}`);
  }
  const sizes = [...acknowledged.values()].map(({ size }) => size);
  for (const index of new Set([0, 255, 256, entries.length - 1])) {
    if (index >= 0 && index < entries.length) await assertProofs(log, index, sizes[index % sizes.length] as number);
  }
}

const places: readonly (readonly [string, () => Promise<Place>, number])[] = [
  ["memory", memoryPlace, 25],
  ["disk", () => diskPlace(), 12],
];

describe("two logs over one store have one history", () => {
  for (const [name, newPlace, runs] of places) {
    test(name, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
          await using place = await newPlace();
          await create(place, { signer });
          await assertOneHistory(place, await run(place, steps));
        }),
        { numRuns: runs * scale, interruptAfterTimeLimit: 3_000 * scale, markInterruptAsFailure: false },
      );
    });
  }
});
