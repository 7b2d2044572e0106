/** Mail of anybody's making: whatever the bytes, it is read, or refused by an error of ours, soon; its signatures never throw. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readMail } from "../../src/ask/mail/read-mail.ts";
import { readSignatures } from "../../src/ask/mail/signature.ts";
import { concat, utf8 } from "../../src/lib/bytes.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { BOUNCED, HTML_ONLY, OUT_OF_OFFICE, PLAIN, TWO_FORMS } from "../ask/mail/mails.ts";
import { FUZZ_TIME } from "../fuzz-time.ts";

const box = { numRuns: 1e7, interruptAfterTimeLimit: FUZZ_TIME };
const seeds: readonly Uint8Array[] = [PLAIN, OUT_OF_OFFICE, HTML_ONLY, TWO_FORMS, BOUNCED];
const UNSEEN = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

async function look(bytes: Uint8Array): Promise<void> {
  const started = performance.now();
  const shown = (): string => Buffer.from(bytes).toString("base64").slice(0, 3000);
  try {
    const mail = await readMail(bytes);
    for (const text of [mail.text, mail.subject, mail.otherText ?? "", ...mail.from.map(({ name }) => name)])
      assert.ok(text.isWellFormed() && !UNSEEN.test(text), shown());
    for (const { name } of mail.files) assert.ok(name !== "" && !/[/\\]|^\.|\n/.test(name), shown());
    assert.ok(mail.date === undefined || Number.isFinite(mail.date));
  } catch (error) {
    assert.ok(isPlacardError(error) && error.code !== "storage", `${String(error)} for ${shown()}`);
  }
  const signatures = await readSignatures(bytes, { resolve: async () => [["v=DKIM1; p=AAAA"]], now: 0 });
  assert.ok(
    signatures.every(({ result }) => result !== "holds"),
    shown(),
  );
  assert.ok(performance.now() - started < 5000, `${performance.now() - started} ms for ${shown()}`);
}

test("sound mails with pieces changed, cut or doubled", async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.string().map(utf8),
    fc.constantFrom(
      ...seeds,
      utf8("\r\n\r\n"),
      utf8("--inner\r\nContent-Type: multipart/mixed; boundary=inner\r\n\r\n"),
      utf8("\r\nContent-Type: text/html; charset=utf-7\r\n"),
      utf8("\r\nContent-Transfer-Encoding: base64\r\n"),
      utf8("=?utf-8?Q?=E2=80=AE?="),
      utf8("DKIM-Signature: v=1; a=rsa-sha256; d=x.example; s=s; h=from; bh=AA==; b=AA==\r\n"),
      utf8("<!--"),
      utf8("\r\nDate: Thu, 99 Foo 999999 99:99:99 +9999\r\n"),
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(), fc.nat(60), piece), { minLength: 1, maxLength: 5 }),
      async (seed, changes) => {
        let bytes = seed;
        for (const [at, length, instead] of changes) {
          const start = at % (bytes.length + 1);
          bytes = concat(bytes.subarray(0, start), instead, bytes.subarray(start + length));
        }
        await look(bytes);
      },
    ),
    box,
  );
});

test("bytes that are anything", async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), look), box);
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 2000 }), (text) =>
      look(concat(utf8("From: a@lanterns.example\r\n"), utf8(text))),
    ),
    box,
  );
});
