/** Mails that must be refused, and in what time. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readMail } from "../../src/ask/mail/read-mail.ts";
import { utf8 } from "../../src/lib/bytes.ts";

interface Vector {
  readonly before?: string;
  readonly repeat?: string;
  readonly times?: number;
  readonly after?: string;
  readonly error: string;
}

test("mails that are none, or that are made to be more than can be read, are refused soon", async () => {
  const lines = readFileSync(join(import.meta.dirname, "mail_invalid.txt"), "utf8")
    .trimEnd()
    .split("\n");
  const all = lines.flatMap((line, i) =>
    line.startsWith("#") ? [] : [[lines[i - 1] ?? "", JSON.parse(line) as Vector] as const],
  );
  assert.ok(all.length > 20);
  for (const [why, { before = "", repeat = "", times = 0, after = "", error }] of all) {
    const started = performance.now();
    await assert.rejects(
      readMail(utf8(before + repeat.repeat(times) + after)),
      { name: "PlacardError", code: error },
      why,
    );
    assert.ok(performance.now() - started < 5000, `${why}: ${performance.now() - started} ms`);
  }
});
