import assert from "node:assert/strict";
import { test } from "node:test";
import { waitBeforeRetry } from "./retry.ts";

const NOW = Date.parse("2026-03-14T21:07:00Z");
const wait = (status: number, retryAfter?: string, attempt = 1) =>
  waitBeforeRetry(
    { cause: "http_error", status, ...(retryAfter === undefined ? {} : { retryAfter }) },
    attempt,
    2,
    NOW,
  );

test("what may pass is tried again, twice, the second time after longer", () => {
  for (const status of [429, 500, 502, 503, 504]) assert.equal(wait(status), 2_000);
  assert.equal(wait(503, undefined, 2), 10_000);
  assert.equal(wait(503, undefined, 3), undefined);
  assert.equal(waitBeforeRetry({ cause: "timeout" }, 1, 2, NOW), 2_000);
  assert.equal(waitBeforeRetry({ cause: "timeout" }, 1, 0, NOW), undefined);
});

test("what stands there on purpose is not asked for again", () => {
  for (const status of [401, 403, 404, 410, 451]) assert.equal(wait(status), undefined);
  for (const cause of ["login", "captcha", "gone", "age", "refused", "blank", "unreachable"]) {
    assert.equal(waitBeforeRetry({ cause }, 1, 2, NOW), undefined);
  }
});

test("Retry-After is honoured in seconds and as a date, up to ten minutes, and no nonsense is", () => {
  assert.equal(wait(429, "30"), 30_000);
  assert.equal(wait(503, "Sat, 14 Mar 2026 21:08:00 GMT"), 60_000);
  assert.equal(wait(503, "Sat, 14 Mar 2026 21:00:00 GMT"), 2_000);
  assert.equal(wait(429, "0"), 2_000);
  assert.equal(wait(429, "600"), 600_000);
  assert.equal(wait(429, "601"), undefined);
  for (const nonsense of ["", "soon", "-5", "1e9", "99999999999", "30; x"]) assert.equal(wait(429, nonsense), 2_000);
});
