import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { isPlacardError } from "../lib/error.ts";
import type { JsonObject } from "../lib/json.ts";
import type { PlacardContent } from "../show/placard.ts";
import { initRecord } from "./init-record.ts";
import { type OpenedRecord, openContext } from "./open-record.ts";
import { contentOf } from "./placard-content.ts";
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

async function content(change: JsonObject, headline?: string): Promise<PlacardContent> {
  const { id } = await seal(opened.context, { ...POST, ...change });
  await opened.context.index.catchUp();
  return contentOf(opened.context, id, headline, { n: 1, of: 1 });
}

test("the post's words are quoted, and no name is", async () => {
  const placard = await content({});
  assert.deepEqual(placard.quotation, [{ text: "Pack up your lanterns." }]);
  assert.equal(placard.preview, false);
  assert.doesNotMatch(JSON.stringify(placard), /Fence/);
});

test("words that no reader of the page saw are not quoted, nor is its title, which names the poster", async () => {
  for (const act of [{ postTextVisible: false }, { postText: "" }]) {
    await assert.rejects(
      content(act),
      (error) => isPlacardError(error, "usage") && /--headline/.test(error.next ?? ""),
    );
    const placard = await content(act, "A lantern picture. Look.");
    assert.equal(placard.quotation, undefined);
    assert.doesNotMatch(JSON.stringify(placard), /Fence|Pack up/);
  }
});

test("words that only the page's preview has may have been cut there, and are not called whole", async () => {
  assert.equal((await content({ factSources: { postText: ["OpenGraph"] } })).preview, true);
});

test("what was received is not printed", async () => {
  await assert.rejects(content({ act: "received" }), (error) => isPlacardError(error, "usage"));
});
