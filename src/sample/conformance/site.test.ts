/** What is said of the site elsewhere, held against it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CONFORMANCE_PAGES } from "./site.ts";

test("the documentation counts its pages rightly, and each has a name of its own", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../docs/formats/capture.md"), "utf8");
  const [, count] = /`src\/sample\/conformance\/` has (\d+) pages/.exec(text) ?? [];
  assert.equal(Number(count), CONFORMANCE_PAGES.length);
  assert.equal(new Set(CONFORMANCE_PAGES.map(({ name }) => name)).size, CONFORMANCE_PAGES.length);
});
