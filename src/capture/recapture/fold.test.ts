import assert from "node:assert/strict";
import { test } from "node:test";
import { type Result, resultOf } from "./acts.ts";
import { NO_STANDING, standingOf } from "./fold.ts";

const day = (n: number): string => `2026-03-${String(n).padStart(2, "0")}T12:00:00.000Z`;
const after = (...results: readonly Result[]) =>
  standingOf(
    day(1),
    results.map((result, i) => ({ result, at: day(i + 2) })),
  );

test("never looked for again: nothing is said", () => {
  assert.deepEqual(after(), NO_STANDING);
});

test("still there, then edited: since the first look that found it so", () => {
  const { standing, standingSince, lastSeenAt, checkedAt, recaptures } = after("unchanged", "edited", "edited");
  assert.deepEqual([standing, standingSince, lastSeenAt, checkedAt, recaptures], ["edited", day(3), day(4), day(4), 3]);
});

test("gone: last seen before, and what could not be reached after it changes nothing but when it was tried", () => {
  const { standing, standingSince, lastSeenAt, checkedAt } = after(
    "unchanged",
    "gone",
    "not-reachable",
    "gone",
    "not-reachable",
  );
  assert.deepEqual([standing, standingSince, lastSeenAt, checkedAt], ["gone", day(3), day(2), day(6)]);
});

test("there again after it was gone", () => {
  const { standing, standingSince, lastSeenAt } = after("gone", "unchanged");
  assert.deepEqual([standing, standingSince, lastSeenAt], ["unchanged", day(3), day(3)]);
});

test("never reached: last seen when it was captured", () => {
  const { standing, standingSince, lastSeenAt, checkedAt } = after("not-reachable", "not-reachable");
  assert.deepEqual([standing, standingSince, lastSeenAt, checkedAt], ["not-reachable", day(2), day(1), day(3)]);
});

test("gone is what says so itself: 404, 410, or words; a wall, a lawyer's 451 or a failure is not", () => {
  assert.equal(resultOf({ cause: "gone" }), "gone");
  for (const status of [404, 410]) assert.equal(resultOf({ cause: "http_error", status }), "gone");
  for (const status of [401, 403, 429, 451, 500, 503])
    assert.equal(resultOf({ cause: "http_error", status }), "not-reachable");
  for (const cause of ["login", "captcha", "timeout", "unreachable", "blank"])
    assert.equal(resultOf({ cause }), "not-reachable");
});
