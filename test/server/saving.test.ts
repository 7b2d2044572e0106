/** Saving over the server: links with the real browser in its own process, and files that are handed in. */
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startForum } from "../../src/sample/forum.ts";
import { THREAD } from "../../src/sample/thread.ts";
import { type Asker, openPlace } from "./saving-place.ts";

interface Link {
  readonly item: string;
  readonly url: string;
  readonly state: string;
  readonly exhibit?: string;
  readonly reason?: string;
}
interface Batch {
  readonly batch: string;
  readonly actor: string;
  readonly links: readonly Link[];
}

let place: Awaited<ReturnType<typeof openPlace>>;
let forum: Awaited<ReturnType<typeof startForum>>;
before(async () => {
  place = await openPlace();
  forum = await startForum();
});
after(async () => {
  await place[Symbol.asyncDispose]();
  await forum.close();
});

const ids = THREAD.map(({ id }) => id);
const linksOf = async (asker: Asker): Promise<readonly Link[]> =>
  ((await (await asker.get("/api/captures")).json()) as { batches: readonly Batch[] }).batches.flatMap(
    ({ links }) => links,
  );
const DONE = ["sealed", "not-captured", "cancelled"];
async function whenDone(asker: Asker, items: readonly string[], patience = 90_000): Promise<readonly Link[]> {
  const until = performance.now() + patience;
  for (;;) {
    const links = (await linksOf(asker)).filter(({ item }) => items.includes(item));
    if (links.length === items.length && links.every(({ state }) => DONE.includes(state))) return links;
    assert.ok(performance.now() < until, `not done in time: ${JSON.stringify(links)}`);
    await sleep(100);
  }
}
async function errorOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

test("two links are saved, and one that is gone is not; who asked is sealed", async () => {
  const ann = place.as("contributor ann");
  forum.deletePost(ids[2] ?? "");
  const urls = [0, 1, 2].map((i) => forum.postUrl(ids[i] ?? ""));
  const answer = await ann.post("/api/captures", { links: urls, caseName: "Lane", note: "by the bins" });
  assert.equal(answer.status, 202);
  const asked = (await answer.json()) as Batch;
  assert.equal(asked.actor, "actor-ann");
  assert.deepEqual(
    asked.links.map(({ url, state }) => [url, state]),
    urls.map((url) => [url, "queued"]),
  );
  const done = await whenDone(
    ann,
    asked.links.map(({ item }) => item),
  );
  assert.deepEqual(
    done.map(({ state }) => state),
    ["sealed", "sealed", "not-captured"],
  );
  const detail = await place.house.record().show(done[0]?.exhibit ?? "");
  assert.equal(detail.fields["actor"], "actor-ann");
  assert.equal(detail.fields["case"], "Lane");
  assert.equal(detail.fields["url"], urls[0]);
  const again = await ann.post(`/api/captures/${done[0]?.item}/retry`);
  assert.equal(again.status, 409);
  assert.equal(await errorOf(await ann.post(`/api/captures/${done[2]?.item}/cancel`)), "conflict");
  assert.equal((await ann.post(`/api/captures/${done[2]?.item}/retry`)).status, 202);
  const [retried] = await whenDone(ann, [done[2]?.item ?? ""]);
  assert.equal(retried?.state, "not-captured");
});
