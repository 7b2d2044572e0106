import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  assertProofs,
  assertSound,
  create,
  diskPlace,
  entriesOf,
  entryNamed,
  memoryPlace,
  newClock,
  newSigner,
  open,
  type Place,
} from "../../test/faults/place.ts";
import { equal, fromUtf8, toBase64, toHex } from "../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import type { CommitPoint, LedgerBackend } from "./backend.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { leafHash, verifyInclusion } from "./merkle.ts";
import { tilePath, tilesForSize } from "./tile.ts";

const signer = newSigner();
const sealing = (name: string) => () => ({ entry: entryNamed(name), item: undefined });
const cosignature = `— witness.example ${toBase64(new Uint8Array(76).fill(7))}`;
const broken = (): never => {
  throw new PlacardError("usage", "This one cannot be sealed.");
};
const hasCode = (code: PlacardError["code"]) => (error: unknown) => isPlacardError(error, code);

const places: readonly (readonly [string, () => Promise<Place>])[] = [
  ["disk", () => diskPlace()],
  ["memory", memoryPlace],
];

for (const [name, newPlace] of places) {
  describe(`log: ${name}`, () => {
    test("a new log is empty, signed and published", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      await using log = await open(place, { signer });
      assert.deepEqual(await assertSound(place, log, signer.vkey), []);
    });

    test("there is no log until one is made, and it is made once", async () => {
      await using place = await newPlace();
      await assert.rejects(open(place, { signer }), hasCode("not_found"));
      await create(place, { signer });
      await assert.rejects(create(place, { signer }), hasCode("conflict"));
    });

    test("an entry is committed, published and proved when its append resolves", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      await using log = await open(place, { signer });
      const receipt = await log.append(sealing("a"));
      assert.equal(receipt.index, 0);
      assert.equal(receipt.size, 1);
      const { root } = openCheckpoint(receipt.checkpoint, signer.vkey);
      const proof = await log.inclusionProof(0, 1);
      verifyInclusion({ index: 0, size: 1, leaf: leafHash(entryNamed("a")), root, proof });
      assert.equal(fromUtf8((await place.backend().get("checkpoint")) as Uint8Array), receipt.checkpoint);
      await assertSound(place, log, signer.vkey);
    });

    test("appends made together share a commit and keep their order; one in flight makes the others wait", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      const commits: number[] = [];
      await using log = await open<string>(place, {
        signer,
        beforeCommit: async (_, items) => void commits.push(items.length),
      });
      const append = (item: string) => log.append(() => ({ entry: entryNamed(item), item }));
      const names = Array.from({ length: 40 }, (_, i) => `together ${i}`);
      const receipts = await Promise.all(names.map(append));
      assert.deepEqual(
        receipts.map(({ index }) => index),
        names.map((_, i) => i),
      );
      assert.deepEqual(commits, [40]);
      const [first, ...later] = names.map((name) => append(`${name} again`));
      await first;
      await Promise.all(later);
      assert.deepEqual(commits, [40, 40]);
      assert.equal((await log.head()).size, 80);
    });

    test("a batch is one commit of consecutive indexes, or nothing", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      await using log = await open(place, { signer });
      assert.deepEqual(await log.appendBatch([]), []);
      const receipts = await log.appendBatch(["a", "b", "c"].map(sealing));
      assert.deepEqual(
        receipts.map(({ index, size }) => [index, size]),
        [
          [0, 3],
          [1, 3],
          [2, 3],
        ],
      );
      await assert.rejects(log.appendBatch([sealing("d"), broken]), hasCode("usage"));
      await assert.rejects(log.appendBatch(Array.from({ length: 4097 }, () => sealing("e"))), hasCode("too_large"));
      assert.equal((await log.head()).size, 3);
    });

    test("grows through full tiles, drops the partials, and proves every size on the way", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      await using log = await open(place, { signer });
      const sizes = [0, 1, 255, 256, 257, 512, 700];
      for (const [i, size] of sizes.entries()) {
        const before = sizes[i - 1] ?? 0;
        await log.appendBatch(Array.from({ length: size - before }, (_, k) => sealing(`${before + k}`)));
        await assertSound(place, log, signer.vkey);
        if (size > 0)
          for (const index of [0, before, size - 1]) if (index < size) await assertProofs(log, index, before);
      }
      for (const size of sizes.filter((size) => size > 0)) {
        const root = await log.rootAt(size);
        for (const index of [0, size - 1]) {
          const leaf = leafHash(entryNamed(String(index)));
          verifyInclusion({ index, size, leaf, root, proof: await log.inclusionProof(index, size) });
        }
      }
      await log.close();
      const expected = new Set([
        "checkpoint",
        ...tilesForSize(700).map(({ level, n, width }) => tilePath(level, n, width)),
        "tile/0/000",
        "tile/0/001",
        "tile/1/000.p/1",
        "tile/1/000.p/2",
        "tile/entries/000",
        "tile/entries/001",
        "tile/entries/002.p/188",
      ]);
      assert.deepEqual(new Set(await place.backend().list("")), expected);
    });

    test("make is handed the time of the commit; order and time agree", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      await using log = await open(place, { signer });
      let given = 0;
      const receipt = await log.append((time) => {
        given = time;
        return sealing("a")();
      });
      assert.equal(receipt.time, given);
      assert.equal((await log.head()).time, given);
    });

    test("one that cannot be made fails alone", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      await using log = await open(place, { signer });
      const failure = new Error("no seal");
      const outcomes = await Promise.allSettled([
        log.append(sealing("a")),
        log.append(() => {
          throw failure;
        }),
        log.append(() => ({ entry: new Uint8Array(31), item: undefined })),
        log.append(sealing("b")),
      ]);
      assert.deepEqual(
        outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value.index : outcome.reason.message)),
        [0, "no seal", "A ledger entry is 32 bytes, not 31.", 1],
      );
      await assertSound(place, log, signer.vkey);
    });

    test("one whose private half is refused fails alone, though it shared a commit", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      await using log = await open<string>(place, {
        signer,
        beforeCommit: async (_, items) => {
          if (items.includes("bad")) throw new PlacardError("not_found", "A blob is missing.");
        },
      });
      const append = (item: string) => log.append(() => ({ entry: entryNamed(item), item }));
      const outcomes = await Promise.allSettled(["a", "bad", "b"].map(append));
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ["fulfilled", "rejected", "fulfilled"],
      );
      assert.deepEqual(
        (await assertSound(place, log, signer.vkey)).map(toHex),
        ["a", "b"].map((n) => toHex(entryNamed(n))),
      );
    });

    test("a clock set back is refused, and right again goes on", async () => {
      await using place = await newPlace();
      const clock = newClock();
      await create(place, { signer, clock });
      await using log = await open(place, { signer, clock });
      await log.append(sealing("a"));
      const { time } = clock;
      clock.time -= 60_000;
      await assert.rejects(log.append(sealing("b")), hasCode("clock_behind"));
      clock.time = time;
      assert.equal((await log.append(sealing("c"))).index, 1);
      await assertSound(place, log, signer.vkey);
    });

    test("cosignatures are added to the published checkpoint of their size only, once, and outlive opening", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      await using log = await open(place, { signer });
      const { checkpoint } = await log.append(sealing("a"));
      assert.equal(await log.publish(1, [cosignature, cosignature]), true);
      assert.equal(await log.publish(1, [cosignature]), true);
      assert.equal(await log.publish(0, [cosignature]), false);
      await assert.rejects(log.publish(1, ["no signature line"]), hasCode("malformed"));
      const published = async () => fromUtf8((await place.backend().get("checkpoint")) as Uint8Array);
      assert.equal(await published(), `${checkpoint}${cosignature}\n`);
      await using again = await open(place, { signer });
      assert.equal(await published(), `${checkpoint}${cosignature}\n`);
      const { checkpoint: next } = await again.append(sealing("b"));
      assert.equal(await published(), next);
    });

    test("asking past what is committed is refused", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      await using log = await open(place, { signer });
      await log.append(sealing("a"));
      await assert.rejects(log.rootAt(2), hasCode("usage"));
      await assert.rejects(log.inclusionProof(1), hasCode("usage"));
      await assert.rejects(log.consistencyProof(1, 2), hasCode("usage"));
      await assert.rejects(entriesOf(log, 2), hasCode("usage"));
    });

    test("closing waits for what is under way, and takes nothing more", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      await using log = await open(place, { signer });
      const pending = log.append(sealing("a"));
      await log.close();
      assert.equal((await pending).index, 0);
      await assert.rejects(log.append(sealing("b")), hasCode("usage"));
    });

    test("a slower process never publishes an older checkpoint over a newer one", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      const clock = newClock();
      await using quick = await open(place, { signer, clock });
      const inner = place.commitPoint();
      let calls = 0;
      const commitPoint: CommitPoint = {
        read: () => inner.read(),
        close: () => inner.close(),
        exclusively: async (work, patience) => {
          // Opening, the commit, and then its publication, before which the other overtakes.
          if (++calls === 3) {
            await quick.append(sealing("b"));
            await quick.publish(2, [cosignature]);
          }
          return inner.exclusively(work, patience);
        },
      };
      await using slow = await open(place, { signer, clock, commitPoint });
      assert.equal((await slow.append(sealing("a"))).size, 1);
      assert.equal(calls, 3);
      assert.equal((await assertSound(place, slow, signer.vkey)).length, 2);
      const published = fromUtf8((await place.backend().get("checkpoint")) as Uint8Array);
      assert.ok(published.endsWith(`${cosignature}\n`), "a cosignature was lost");
    });

    test("the lock is not let go while a write is under way, though another has failed", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      const inner = place.backend();
      let under = 0;
      const backend: LedgerBackend = {
        ...inner,
        put: async (path, bytes) => {
          if (path.startsWith("tile/entries/")) throw new PlacardError("storage", "Made to fail.");
          under++;
          await sleep(30);
          await inner.put(path, bytes);
          under--;
        },
      };
      const real = place.commitPoint();
      const commitPoint: CommitPoint = {
        read: () => real.read(),
        close: () => real.close(),
        exclusively: (work, patience) =>
          real.exclusively((found) => work(found).finally(() => assert.equal(under, 0)), patience),
      };
      await using log = await open(place, { signer, backend, commitPoint });
      await assert.rejects(log.append(sealing("a")), hasCode("storage"));
    });

    test("two that append at once lose nothing and share one history", async () => {
      await using place = await newPlace();
      await create(place, { signer });
      const clock = newClock();
      await using one = await open(place, { signer, clock });
      await using other = await open(place, { signer, clock });
      const receipts = await Promise.all(
        Array.from({ length: 60 }, async (_, i) => ({
          name: `${i}`,
          ...(await (i % 2 === 0 ? one : other).append(sealing(`${i}`))),
        })),
      );
      for (let i = 0; i < 6; i++) {
        const log = i % 2 === 0 ? one : other;
        receipts.push({ name: `later ${i}`, ...(await log.append(sealing(`later ${i}`))) });
      }
      const entries = await assertSound(place, one, signer.vkey);
      assert.equal(entries.length, 66);
      for (const { index, name } of receipts) assert.ok(equal(entries[index] as Uint8Array, entryNamed(name)), name);
    });
  });
}
