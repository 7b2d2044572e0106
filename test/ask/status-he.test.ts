/** What the site says of a question in Hebrew is what the workbench says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { STATUS_HE } from "../../src/app/publish/status-he.ts";
import { SAID } from "../../src/ask/said.ts";
import { ask } from "../../src/workbench/words/he/said/ask.ts";

test("each sentence of a status has its Hebrew, the same in both places", () => {
  const codes = Object.keys(SAID).filter((code) => /^(?:status|times|class)_/.test(code));
  const all: Readonly<Record<string, string>> = ask;
  assert.deepEqual(STATUS_HE, Object.fromEntries(codes.map((code) => [code, all[code]])));
});
