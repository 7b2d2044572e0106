import assert from "node:assert/strict";
import { test } from "node:test";
import { weeksOf } from "./weeks.ts";

test("weeks without a post are there, empty; a day is told which bar it falls into", () => {
  const weeks = weeksOf([
    { week: "2026-03-02", count: 2 },
    { week: "2026-03-16", count: 5 },
    { week: "2026-03-16", count: 1 },
  ]);
  assert.deepEqual(
    weeks.bars.map(({ from, count }) => [from, count]),
    [
      ["2026-03-02", 2],
      ["2026-03-09", 0],
      ["2026-03-16", 6],
    ],
  );
  assert.deepEqual([weeks.most, weeks.timed, weeks.weeksABar], [6, 8, 1]);
  assert.deepEqual(
    ["2026-03-01", "2026-03-08", "2026-03-14", "2026-03-22", "2026-03-23"].map((day) => weeks.barOf(day)),
    [undefined, 0, 1, 2, undefined],
  );
});

test("any time that a page may state makes a chart of so many bars, and all posts are in it", () => {
  const weeks = weeksOf([
    { week: "1970-01-05", count: 1 },
    { week: "9999-12-27", count: 3 },
  ]);
  assert.ok(weeks.bars.length <= 120 && weeks.bars.length > 60);
  assert.equal(
    weeks.bars.reduce((sum, { count }) => sum + count, 0),
    4,
  );
  assert.deepEqual(weeksOf([]).bars, []);
});
