import assert from "node:assert/strict";
import { test } from "node:test";
import { conflictSentences, sourcesOf } from "./sources.ts";

test("what sources say differently is told with who says it, and cannot turn the sentence round", () => {
  const fields = {
    author: "Old Fence Post",
    likes: 3,
    factSources: { author: ["JSON-LD", "microformats"], likes: ["JSON-LD"] },
    factConflicts: {
      author: [{ source: "OpenGraph", value: "\u202ePost\nFence" }],
      likes: [{ source: "page", value: 4 }],
      postText: [{ source: "OpenGraph", value: "withheld elsewhere" }],
    },
  };
  assert.equal(sourcesOf(fields, "author"), "JSON-LD and microformats");
  assert.deepEqual(conflictSentences(fields), [
    "author: JSON-LD and microformats say “Old Fence Post”; OpenGraph says “\ufffdPost\ufffdFence”.",
    "likes: JSON-LD says “3”; page says “4”.",
    "postText: OpenGraph says “withheld elsewhere”.",
  ]);
});

test("an act that anyone may have made says nothing worse than nonsense", () => {
  for (const factConflicts of [null, 1, [], "x", { author: 1 }, { author: [1, null, {}] }]) {
    assert.ok(Array.isArray(conflictSentences({ factConflicts, factSources: { author: [1] } })));
  }
  assert.equal(sourcesOf({}, "author"), "");
});
