/** Acts from outside: whatever the bytes, an answer or a PlacardError; and no change of a bit goes unnoticed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toBase64Url, utf8 } from "../../src/lib/bytes.ts";
import { PlacardError } from "../../src/lib/error.ts";
import { digestOf } from "../../src/record/disclosure.ts";
import { signPayload } from "../../src/record/jwt.ts";
import { openAct, parseSdJwt, serialise } from "../../src/record/sd-jwt.ts";
import { issuer, publicKey, seal, sealedAt, signBytes } from "../act-fixture.ts";
import { FUZZ_TIME } from "../fuzz-time.ts";

const deep = process.env["PLACARD_DEEP"] === "1";
const budget = { numRuns: 1_000_000, interruptAfterTimeLimit: FUZZ_TIME, markInterruptAsFailure: false };

function openOrRefuse(text: string, key?: Uint8Array): ReturnType<typeof openAct> | undefined {
  try {
    return openAct(parseSdJwt(text), key === undefined ? {} : { publicKey: key });
  } catch (error) {
    assert.ok(error instanceof PlacardError, `${error} escaped for ${text.slice(0, 200)}`);
    return undefined;
  }
}

test("only a PlacardError comes out of an act of any text", () => {
  const genuine = serialise(seal());
  const [header = "", payload = "", signature = ""] = genuine.split(/[.~]/);
  const piece = fc.oneof(
    fc.constantFrom(header, payload, signature, genuine, ".", "~", "~~", ""),
    fc.string(),
    fc.json().map((text) => toBase64Url(utf8(text))),
    fc.uint8Array({ maxLength: 40 }).map(toBase64Url),
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("~")),
    fc.json().map((json) => `${header}.${toBase64Url(utf8(json))}.${signature}~`),
  );
  fc.assert(
    fc.property(text, (given) => void openOrRefuse(given)),
    budget,
  );
});

test("only a PlacardError comes out of a signed act with any disclosures", () => {
  const content = fc.oneof(
    fc.json(),
    fc.tuple(fc.constant("A".repeat(22)), fc.string(), fc.jsonValue()).map((all) => JSON.stringify(all)),
  );
  const disclosures = fc.array(content, { maxLength: 6 });
  fc.assert(
    fc.property(disclosures, (contents) => {
      const encoded = contents.map((text) => toBase64Url(utf8(text)));
      const digests = [...new Set(encoded.map(digestOf))].toSorted();
      const jwt = signPayload({ issuer, time: sealedAt, digests }, signBytes);
      openOrRefuse([jwt, ...encoded, ""].join("~"), publicKey);
    }),
    { ...budget, interruptAfterTimeLimit: FUZZ_TIME / 2 },
  );
});

test("every flipped bit of a serialised act is refused", () => {
  const genuine = utf8(serialise(seal({ act: "captured", note: "Ö" })));
  const before = openAct(parseSdJwt(new TextDecoder("latin1").decode(genuine)), { publicKey });
  const step = deep ? 1 : 7;
  for (let bit = 0; bit < genuine.length * 8; bit += step) {
    const flipped = new Uint8Array(genuine);
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    assert.equal(openOrRefuse(new TextDecoder("latin1").decode(flipped), publicKey), undefined, `bit ${bit}`);
  }
  assert.deepEqual(before.act, { act: "captured", note: "Ö" });
});

test("no byte can be left out or added", () => {
  const genuine = serialise(seal({ act: "captured", note: "x" }));
  for (let at = 0; at <= genuine.length; at += deep ? 1 : 5) {
    if (at < genuine.length)
      assert.equal(openOrRefuse(genuine.slice(0, at) + genuine.slice(at + 1), publicKey), undefined);
    for (const extra of ["A", "~", ".", "=", "\n", " "]) {
      assert.equal(
        openOrRefuse(genuine.slice(0, at) + extra + genuine.slice(at), publicKey),
        undefined,
        `${extra} at ${at}`,
      );
    }
  }
});
