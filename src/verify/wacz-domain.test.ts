import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlacardError } from "../lib/error.ts";
import { momentOf } from "./wacz-domain.ts";

test("when an archive says it was made is one moment on every reader's computer", () => {
  const before = process.env["TZ"];
  try {
    for (const zone of ["UTC", "Asia/Tokyo", "America/New_York"]) {
      process.env["TZ"] = zone;
      const noon = Date.UTC(2022, 0, 18, 12);
      assert.equal(momentOf("2022-01-18T12:00:00Z"), noon);
      assert.equal(momentOf("2022-01-18T12:00:00"), noon);
      assert.equal(momentOf("2022-01-18T12:00:00.123456"), noon + 123);
      assert.equal(momentOf("2022-01-18T13:00:00+01:00"), noon);
      for (const text of [
        "18 Jan 2022",
        "2022-01-18",
        "2022-01-18 12:00:00",
        "2022-13-18T12:00:00Z",
        "1642507200",
        "",
      ]) {
        assert.throws(
          () => momentOf(text),
          (error) => isPlacardError(error, "malformed"),
          text,
        );
      }
    }
  } finally {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  }
});
