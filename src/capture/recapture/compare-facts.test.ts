import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Json } from "../../lib/json.ts";
import { compareCaptures } from "./compare.ts";

const TEXT = "The lanterns on Hollow Lane stay dark until the hedges are cut.";
const CAPTURED = "2026-03-15T08:00:00Z";
type Facts = Readonly<Record<string, Json>>;

/** A capture whose facts all come from `source`. */
function says(facts: Facts, { source = "JSON-LD", ...more }: Facts = {}) {
  const factSources = Object.fromEntries(
    Object.keys({ postText: TEXT, ...facts }).map((name) => [name, [source as Json]]),
  );
  return { fields: { postText: TEXT, capturedAt: CAPTURED, factSources, ...facts, ...more }, visibleText: TEXT };
}

const POSTED = "2026-03-14T21:07:00Z";

test("another time, or another post that is answered, is an edit", () => {
  const before = says({ postedAt: POSTED, replyTo: "https://lane.example/posts/1" });
  const later = "2026-03-14T22:07:00Z";
  assert.deepEqual(compareCaptures(before, says({ postedAt: later, replyTo: "https://lane.example/posts/1" })), {
    result: "edited",
    changes: { postedAt: { before: POSTED, after: later } },
    comparison: {},
  });
  const { result, changes } = compareCaptures(
    before,
    says({ postedAt: POSTED, replyTo: "https://lane.example/posts/2" }),
  );
  assert.deepEqual([result, Object.keys(changes)], ["edited", ["replyTo"]]);
});

test("one moment in another zone or precision, and one post at an address of another visit, are no edits", () => {
  const before = says({ postedAt: POSTED, replyTo: "https://lane.example/viewtopic.php?p=4&sid=aa" });
  const others = [
    { postedAt: "2026-03-14T23:07:00+02:00", replyTo: "https://lane.example/viewtopic.php?p=4&sid=bb" },
    { postedAt: "2026-03-14T21:07Z", replyTo: "https://lane.example/viewtopic.php?p=4#p4" },
  ];
  for (const other of others)
    assert.deepEqual(compareCaptures(before, says(other)), { result: "unchanged", changes: {}, comparison: {} });
  const another = says({ postedAt: POSTED, replyTo: "https://lane.example/viewtopic.php?p=5&sid=aa" });
  assert.equal(compareCaptures(before, another).result, "edited");
});

test("a clock without a zone may be the reader's own: hours are no edit, days are", () => {
  const [before, hours, days] = ["2026-03-14T21:07", "2026-03-14T18:07", "2026-03-19T21:07"].map((postedAt) =>
    says({ postedAt }),
  ) as [ReturnType<typeof says>, ReturnType<typeof says>, ReturnType<typeof says>];
  assert.deepEqual(compareCaptures(before, hours), {
    result: "unchanged",
    changes: {},
    comparison: { notCompared: ["postedAt"] },
  });
  assert.equal(compareCaptures(before, days).result, "edited");
});

test("two sources are not held against each other, and one that both captures have is", () => {
  const before = says({ postedAt: POSTED });
  const other = says({ postedAt: "2026-03-01T00:00:00Z" }, { source: "OpenGraph" });
  assert.deepEqual(compareCaptures(before, other), {
    result: "unchanged",
    changes: {},
    comparison: { notCompared: ["postedAt"] },
  });
  const both = says(
    { postedAt: "2026-03-01T00:00:00Z" },
    { source: "ActivityStreams", factConflicts: { postedAt: [{ source: "JSON-LD", value: "2026-03-14T23:00:00Z" }] } },
  );
  assert.deepEqual(compareCaptures(before, both).changes, {
    postedAt: { before: POSTED, after: "2026-03-14T23:00:00Z" },
  });
});

test("a mark of an edit that came since the first capture is one; one that was not read then is none", () => {
  const before = says({ postedAt: POSTED });
  const since = says({ postedAt: POSTED, editedAt: "2026-03-15T09:00:00Z" });
  assert.deepEqual(compareCaptures(before, since), {
    result: "edited",
    changes: { editedAt: { before: null, after: "2026-03-15T09:00:00Z" } },
    comparison: {},
  });
  assert.equal(compareCaptures(since, says({ postedAt: POSTED, editedAt: "2026-03-16T09:00:00Z" })).result, "edited");
  for (const editedAt of ["2026-03-15T07:59:00Z", "2026-03-15T09:00", "a while ago"]) {
    const { result, comparison } = compareCaptures(before, says({ editedAt }));
    assert.deepEqual([result, comparison], ["unchanged", { notCompared: ["postedAt", "editedAt"] }]);
  }
});

test("an edited mark without a time counts where its source was heard at first, and did not have it", () => {
  const heard = says({ likes: 3 }, { source: "markup (Telegram)" });
  const marked = says({ likes: 4, edited: true }, { source: "markup (Telegram)" });
  assert.deepEqual(compareCaptures(heard, marked).changes, { edited: { before: null, after: true } });
  assert.deepEqual(compareCaptures(says({ likes: 3 }), marked), {
    result: "unchanged",
    changes: {},
    comparison: { notCompared: ["edited"] },
  });
  assert.deepEqual(compareCaptures(marked, heard).comparison, { notCompared: ["edited"] });
});

test("any statements: against themselves nothing changed, and nothing changed is said only then", () => {
  const time = fc.oneof(
    fc.constantFrom(POSTED, "2026-03-14", "2026-03-14T21:07", "just now", ""),
    fc.string({ maxLength: 40 }),
  );
  const facts = fc.record(
    { postedAt: time, editedAt: time, edited: fc.boolean(), replyTo: fc.oneof(fc.webUrl(), fc.string()) },
    { requiredKeys: [] },
  );
  const odd = fc.constantFrom<Facts>(
    {},
    { factSources: 7 },
    { factSources: { postedAt: "x" } },
    { factConflicts: { replyTo: [{}, 3] } },
  );
  fc.assert(
    fc.property(facts, odd, facts, odd, (was, oddly, is, too) => {
      const [before, after] = [says(was, oddly), says(is, too)];
      assert.equal(compareCaptures(before, before).result, "unchanged");
      const { result, changes } = compareCaptures(before, after);
      assert.equal(result === "unchanged", Object.keys(changes).length === 0);
    }),
    { numRuns: 300 },
  );
});
