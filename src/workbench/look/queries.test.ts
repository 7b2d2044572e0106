import assert from "node:assert/strict";
import { test } from "node:test";
import { isNarrowed, searchOf } from "./queries.ts";

test("an address says which time its span and its order go by; what is as usual is not said", () => {
  const posted = { from: "2026-02-03", by: "posted", sort: "posted" };
  assert.deepEqual(searchOf(posted), posted);
  assert.deepEqual(searchOf({ by: "sealed", sort: "relevance" }), {});
});

test("an order alone narrows nothing down", () => {
  assert.ok(!isNarrowed({ sort: "posted", by: "posted" }));
  assert.ok(isNarrowed({ sort: "posted", to: "2026-02-03" }));
});
