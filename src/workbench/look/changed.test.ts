import assert from "node:assert/strict";
import { test } from "node:test";
import { changesIn } from "./changed.ts";

test("a page's lines are told as they went and came, and how many more there were; what is not known is left out", () => {
  const changes = {
    visibleText: { removed: ["Old line"], added: ["New line", 7], lines: 9 },
    author: { before: "A Neighbour", after: "Somebody", cut: true },
    was: "a lantern",
    other: { now: 1 },
  };
  const [page, author, ...rest] = changesIn(changes);
  assert.deepEqual(page, {
    name: "visibleText",
    pieces: [
      { text: "Old line", is: "gone" },
      { text: "New line", is: "new" },
    ],
    isCut: false,
    lines: { untold: 7 },
  });
  assert.deepEqual([author?.name, author?.isCut, rest], ["author", true, []]);
});
