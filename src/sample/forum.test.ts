import assert from "node:assert/strict";
import { test } from "node:test";
import { startForum } from "./forum.ts";

test("a post stands until it is deleted, and its replies without it", async () => {
  await using forum = await startForum();
  const url = forum.postUrl(forum.samplePost);
  const up = await fetch(url);
  assert.equal(up.status, 200);
  assert.match(await up.text(), /pack up and leave/);
  forum.deletePost(forum.samplePost);
  assert.equal((await fetch(url)).status, 410);
  const reply = await (await fetch(forum.postUrl("88214"))).text();
  assert.doesNotMatch(reply, /pack up and leave/);
  assert.equal((await fetch(`${forum.origin}/p/1`)).status, 404);
  assert.ok(forum.requests.includes(`/p/${forum.samplePost}`));
});

test("what stands in a page's data cannot end its script", async () => {
  await using forum = await startForum();
  const html = await (await fetch(forum.postUrl(forum.samplePost))).text();
  const [, data = ""] = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(html) ?? [];
  assert.equal(JSON.parse(data)["@type"], "DiscussionForumPosting");
});
