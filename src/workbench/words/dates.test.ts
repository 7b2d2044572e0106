import assert from "node:assert/strict";
import { test } from "node:test";
import { isMoment, momentOf } from "./dates.ts";

test("what is no time is told as it stands, whatever it says, in either language", () => {
  for (const said of ["", "yesterday", "not 1", "<img src=x onerror=alert(1)>", "2026-99-99", "2026-03-14T99:00:00Z"]) {
    assert.equal(isMoment(said), false, said);
    for (const language of ["en", "he"] as const) assert.equal(momentOf(language, said), said);
  }
});

test("a time is told in the words of the language, with or without a clock or a zone", () => {
  for (const at of ["2026-03-14T21:07:00Z", "2026-03-14T21:07:00.000+02:00", "2026-03-14T21:07:00", "2026-03-14"]) {
    assert.match(momentOf("en", at), /1[345] March 2026/, at);
    assert.match(momentOf("he", at), /1[345] במרץ 2026/, at);
  }
});
