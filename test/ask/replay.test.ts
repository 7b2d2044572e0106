/** What is said of invented questions in public, moment by moment, held to what may be said: nothing false of anybody. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { foldQuestion } from "../../src/ask/fold.ts";
import { statusOf } from "../../src/ask/status.ts";
import { maySaySilence } from "./silence-oracle.ts";
import { actsBy, readThreads, type Thread } from "./threads.ts";

const threads = readThreads();
const HOUR = 3_600_000;

function saidAt(thread: Thread, at: number) {
  const question = foldQuestion(thread.questionId, actsBy(thread, at)) ?? assert.fail(thread.name);
  return statusOf(question, at);
}

test("there are at least sixty invented threads, each with something expected of it", () => {
  assert.ok(threads.length >= 60, `${threads.length}`);
  assert.equal(new Set(threads.map(({ name }) => name)).size, threads.length);
  assert.ok(threads.every(({ expected }) => expected.length > 0));
});

for (const thread of threads) {
  test(`thread ${thread.name}`, () => {
    for (const { at, code, text, beside } of thread.expected) {
      const status = saidAt(thread, at);
      const when = new Date(at).toISOString();
      assert.deepEqual(
        [status.code, status.said.text, status.beside.map((one) => one.text)],
        [code, text, beside],
        when,
      );
    }
  });
}

test("every three hours: silence is told only where a plain reading of the acts allows it, and no other word stands beside it", () => {
  let silent = 0;
  for (const thread of threads) {
    const from = thread.acts[0]?.sealedAt ?? 0;
    const to = Math.max(...thread.expected.map(({ at }) => at), ...thread.acts.map(({ sealedAt }) => sealedAt));
    for (let at = from; at <= to + 48 * HOUR; at += 3 * HOUR) {
      const { code } = saidAt(thread, at);
      if (code !== "noReply") continue;
      silent++;
      assert.ok(maySaySilence(actsBy(thread, at), at), `${thread.name} at ${new Date(at).toISOString()}`);
    }
  }
  assert.ok(silent > 300, `${silent}`);
});
