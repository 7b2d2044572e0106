import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { withLocalStorage } from "../../../test/local-storage.ts";
import { newKey } from "../offline/kept-files.ts";
import { countKept, isRefusal, send, sendKept } from "./outbox.ts";

const stored = withLocalStorage();
afterEach(() => mock.restoreAll());

/** Every request is answered so, 0 being no answer at all; returns the keys that were sent. */
function answering(status: number): readonly string[] {
  const keys: string[] = [];
  mock.method(globalThis, "fetch", async (_: unknown, init?: RequestInit) => {
    keys.push((JSON.parse(String(init?.body)) as { readonly key: string }).key);
    if (status === 0) throw new TypeError("no network");
    return Response.json({}, { status });
  });
  return keys;
}

const entry = (actor: string) => ({ key: newKey(), actor, text: "https://example.org/1\n\nhttps://example.org/2" });

test("only what is wrong with the links themselves is forgotten; all else is kept, and sent again under its key", async () => {
  for (const status of [400, 409, 413, 422]) {
    answering(status);
    await assert.rejects(send(entry("me")), isRefusal);
    assert.equal(countKept("me"), 0, String(status));
  }
  for (const status of [0, 401, 403, 404, 429, 500, 503, 507]) {
    stored.clear();
    const sent = entry("me");
    answering(status);
    await assert.rejects(send(sent), (error) => !isRefusal(error));
    assert.equal(countKept("me"), 2, String(status));
    const keys = answering(202);
    await sendKept("me");
    assert.deepEqual(keys, [sent.key]);
    assert.equal(countKept("me"), 0, String(status));
  }
});

test("what a member left on the device is not another's to send", async () => {
  answering(0);
  const [hers, his] = [entry("her"), entry("him")];
  for (const sent of [hers, his]) await assert.rejects(send(sent));
  const keys = answering(202);
  await sendKept("him");
  assert.deepEqual(keys, [his.key]);
  assert.deepEqual([countKept("her"), countKept("him")], [2, 0]);
});
