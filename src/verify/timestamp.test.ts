import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fromBER, type Sequence } from "asn1js";
import fc from "fast-check";
import { testWithVectors } from "../../test/shared-vectors.ts";
import { opensslMissing, startTimestampAuthority, type TimestampAuthority } from "../../test/timestamp-authority.ts";
import { requestTimestamp } from "../app/timestamp-client.ts";
import { utf8 } from "../lib/bytes.ts";
import { type ErrorCode, isPlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";
import { embeddedCertificates, makeTimestampRequest, readTimestampResponse, verifyTimestamp } from "./timestamp.ts";

const skip = opensslMissing();
const deep = process.env["PLACARD_DEEP"] === "1";
const message = utf8("placard/test\n3\nAAAA\n\n— placard/test BBBB\n");
const withCode = (code: ErrorCode) => (error: unknown) => isPlacardError(error, code);
let authority: TimestampAuthority;
let token: Uint8Array;

before(async () => {
  if (skip) return;
  authority = await startTimestampAuthority({ key: "ec", digest: "sha384" });
  ({ token } = await requestTimestamp(authority.url, message, { hash: "sha256", nonce: randomBytes(16) }));
});
after(async () => authority?.[Symbol.asyncDispose]());

for (const key of ["rsa", "ec"] as const) {
  for (const hash of ["sha256", "sha384", "sha512"] as const) {
    test(`a real authority, ${key}, ${hash}: verified, trusted by its root, and openssl agrees`, { skip }, async () => {
      await using tsa = await startTimestampAuthority({ key, digest: hash });
      const started = Date.now();
      const { token: fresh, time } = await requestTimestamp(tsa.url, message, { hash, nonce: randomBytes(16) });
      assert.ok(Math.abs(time - started) < 60_000);
      const anchors = [{ name: "invented", sha256: tsa.anchor }];
      assert.deepEqual(await verifyTimestamp(fresh, message, anchors), {
        time,
        authority: "Invented Timestamp Authority",
        trusted: "invented",
      });
      assert.equal((await verifyTimestamp(fresh, message)).trusted, undefined, "nobody is trusted who was not named");
      assert.equal(
        (await verifyTimestamp(fresh, message, [{ name: "other", sha256: new Uint8Array(32) }])).trusted,
        undefined,
      );
      assert.equal(tsa.opensslVerify(fresh, message), "");
      await assert.rejects(verifyTimestamp(fresh, utf8("another"), anchors), withCode("mismatch"));
      assert.notEqual(tsa.opensslVerify(fresh, utf8("another")), "");
    });
  }
}

test("a token still holds when its certificate has expired", { skip }, async () => {
  await using tsa = await startTimestampAuthority({ key: "ec", lifetime: 2 });
  const { token: old } = await requestTimestamp(tsa.url, message, { hash: "sha256", nonce: randomBytes(16) });
  await sleep(3000);
  assert.notEqual(tsa.opensslVerify(old, message), "", "the certificate has expired by now");
  assert.equal((await verifyTimestamp(old, message, [{ name: "x", sha256: tsa.anchor }])).trusted, "x");
});

const PURPOSES: readonly (readonly [string, string])[] = [
  ["a purpose that is not marked critical", "keyUsage=critical,digitalSignature\nextendedKeyUsage=timeStamping"],
  ["a second purpose", "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping,codeSigning"],
  ["no leave to sign", "keyUsage=critical,keyEncipherment\nextendedKeyUsage=critical,timeStamping"],
];
for (const [what, extensions] of PURPOSES) {
  test(`a certificate with ${what} is refused`, { skip }, async () => {
    await using tsa = await startTimestampAuthority({ key: "ec", extensions }).catch(() => ({
      url: "",
      [Symbol.asyncDispose]: async () => undefined,
    }));
    const request = { hash: "sha256", nonce: randomBytes(8) } as const;
    // openssl itself refuses to serve some of these; then there is no such token to be fooled by.
    if (!("reply" in tsa)) return;
    const made = (() => {
      try {
        return tsa.reply(makeTimestampRequest(message, request));
      } catch {
        return undefined;
      }
    })();
    if (made === undefined) return;
    await assert.rejects(
      async () => verifyTimestamp(readTimestampResponse(made, message, request), message),
      isPlacardError,
    );
  });
}

test("an answer to another request is refused", { skip }, () => {
  const request = { hash: "sha256", nonce: randomBytes(16) } as const;
  const answer = authority.reply(makeTimestampRequest(message, request));
  readTimestampResponse(answer, message, request);
  assert.throws(
    () => readTimestampResponse(answer, message, { ...request, nonce: randomBytes(16) }),
    withCode("mismatch"),
  );
  assert.throws(() => readTimestampResponse(answer, utf8("else"), request), withCode("mismatch"));
});

test("a refusal says so", { skip }, () => {
  const refused = authority.reply(new Uint8Array([0x30, 0x03, 0x02, 0x01, 0x01]));
  assert.throws(
    () => readTimestampResponse(refused, message, { hash: "sha256", nonce: new Uint8Array(8) }),
    withCode("remote"),
  );
});

test("no bit of a token can change and say another thing", { skip }, async () => {
  const anchors = [{ name: "invented", sha256: authority.anchor }];
  const whole = JSON.stringify(await verifyTimestamp(token, message, anchors));
  for (let at = 0; at < token.length; at += deep ? 1 : 7) {
    const changed = token.slice();
    changed[at] = (changed[at] as number) ^ (1 << (at % 8));
    try {
      const found = await verifyTimestamp(changed, message, anchors);
      const less = JSON.stringify({ ...found, trusted: "invented" });
      assert.equal(less, whole, `byte ${at}`);
    } catch (error) {
      assert.ok(isPlacardError(error), `byte ${at}: ${String(error)}`);
    }
  }
});

test("only our own errors come out", async () => {
  const attempt = async (bytes: Uint8Array): Promise<void> => {
    await verifyTimestamp(bytes, message).catch((error: unknown) => assert.ok(isPlacardError(error), String(error)));
  };
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), attempt), { numRuns: deep ? 20_000 : 500 });
  await assert.rejects(verifyTimestamp(new Uint8Array(70_000), message), withCode("too_large"));
});

/** The token of a response whose request is not known. */
function tokenOf(response: Uint8Array): Uint8Array {
  const token = (fromBER(response.slice().buffer).result as Sequence).valueBlock.value[1];
  return token?.valueBeforeDecodeView.slice() ?? new Uint8Array();
}

testWithVectors(
  "responses of other authorities: sound, and over what they were made over only",
  "tsr",
  async (folder) => {
    const read = (name: string): Uint8Array => tokenOf(new Uint8Array(readFileSync(join(folder, name))));
    const hello = read("rfc3161-client-issue-104.tsr");
    const found = await verifyTimestamp(hello, utf8("hello"));
    assert.equal(new Date(found.time).toISOString(), "2025-03-11T08:52:08.000Z");
    const anchor = (name: string, der: Uint8Array) => ({ name, sha256: sha256(der) });
    const certificates = embeddedCertificates(hello);
    for (const der of certificates)
      assert.equal((await verifyTimestamp(hello, utf8("hello"), [anchor("theirs", der)])).trusted, "theirs");
    // What these are over is not known here. That comes last, so all else about them holds.
    for (const name of ["valid_timestamp.tsr", "digicert.tsr", "self_signed.tsr"]) {
      await assert.rejects(verifyTimestamp(read(name), message), /is over something else/, name);
    }
  },
);
