import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import fc from "fast-check";
import { anyAct, capturedAct, issuer, publicKey, seal, sealedAt, signBytes } from "../../test/act-fixture.ts";
import { fromBase64Url, fromUtf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import type { Act } from "./act.ts";
import {
  discloseFields,
  entryOf,
  openAct,
  parseSdJwt,
  sealAct,
  serialise,
  verifyActSignature,
  withhold,
} from "./sd-jwt.ts";

function coded(code: string) {
  return (error: unknown): boolean =>
    isPlacardError(error) && assert.equal(error.code, code, error.message) === undefined;
}

function digestsOf(jwt: string): readonly string[] {
  const payload = fromUtf8(fromBase64Url(jwt.split(".")[1] as string));
  const { _sd: digests } = JSON.parse(payload) as { readonly _sd: readonly string[] };
  return digests;
}

describe("sealing an act", () => {
  test("what was sealed comes back, with issuer and time to the second", () => {
    const sealed = seal(capturedAct, sealedAt + 999);
    assert.deepEqual(openAct(parseSdJwt(serialise(sealed)), { publicKey }), {
      issuer,
      time: sealedAt,
      act: capturedAct,
      undisclosed: 10,
    });
  });

  test("header and payload are exactly what the format document says", () => {
    const [header = "", payload = ""] = seal().jwt.split(".");
    assert.equal(fromUtf8(fromBase64Url(header)), '{"alg":"EdDSA","typ":"placard-act+sd-jwt"}');
    const text = fromUtf8(fromBase64Url(payload));
    assert.match(
      text,
      /^\{"iss":"[^"]+","iat":1767225600,"_sd_alg":"sha-256","_sd":\["[\w-]{43}"(,"[\w-]{43}"){15}\]\}$/,
    );
  });

  test("any subset may be withheld: the rest opens exactly, and the entry and signature stay", () => {
    fc.assert(
      fc.property(anyAct, fc.infiniteStream(fc.boolean()), (act, coins) => {
        const sealed = seal(act);
        const hidden = Object.keys(act).filter(() => coins.next().value);
        const shown = withhold(sealed, hidden);
        const opened = openAct(parseSdJwt(serialise(shown)), { publicKey });
        const expected = Object.fromEntries(Object.entries(act).filter(([name]) => !hidden.includes(name)));
        assert.deepEqual(opened.act, expected);
        assert.equal(opened.undisclosed, digestsOf(sealed.jwt).length - Object.keys(expected).length);
        assert.deepEqual(entryOf(shown.jwt), entryOf(sealed.jwt));
      }),
      { numRuns: 100 },
    );
  });

  test("the number of digests does not tell the number of fields, nor their order that of the fields", () => {
    for (let extra = 0; extra <= 127; extra++) {
      const fields = Object.fromEntries(Array.from({ length: extra }, (_, i) => [`f${i}`, i]));
      const digests = digestsOf(seal({ act: "captured", ...fields }).jwt);
      assert.equal(digests.length % 16, 0);
      assert.ok(digests.length >= extra + 1 + 4);
      assert.ok(digests.length <= 144);
      assert.deepEqual(digests, digests.toSorted());
    }
  });

  test("the same act sealed twice shares no digest: a guess at a withheld field cannot be checked", () => {
    const first = new Set(digestsOf(seal().jwt));
    assert.ok(digestsOf(seal().jwt).every((digest) => !first.has(digest)));
  });

  test("what an act cannot carry is refused before it is signed", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    const refused: readonly (readonly [string, unknown, string?])[] = [
      ["note", undefined],
      ["note", Number.NaN],
      ["note", Number.POSITIVE_INFINITY],
      ["note", { likes: 2 ** 53 }],
      ["note", 1n],
      ["note", new Date(0)],
      ["note", new Map([["a", 1]])],
      ["note", [undefined]],
      ["note", { a: { _sd: [] } }],
      ["note", [{ "...": "x" }]],
      ["note", { _sd_alg: "sha-256" }],
      ["note", JSON.parse('{"__proto__":1}')],
      ["note", cyclic, "too_large"],
      ["iss", "x"],
      ["iat", 1],
      ["exp", 1],
      ["_sd", 1],
      ["...", 1],
      ["__proto__", 1],
      ["Note", 1],
      ["", 1],
      ["n".repeat(65), 1],
    ];
    for (const [name, value, code = "usage"] of refused) {
      const act = Object.fromEntries([
        ["act", "captured"],
        [name, value],
      ]) as unknown as Act;
      assert.throws(() => seal(act), coded(code), name);
    }
    assert.throws(() => seal({ act: "captured", note: "x".repeat(1 << 20) }), coded("too_large"));
    const many = Object.fromEntries(Array.from({ length: 128 }, (_, i) => [`f${i}`, i]));
    assert.throws(() => seal({ act: "captured", ...many }), coded("too_large"));
    assert.throws(() => sealAct(capturedAct, { issuer: "", time: sealedAt, sign: signBytes }), coded("usage"));
    assert.throws(() => seal(capturedAct, -1), coded("usage"));
    assert.throws(() => seal(capturedAct, Number.NaN), coded("usage"));
  });

  test("an act of the greatest size can be read back", () => {
    const sealed = seal({ act: "captured", note: "n".repeat(780_000) });
    assert.ok(serialise(sealed).length > 1_000_000);
    assert.equal(openAct(parseSdJwt(serialise(sealed)), { publicKey }).act["note"], "n".repeat(780_000));
  });
});

describe("opening an act", () => {
  test("signature and disclosures are two checks, each of which can fail alone", () => {
    const sealed = seal();
    const other = new Uint8Array(publicKey);
    other[0] = (other[0] as number) ^ 1;
    assert.throws(() => verifyActSignature(sealed.jwt, other), coded("mismatch"));
    assert.throws(() => verifyActSignature(sealed.jwt, publicKey.subarray(1)), coded("mismatch"));
    assert.deepEqual(discloseFields(sealed).act, capturedAct);
    const forged = { jwt: sealed.jwt, disclosures: seal().disclosures };
    verifyActSignature(forged.jwt, publicKey);
    assert.throws(() => discloseFields(forged), coded("mismatch"));
  });

  test("a signature under a small-order key is refused, which a lenient verifier would take for any message", () => {
    const identity = new Uint8Array(32);
    identity[0] = 1;
    const [header, payload] = seal().jwt.split(".");
    // R is the identity point and s is 0, so that [s]B = R + [k]A for every k.
    const forged = `${header}.${payload}.${Buffer.concat([identity, new Uint8Array(32)]).toString("base64url")}`;
    assert.throws(() => verifyActSignature(forged, identity), coded("mismatch"));
  });

  test("the ledger's entry is SHA-256 of the JWT without disclosures", () => {
    const { jwt } = seal();
    assert.deepEqual(Buffer.from(entryOf(jwt)), createHash("sha256").update(jwt, "ascii").digest());
  });

  test("withholding a field that is not there says which are", () => {
    assert.throws(
      () => withhold(seal(), ["title", "colour"]),
      (error) => coded("not_found")(error) && isPlacardError(error) && /status/.test(error.next ?? ""),
    );
  });

  test("a field called like a property of every object is a field like any other", () => {
    const act = { act: "captured", constructor: 1, toString: "x", valueOf: null } as unknown as Act;
    assert.deepEqual(Object.entries(openAct(seal(act), { publicKey }).act), Object.entries(act));
  });
});
