import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlacardError } from "../lib/error.ts";
import { parseDurations } from "./durations.ts";

test("minutes, hours, days and weeks, in order, each once", () => {
  assert.deepEqual(parseDurations("1d, 1h,7d,60m,1W"), [3_600_000, 86_400_000, 604_800_000]);
});

test("anything else is refused, in a sentence that says what was wrong", () => {
  const wrong = ["", "1", "h", "1y", "-1h", "1.5h", "0m", "4000d", "1h,,1d", "soon", `${"1h,".repeat(64)}1h`, "1h 1d"];
  for (const text of wrong) {
    assert.throws(
      () => parseDurations(text),
      (error) => isPlacardError(error, "usage") && error.message.length < 200,
      text,
    );
  }
});
