import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import type { JsonObject } from "../lib/json.ts";
import type { PlacardContent } from "../show/placard.ts";
import { initRecord } from "./init-record.ts";
import { type OpenedRecord, openContext } from "./open-record.ts";
import { contentOf, type Wanted } from "./placard-content.ts";
import { publicationsIn } from "./publication/publication.ts";
import { redactExhibit } from "./redact/redaction.ts";
import { seal } from "./seal.ts";

let folder: string;
let opened: OpenedRecord;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-content-"));
  await initRecord(folder, { name: "Hollow Lane Residents" });
  opened = await openContext(folder);
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const POST = {
  act: "captured",
  postText: "Pack up your lanterns.",
  postTextVisible: true,
  factSources: { postText: ["JSON-LD", "OpenGraph"] },
  title: "Old Fence Post on Townsquare",
  author: "Old Fence Post",
};

async function content(change: JsonObject, wanted: Wanted = {}): Promise<PlacardContent> {
  const { id } = await seal(opened.context, { ...POST, ...change });
  await opened.context.index.catchUp();
  return contentOf(opened.context, id, wanted, { n: 1, of: 1 });
}

test("the post's words are quoted, and no name is", async () => {
  const placard = await content({});
  assert.deepEqual(placard.quotation, [{ text: "Pack up your lanterns." }]);
  assert.equal(placard.preview, false);
  assert.doesNotMatch(JSON.stringify(placard), /Fence/);
});

test("a picture is printed where it is asked for, the post's own before the page's, and never a session's or a damaged one", async () => {
  const { vault } = opened.context;
  const [own, page] = [utf8("the post's pixels"), utf8("the page's pixels")];
  const blobs = {
    postPicture: { ...(await vault.putBlob([own], "image/png")) },
    screenshot: { ...(await vault.putBlob([page], "image/png")) },
  };
  assert.equal((await content(blobs)).screenshot, undefined);
  assert.deepEqual((await content(blobs, { picture: true })).screenshot, { png: own, of: "post" });
  const { screenshot } = blobs;
  assert.deepEqual((await content({ screenshot }, { picture: true })).screenshot, { png: page, of: "page" });
  await assert.rejects(content({ ...blobs, session: true }, { picture: true }), (error) =>
    isPlacardError(error, "usage"),
  );
  const lost = { screenshot: { ...screenshot, sha256: "0".repeat(64) } };
  await assert.rejects(content(lost, { picture: true }), (error) => isPlacardError(error, "mismatch"));
});

test("words that no reader of the page saw are not quoted, nor is its title, which names the poster", async () => {
  for (const act of [{ postTextVisible: false }, { postText: "" }]) {
    await assert.rejects(
      content(act),
      (error) => isPlacardError(error, "usage") && /--headline/.test(error.next ?? ""),
    );
    const placard = await content(act, { headline: "A lantern picture. Look." });
    assert.equal(placard.quotation, undefined);
    assert.doesNotMatch(JSON.stringify(placard), /Fence|Pack up/);
  }
});

test("words that only the page's preview has may have been cut there, and are not called whole", async () => {
  assert.equal((await content({ factSources: { postText: ["OpenGraph"] } })).preview, true);
});

test("without a headline it has one in the placard's language", async () => {
  assert.equal((await content({})).headline, "“Never seen it”? Look.");
  assert.equal((await content({}, { language: "he" })).headline, "״מעולם לא ראיתי״? תראו.");
});

test("a time is handed on as the page gave it, and whether that named a zone", async () => {
  const postedAt = "2026-03-14T21:07:00";
  const { postedAt: given, zoneless } = await content({ postedAt, timesWithoutZone: ["postedAt"] });
  assert.deepEqual([given, zoneless], [postedAt, true]);
  assert.equal((await content({ postedAt: `${postedAt}Z` })).zoneless, false);
});

test("what was received is not printed", async () => {
  await assert.rejects(content({ act: "received" }), (error) => isPlacardError(error, "usage"));
});

test("of what two people agreed to, a placard shows exactly that; of anything else it says that it is a draft", async () => {
  const { context } = opened;
  const publications = publicationsIn(context);
  const fields = { ...POST, postText: "Take your hollow lanterns home.", platform: "Townsquare" };
  const { id } = await seal(context, fields);
  await context.index.catchUp();
  const placardNow = () => contentOf(context, id, { headline: "Seen on the lane" }, { n: 1, of: 1 });
  assert.equal((await placardNow()).mark, "draft");
  await redactExhibit(context, id, { fields: ["platform"] }, "actor-one");
  const { redaction } = (await publications.of(id)).standing;
  const clear = { act: "cleared", redaction: redaction?.id ?? "" } as const;
  const cleared = (await publications.take(id, clear, "actor-one")).standing.cleared ?? "";
  const reason = { act: "reasoned", note: "The lane should know of it.", masked: ["hollow"], unmasked: [] } as const;
  const note = (await publications.take(id, reason, "actor-one")).standing.note?.id ?? "";
  assert.equal((await placardNow()).mark, "draft");
  await publications.take(id, { act: "approved", cleared, note }, "actor-two");
  const agreed = await placardNow();
  assert.deepEqual([agreed.mark, agreed.platform, agreed.id], [undefined, undefined, id]);
  assert.deepEqual(agreed.quotation, [{ text: "Take your h··· lanterns home." }]);
  await publications.take(id, { act: "held", hold: "private-person", why: "One can tell who it is." }, "actor-three");
  assert.equal((await placardNow()).mark, "draft");
});
