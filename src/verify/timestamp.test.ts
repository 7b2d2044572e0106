import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { FUZZ_TIME } from "../../test/fuzz-time.ts";
import { testWithVectors } from "../../test/shared-vectors.ts";
import { opensslMissing, startTimestampAuthority, type TimestampAuthority } from "../../test/timestamp-authority.ts";
import { requestTimestamp } from "../app/timestamp-client.ts";
import { concat, toHex, utf8 } from "../lib/bytes.ts";
import { type ErrorCode, isPlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";
import { makeTimestampRequest, readTimestampResponse, verifyTimestamp } from "./timestamp.ts";
import { readToken, tokenOfResponse } from "./timestamp-token.ts";

const skip = opensslMissing();
const deep = process.env["PLACARD_DEEP"] === "1";
const message = utf8("placard/test\n3\nAAAA\n\n— placard/test BBBB\n");
const withCode = (code: ErrorCode) => (error: unknown) => isPlacardError(error, code);
let authority: TimestampAuthority;
let token: Uint8Array | undefined;

before(async () => {
  if (skip) return;
  authority = await startTimestampAuthority({ key: "ec", digest: "sha384" });
  ({ token } = await requestTimestamp(authority.url, message, {
    hash: "sha256",
    nonce: randomBytes(16),
    now: Date.now(),
  }));
});
after(async () => authority?.[Symbol.asyncDispose]());

for (const key of ["rsa", "ec"] as const) {
  test(`a real authority, ${key}, with each digest: verified, trusted by its root, and openssl agrees`, {
    skip,
  }, async () => {
    await using tsa = await startTimestampAuthority({ key });
    for (const [i, hash] of (["sha256", "sha384", "sha512"] as const).entries()) {
      tsa.signWith(hash);
      const started = Date.now();
      const { token: fresh, time } = await requestTimestamp(tsa.url, message, {
        hash,
        nonce: randomBytes(16),
        now: started,
      });
      assert.ok(Math.abs(time - started) < 60_000);
      const anchors = [{ name: "invented", sha256: tsa.anchor }];
      assert.deepEqual(await verifyTimestamp(fresh, message, anchors), {
        time,
        accuracy: 0,
        authority: "Invented Timestamp Authority",
        trusted: "invented",
        policy: "1.3.6.1.4.1.55555.1",
        serial: `0${2 + i}`,
      });
      assert.equal((await verifyTimestamp(fresh, message)).trusted, undefined, "nobody is trusted who was not named");
      assert.equal(
        (await verifyTimestamp(fresh, message, [{ name: "other", sha256: new Uint8Array(32) }])).trusted,
        undefined,
      );
      assert.equal(tsa.opensslVerify(fresh, message), "");
      await assert.rejects(verifyTimestamp(fresh, utf8("another"), anchors), withCode("mismatch"));
      assert.notEqual(tsa.opensslVerify(fresh, utf8("another")), "");
    }
  });
}

test("a request is DER whatever the nonce, in a Buffer as in an Uint8Array, and an authority takes it", {
  skip,
}, () => {
  const nonces = [
    "0000000000000001",
    "0072",
    "00f2",
    "7f",
    "80",
    "ff00",
    "000000",
    `${"00".repeat(8)}${"f0".repeat(8)}`,
  ];
  for (const hex of [...nonces, ...Array.from({ length: 64 }, () => `00${randomBytes(15).toString("hex")}`)]) {
    const pooled = Buffer.concat([Buffer.from("ffff", "hex"), Buffer.from(hex, "hex"), Buffer.from("ff", "hex")]);
    const nonce = pooled.subarray(2, -1);
    const made = makeTimestampRequest(message, { hash: "sha256", nonce });
    const value = BigInt(`0x${hex}`).toString(16);
    const whole = value.length % 2 === 0 ? value : `0${value}`;
    const der = Number.parseInt(whole.slice(0, 2), 16) > 127 ? `00${whole}` : whole;
    const integer = `02${(der.length / 2).toString(16).padStart(2, "0")}${der}`;
    assert.ok(toHex(made).endsWith(`${integer}0101ff`), `${hex}: ${toHex(made)}`);
    assert.deepEqual(
      makeTimestampRequest(Buffer.from(message), { hash: "sha256", nonce: new Uint8Array(nonce) }),
      made,
    );
  }
  for (const hex of nonces) {
    const request = { hash: "sha256", nonce: Buffer.from(hex, "hex") } as const;
    readTimestampResponse(authority.reply(makeTimestampRequest(message, request)), message, request);
  }
});

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
  assert.ok(token !== undefined);
  const anchors = [{ name: "invented", sha256: authority.anchor }];
  const whole = await verifyTimestamp(token, message, anchors);
  for (let bit = 0; bit < token.length * 8; bit += deep ? 1 : 113) {
    const at = bit >> 3;
    const changed = token.slice();
    changed[at] = (changed[at] as number) ^ (1 << (bit & 7));
    try {
      const found = await verifyTimestamp(changed, message, anchors);
      // Of a certificate that it does not need to reach the signer, a bit may be lost; then it counts for less.
      assert.deepEqual({ ...found, trusted: "invented" }, whole, `byte ${at}`);
      if (found.trusted !== undefined) assert.equal(authority.opensslVerify(changed, message), "", `byte ${at}`);
    } catch (error) {
      assert.ok(isPlacardError(error), `byte ${at}: ${String(error)}`);
    }
  }
});

test("only our own errors come out", async () => {
  const request = { hash: "sha256", nonce: new Uint8Array(8).fill(1) } as const;
  const whole = token;
  const attempt = async (bytes: Uint8Array): Promise<void> => {
    const isOurs = (error: unknown): void => assert.ok(isPlacardError(error), String(error));
    await verifyTimestamp(bytes, message).catch(isOurs);
    await verifyTimestamp(whole ?? bytes, message, [], [bytes]).catch(isOurs);
    try {
      readTimestampResponse(bytes, message, request);
    } catch (error) {
      isOurs(error);
    }
  };
  const options = { numRuns: deep ? 20_000 : 100, interruptAfterTimeLimit: FUZZ_TIME };
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), attempt), options);
  if (whole !== undefined) {
    const cut = fc.tuple(fc.nat(whole.length), fc.nat(40), fc.uint8Array({ maxLength: 40 }));
    const mangled = cut.map(([at, gone, put]) => concat(whole.subarray(0, at), put, whole.subarray(at + gone)));
    await fc.assert(fc.asyncProperty(mangled, attempt), options);
  }
  for (const part of [0x30, 0x31, 0xa0]) {
    // As deep as 64 KiB can be: indefinite lengths, one in the other.
    await attempt(new Uint8Array(1 << 16).map((_, i) => (i % 2 === 0 ? part : 0x80)));
  }
  await assert.rejects(verifyTimestamp(new Uint8Array(70_000), message), withCode("too_large"));
});

testWithVectors(
  "responses of other authorities: sound, and over what they were made over only",
  "tsr",
  async (folder) => {
    const read = (name: string): Uint8Array => tokenOfResponse(new Uint8Array(readFileSync(join(folder, name))));
    const hello = read("rfc3161-client-issue-104.tsr");
    const found = await verifyTimestamp(hello, utf8("hello"));
    assert.equal(new Date(found.time).toISOString(), "2025-03-11T08:52:08.000Z");
    const anchor = (name: string, der: Uint8Array) => ({ name, sha256: sha256(der) });
    for (const der of readToken(hello).certificates)
      assert.equal((await verifyTimestamp(hello, utf8("hello"), [anchor("theirs", der)])).trusted, "theirs");
    // What these are over is not known here. That comes last, so all else about them holds.
    for (const name of ["valid_timestamp.tsr", "digicert.tsr", "self_signed.tsr"]) {
      await assert.rejects(verifyTimestamp(read(name), message), /is over something else/, name);
    }
  },
);
