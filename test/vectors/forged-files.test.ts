/** Every forgery in the table is caught by the check it should be caught by, and no honest file is taken for one. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { verify } from "../../src/verify/index.ts";
import { forgedFiles } from "../forged/forged-files.ts";
import { NOW } from "../placard-fixture.ts";
import { opensslMissing } from "../timestamp-authority.ts";

const cases = await forgedFiles();

test("the table has files with timestamps", { skip: opensslMissing() }, async () => {
  assert.ok(cases.some((one) => one.holds?.includes("timestamps")));
});

for (const { name, bytes, verdict, fails, policy, once, ...states } of cases) {
  test(`${name}: ${verdict}`, async () => {
    const found = await verify(new Blob([bytes]), {
      startHash: () => createHash("sha256"),
      now: NOW,
      ...(policy === undefined ? {} : { policy }),
    });
    const failed = found.checks.flatMap((check) => (check.state === "fails" ? [[check.name, check.code]] : []));
    assert.deepEqual(Object.fromEntries(failed), fails, JSON.stringify(found.checks, undefined, 1));
    assert.equal(found.verdict, verdict);
    for (const state of ["holds", "withheld", "absent"] as const) {
      for (const check of states[state] ?? []) {
        assert.equal(found.checks.find((one) => one.name === check)?.state, state, check);
      }
    }
    const told = found.checks.map(({ why }) => why).join(" ");
    if (once !== undefined) assert.equal(told.split(once).length, 2, `“${once}” in: ${told}`);
    const names = found.checks.map((check) => check.name);
    assert.equal(new Set(names).size, names.length, "no two checks share a name");
    assert.ok(
      found.checks.every((check) => /^[^\p{Cc}]{10,600}[.!…]$/u.test(check.why)),
      "each says why, in a sentence",
    );
  });
}
