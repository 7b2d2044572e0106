/** Files with timestamps by real authorities (openssl), honest and forged. */

import { concat, toBase64, utf8 } from "../../src/lib/bytes.ts";
import { makeTimestampRequest, readTimestampResponse } from "../../src/verify/timestamp.ts";
import { POLICY } from "../placard-fixture.ts";
import { startTimestampAuthority, type TimestampAuthority } from "../timestamp-authority.ts";
import { type Case, changed, type Expected, HOLDS, honest } from "./case.ts";

/** Needs openssl. */
export async function forgedTimestamps(): Promise<readonly Case[]> {
  await using office = await startTimestampAuthority({ key: "ec", digest: "sha384" });
  await using stranger = await startTimestampAuthority({ key: "rsa" });
  const good = tokenOf(office, honest.stamped);
  const other = tokenOf(stranger, honest.stamped);
  const elsewhere = tokenOf(office, utf8("another checkpoint"));
  const policy = `${POLICY}#placard timestamp-authority office ${toBase64(office.anchor)}\n`;
  const witnessed: Expected = { ...HOLDS, policy, holds: ["timestamps", "witnesses", "trust"] };
  const uncounted: Expected = { ...HOLDS, absent: ["timestamps"] };
  const wrong: Expected = { fails: { timestamps: "mismatch" }, policy };
  const cases: Readonly<Record<string, readonly [tokens: readonly Uint8Array[], expected: Expected]>> = {
    "a timestamp": [[good], witnessed],
    "a timestamp by an authority nobody named": [[other], { ...uncounted, policy }],
    "a timestamp, without a policy": [[good], uncounted],
    "one timestamp twice": [[good, good], { ...witnessed, once: "by office before" }],
    "two timestamps, one by an authority nobody named": [[other, good], witnessed],
    "a timestamp of another checkpoint": [[elsewhere], wrong],
    "a timestamp of another checkpoint, without a policy": [[elsewhere], { fails: wrong.fails }],
    "a timestamp of another checkpoint beside a good one": [[good, elsewhere], wrong],
    "a timestamp with another certificate": [[withOtherCertificate(good)], wrong],
    "a timestamp cut short": [[good.slice(0, -1)], { ...wrong, fails: { timestamps: "malformed" } }],
    "no timestamp in the place of one": [[utf8("soon")], { ...wrong, fails: { timestamps: "malformed" } }],
  };
  return Promise.all(
    Object.entries(cases).map(([name, [tokens, expected]]) => changed(name, { timestamps: tokens }, expected)),
  );
}

/** The signer's name in its certificate altered, which is then no longer the one that was signed with. */
function withOtherCertificate(token: Uint8Array): Uint8Array {
  const name = utf8("Invented Timestamp Authority");
  const at = Buffer.from(token).indexOf(name);
  if (at < 0) throw new Error("There is no certificate to forge.");
  return concat(token.subarray(0, at), utf8("Trusted"), token.subarray(at + "Trusted".length));
}

function tokenOf(authority: TimestampAuthority, message: Uint8Array): Uint8Array {
  const request = { hash: "sha256", nonce: utf8("0123456789") } as const;
  return readTimestampResponse(authority.reply(makeTimestampRequest(message, request)), message, request);
}
