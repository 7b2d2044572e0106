import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { runPolitely } from "./polite-pool.ts";

const jobsOf = (hosts: readonly string[]) => hosts.map((host, at) => ({ host, at }));

test("never more at once than allowed, of all and of a host; a rest between a host's; every job once", async () => {
  const shape = fc.record({
    hosts: fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 }),
    atOnce: fc.integer({ min: 1, max: 4 }),
    perHost: fc.integer({ min: 1, max: 2 }),
  });
  const check = fc.asyncProperty(shape, async ({ hosts, atOnce, perHost }) => {
    const running = new Map<string, number>();
    const lastEnd = new Map<string, number>();
    const done: number[] = [];
    let now = 0;
    const gap = 5;
    await runPolitely(jobsOf(hosts), { atOnce, perHost, gap }, async ({ host, at }) => {
      assert.ok(++now <= atOnce);
      if (host !== "") {
        const here = (running.get(host) ?? 0) + 1;
        assert.ok(here <= perHost);
        // A millisecond is the timer's own.
        assert.ok(performance.now() - (lastEnd.get(host) ?? -100) >= gap - 1);
        running.set(host, here);
      }
      await sleep(2);
      now--;
      running.set(host, (running.get(host) ?? 1) - 1);
      lastEnd.set(host, performance.now());
      done.push(at);
      return undefined;
    });
    assert.deepEqual(
      done.toSorted((a, b) => a - b),
      hosts.map((_, at) => at),
    );
  });
  await fc.assert(check, { numRuns: 40 });
});

test("a job that asks for it is run again after its wait, its host left alone; others go on meanwhile", async () => {
  const order: string[] = [];
  await runPolitely(jobsOf(["slow", "slow", "other"]), { atOnce: 1, perHost: 1, gap: 0 }, async ({ at }, attempt) => {
    order.push(`${at}.${attempt}`);
    return at === 0 && attempt === 1 ? { after: 50 } : undefined;
  });
  assert.deepEqual(order, ["0.1", "2.1", "0.2", "1.1"]);
});

test("what a job throws starts no other, and those under way are awaited", async () => {
  const ended: number[] = [];
  const running = runPolitely(jobsOf(["a", "b", "c"]), { atOnce: 2, perHost: 1, gap: 0 }, async ({ at }) => {
    if (at === 0) throw new Error("the disk is full");
    await sleep(20);
    ended.push(at);
    return undefined;
  });
  await assert.rejects(running, /the disk is full/);
  assert.deepEqual(ended, [1]);
});

test("stopped while it waits for a host: at once", async () => {
  const stop = new AbortController();
  const started = performance.now();
  const running = runPolitely(
    jobsOf(["a", "a"]),
    { atOnce: 2, perHost: 1, gap: 60_000 },
    async () => {
      setTimeout(() => stop.abort(), 20);
      return undefined;
    },
    stop.signal,
  );
  await assert.rejects(running, { name: "AbortError" });
  assert.ok(performance.now() - started < 5_000);
});
