import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Commit, CommitPoint } from "../../src/ledger/backend.ts";
import { isPlacardError } from "../../src/lib/error.ts";

export interface CommitPointFixture extends AsyncDisposable {
  /** Another handle on the same store, as another process would have. */
  open(): CommitPoint;
}

export function commitOf(size: number, fill = size, time = size): Commit {
  return { size, root: new Uint8Array(32).fill(fill), checkpoint: `hollow-lane.example\n${size}\n`, time };
}

/** What every CommitPoint promises; each implementation runs it. */
export function commitPointContract(name: string, newStore: () => Promise<CommitPointFixture>): void {
  describe(`commit point: ${name}`, () => {
    test("nothing is committed at first", async () => {
      await using store = await newStore();
      await using point = closing(store.open());
      assert.equal(await point.read(), undefined);
      await point.exclusively(async (committed) => ({ result: assert.equal(committed, undefined) }));
      assert.equal(await point.read(), undefined);
    });

    test("a commit is read back whole by every handle, also a new one", async () => {
      await using store = await newStore();
      await using one = closing(store.open());
      await using other = closing(store.open());
      const commit = { ...commitOf(3), time: 1_753_000_000_123 };
      assert.equal(await one.exclusively(async () => ({ commit, result: "done" })), "done");
      await using late = closing(store.open());
      for (const point of [one, other, late]) assert.deepEqual(await point.read(), commit);
      await other.exclusively(async (committed) => ({ result: assert.deepEqual(committed, commit) }));
    });

    test("a commit outlives every handle", async () => {
      await using store = await newStore();
      const point = store.open();
      await point.exclusively(async () => ({ commit: commitOf(1), result: undefined }));
      await point.close();
      await point.close();
      await using again = closing(store.open());
      assert.deepEqual(await again.read(), commitOf(1));
    });

    test("where the work throws, its error comes through, nothing is committed, and the lock is free", async () => {
      await using store = await newStore();
      await using point = closing(store.open());
      const failure = new Error("the work failed");
      await assert.rejects(
        point.exclusively(() => Promise.reject(failure)),
        failure,
      );
      assert.equal(await point.read(), undefined);
      await point.exclusively(async () => ({ commit: commitOf(1), result: undefined }), 500);
      assert.equal((await point.read())?.size, 1);
    });

    test("what may not follow is refused as inconsistent, and changes nothing", async () => {
      await using store = await newStore();
      await using point = closing(store.open());
      await point.exclusively(async () => ({ commit: commitOf(5), result: undefined }));
      for (const wrong of [commitOf(4, 4, 9), commitOf(5, 6, 9), commitOf(6, 6, 4)]) {
        await assert.rejects(
          point.exclusively(async () => ({ commit: wrong, result: undefined })),
          (error) => isPlacardError(error, "inconsistent"),
        );
        assert.deepEqual(await point.read(), commitOf(5));
      }
      await point.exclusively(async () => ({ commit: commitOf(5, 5, 6), result: undefined }));
      assert.equal((await point.read())?.time, 6);
    });

    test("one at a time, across handles: no increment is lost", async () => {
      await using store = await newStore();
      await using one = closing(store.open());
      await using other = closing(store.open());
      let inside = 0;
      const increment = (point: CommitPoint) =>
        point.exclusively(async (committed) => {
          assert.equal(++inside, 1, "two were inside at once");
          await sleep(Math.random() * 2);
          inside--;
          return { commit: commitOf((committed?.size ?? 0) + 1), result: undefined };
        });
      await Promise.all(Array.from({ length: 30 }, (_, i) => increment(i % 2 === 0 ? one : other)));
      assert.equal((await one.read())?.size, 30);
    });

    test("readers do not wait for the lock, and see only what is committed", async () => {
      await using store = await newStore();
      await using one = closing(store.open());
      await using other = closing(store.open());
      await one.exclusively(async () => ({ commit: commitOf(1), result: undefined }));
      await one.exclusively(async () => {
        for (const point of [one, other]) assert.equal((await point.read())?.size, 1);
        return { commit: commitOf(2), result: undefined };
      });
      for (const point of [one, other]) assert.equal((await point.read())?.size, 2);
    });

    test("busy after the patience given, and free again later", async () => {
      await using store = await newStore();
      await using one = closing(store.open());
      await using other = closing(store.open());
      const { promise: end, resolve: finish } = Promise.withResolvers<void>();
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      const held = one.exclusively(async () => {
        begin();
        await end;
        return { result: undefined };
      });
      await begun;
      for (const point of [one, other]) {
        const started = performance.now();
        await assert.rejects(
          point.exclusively(async () => ({ result: assert.fail("it was let in") }), 60),
          (error) => isPlacardError(error, "busy"),
        );
        const waited = performance.now() - started;
        assert.ok(waited >= 50 && waited < 5_000, `waited ${waited} ms`);
      }
      finish();
      await held;
      await other.exclusively(async () => ({ commit: commitOf(1), result: undefined }));
      assert.equal((await one.read())?.size, 1);
    });

    test("one that appends without pause does not keep another out", async () => {
      await using store = await newStore();
      await using greedy = closing(store.open());
      await using other = closing(store.open());
      const stop = new AbortController();
      const run = (async () => {
        while (!stop.signal.aborted) await greedy.exclusively(async () => ({ result: await sleep(1) }));
      })();
      await sleep(20);
      try {
        await other.exclusively(async () => ({ result: undefined }), 5_000);
      } finally {
        stop.abort();
        await run;
      }
    });
  });
}

function closing(point: CommitPoint): CommitPoint & AsyncDisposable {
  return {
    read: () => point.read(),
    exclusively: (work, patience) => point.exclusively(work, patience),
    close: () => point.close(),
    [Symbol.asyncDispose]: () => point.close(),
  };
}
