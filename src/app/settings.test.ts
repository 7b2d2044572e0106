import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlacardError } from "../lib/error.ts";
import { parseSettings } from "./settings.ts";

test("what a capture may take has its usual values, and any of them can be set alone", () => {
  const usual = { seconds: 60, memoryMiB: 2048, diskMiB: 6144, atOnce: 2, perHost: 1, gapSeconds: 1, retries: 2 };
  assert.deepEqual(parseSettings(undefined).capture, usual);
  assert.deepEqual(parseSettings("{}").capture, usual);
  assert.deepEqual(parseSettings('{"capture":{"seconds":90}}').capture, { ...usual, seconds: 90 });
});

test("a bound that bounds nothing, or lets nothing through, is refused by name", () => {
  const wrong = [
    ["seconds", 4],
    ["seconds", 1801],
    ["seconds", 1.5],
    ["seconds", "60"],
    ["memoryMiB", 511],
    ["memoryMiB", 65_537],
    ["diskMiB", 63],
    ["diskMiB", -1],
    ["diskMiB", null],
    ["atOnce", 0],
    ["atOnce", 21],
    ["perHost", 0],
    ["perHost", 5],
    ["gapSeconds", -1],
    ["gapSeconds", 3601],
    ["retries", 6],
    ["minutes", 1],
  ] as const;
  for (const [name, value] of wrong) {
    assert.throws(
      () => parseSettings(JSON.stringify({ capture: { [name]: value } })),
      (error) => isPlacardError(error, "malformed") && error.message.includes(name) && error.next !== undefined,
      `${name}: ${value}`,
    );
  }
});
