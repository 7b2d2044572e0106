import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareCaptures } from "./compare.ts";

const TEXT = "The lanterns on Hollow Lane stay dark until the hedges are cut.";
type Fields = Readonly<Record<string, string | number | Readonly<Record<string, readonly string[]>>>>;

function page(fields: Fields, visibleText?: string) {
  const shown = visibleText ?? `Lantern Board\n${fields["author"] ?? ""}\n${fields["postText"] ?? ""}\n3 likes`;
  return { fields, visibleText: shown };
}
const post = { author: "Marrow & Daughters", handle: "@marrow", postText: TEXT, likes: 3 };

test("counts, white space, entities and what stands around a post are no edits", () => {
  const others = [
    page({ ...post, likes: 900 }),
    page({ ...post, postText: TEXT.replaceAll(" ", "  ") }),
    page({ ...post, author: "Marrow &amp; Daughters", handle: "marrow" }),
    page(post, `Another header\n${TEXT}\n17 replies\nSomebody: a reply`),
  ];
  for (const other of others)
    assert.deepEqual(compareCaptures(page(post), other), { result: "unchanged", changes: {}, comparison: {} });
});

test("other words, or another author, are: before and after stand in the act", () => {
  const edited = { ...post, postText: TEXT.replace("dark", "lit"), author: "Marrow & Sons" };
  assert.deepEqual(compareCaptures(page(post), page(edited)), {
    result: "edited",
    changes: {
      postText: { before: TEXT, after: TEXT.replace("dark", "lit") },
      author: { before: "Marrow & Daughters", after: "Marrow & Sons" },
    },
    comparison: {},
  });
});

test("a preview's shortening is no edit", () => {
  const whole = { ...post, postText: `${TEXT} ${TEXT} ${TEXT}` };
  const preview = { ...post, postText: whole.postText.slice(0, 120), factSources: { postText: ["OpenGraph"] } };
  assert.equal(compareCaptures(page(whole), page(preview)).result, "unchanged");
  assert.equal(compareCaptures(page(preview), page(whole)).result, "unchanged");
});

test("a page that stopped telling programs of its post, and shows it as before, is unchanged", () => {
  const silent = page({ title: "Lantern Board" }, `Lantern Board\nMarrow & Daughters\n${TEXT}\n4 likes`);
  assert.equal(compareCaptures(page(post), silent).result, "unchanged");
  assert.equal(compareCaptures(silent, page(post)).result, "unchanged");
});

test("where the post cannot be told, a difference is the page's, never an edit; numbers alone are none", () => {
  const before = page({ title: "Notes" }, "Notes\nThe hedge is to be cut.\n3 min ago");
  assert.equal(
    compareCaptures(before, page({ title: "Notes" }, "Notes\nThe hedge is to be cut.\n14 min ago")).result,
    "unchanged",
  );
  const { result, changes } = compareCaptures(before, page({ title: "Notes" }, "Notes\nThe hedge stays.\n3 min ago"));
  assert.equal(result, "page-changed");
  assert.deepEqual(changes["visibleText"], {
    removed: ["The hedge is to be cut."],
    added: ["The hedge stays."],
    lines: 2,
  });
  assert.equal(compareCaptures(page(post), page({ title: "x" }, "Something else altogether")).result, "page-changed");
});

test("what is sealed of a change is bounded, whatever the page says", () => {
  const text = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.string({ minLength: 1, maxLength: 5 }).map((piece) => piece.repeat(20_000)),
  );
  const fields = fc.record({ postText: text, author: text }, { requiredKeys: [] });
  fc.assert(
    fc.property(fields, text, fields, text, (was, wasSeen, is, isSeen) => {
      const { result, changes } = compareCaptures(page(was, wasSeen), page(is, isSeen));
      assert.ok(JSON.stringify(changes).length < 200_000);
      assert.ok(JSON.stringify(changes).isWellFormed());
      assert.equal(result === "unchanged", Object.keys(changes).length === 0);
    }),
    { numRuns: 60 },
  );
});
