/** Our acts against another implementation of SD-JWT, both ways. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { SDJwtInstance } from "@sd-jwt/core";
import fc from "fast-check";
import { fromBase64Url, toBase64Url, utf8 } from "../../src/lib/bytes.ts";
import { PlacardError } from "../../src/lib/error.ts";
import { digestOf } from "../../src/record/disclosure.ts";
import { signPayload } from "../../src/record/jwt.ts";
import { openAct, parseSdJwt, serialise, withhold } from "../../src/record/sd-jwt.ts";
import { anyAct, capturedAct, fieldValue, issuer, publicKey, seal, sealedAt, signBytes } from "../act-fixture.ts";
import { FUZZ_TIME } from "../fuzz-time.ts";

const budget = { numRuns: 100_000, interruptAfterTimeLimit: FUZZ_TIME / 2, markInterruptAsFailure: false };

const oracle = new SDJwtInstance({
  omitTyp: true,
  signAlg: "EdDSA",
  hashAlg: "sha-256",
  hasher: (data, algorithm) => {
    assert.equal(algorithm, "sha-256");
    return new Uint8Array(
      createHash("sha256")
        .update(typeof data === "string" ? data : new Uint8Array(data))
        .digest(),
    );
  },
  saltGenerator: () => randomBytes(16).toString("base64url"),
  signer: (data) => toBase64Url(signBytes(utf8(data))),
  verifier: (data, signature) => ed25519.verify(fromBase64Url(signature), utf8(data), publicKey, { zip215: false }),
});

async function opensElsewhere(text: string): Promise<Record<string, unknown>> {
  const { payload } = await oracle.verify(text, { currentDate: sealedAt / 1000 + 1 });
  const { iss, iat, ...act } = payload as Record<string, unknown>;
  assert.deepEqual([iss, iat], [issuer, sealedAt / 1000]);
  return act;
}

test("what we seal, another implementation verifies, whatever is withheld", async () => {
  await fc.assert(
    fc.asyncProperty(anyAct, fc.infiniteStream(fc.boolean()), async (act, coins) => {
      const shown = withhold(
        seal(act),
        Object.keys(act).filter(() => coins.next().value),
      );
      assert.deepEqual(await opensElsewhere(serialise(shown)), { ...openAct(shown, { publicKey }).act });
    }),
    budget,
  );
});

test("what another implementation issues in our profile, we open", async () => {
  await fc.assert(
    fc.asyncProperty(anyAct, fc.integer({ min: 0, max: 20 }), async (act, decoys) => {
      const text = await oracle.issue(
        { iss: issuer, iat: sealedAt / 1000, ...act },
        { _sd: Object.keys(act) as never[], _sd_decoy: decoys },
        { header: { alg: "EdDSA", typ: "placard-act+sd-jwt" } },
      );
      const opened = openAct(parseSdJwt(text), { publicKey });
      assert.deepEqual(opened.act, act);
      assert.equal(opened.undisclosed, decoys);
    }),
    budget,
  );
});

function outcomeOf(text: string): string {
  try {
    openAct(parseSdJwt(text), { publicKey });
    return "opened";
  } catch (error) {
    assert.ok(error instanceof PlacardError);
    return error.code;
  }
}

test("what another implementation issues outside our profile, we refuse", async () => {
  const payload = { iss: issuer, iat: sealedAt / 1000, ...capturedAct };
  const header = { alg: "EdDSA", typ: "placard-act+sd-jwt" };
  const fields = Object.keys(capturedAct) as (keyof typeof capturedAct)[];
  assert.equal(outcomeOf(await oracle.issue(payload, { _sd: fields }, { header })), "opened");
  assert.equal(outcomeOf(await oracle.issue(payload, { _sd: fields })), "unsupported", "no type");
  assert.equal(
    outcomeOf(await oracle.issue(payload, { _sd: fields.slice(1) }, { header })),
    "malformed",
    "a field in the open",
  );
  const nested = await oracle.issue(payload, { _sd: fields, archive: { _sd: ["sha256"] } }, { header });
  assert.equal(outcomeOf(nested), "mismatch", "a disclosure that only a field refers to");
});

const LONGEST = 20_000;

test("what we open, another implementation opens to the same", async () => {
  const salt = "A".repeat(22);
  const name = fc.constantFrom("act", "note", "status", "iss", "_sd", "...", "__proto__");
  const disclosure = fc
    .oneof(
      fc.tuple(fc.constant(salt), name, fc.oneof(fieldValue, fc.jsonValue({ maxDepth: 2 }))),
      fc.tuple(fc.constant(salt), fc.jsonValue()),
    )
    .map((content) => toBase64Url(utf8(JSON.stringify(content))));
  let opened = 0;
  const property = fc.asyncProperty(
    fc.array(disclosure, { maxLength: 4 }),
    fc.nat(3),
    async (disclosures, unreferenced) => {
      const digests = [...new Set(disclosures.slice(unreferenced === 0 ? 1 : 0).map(digestOf))].toSorted();
      const jwt = signPayload({ issuer, time: sealedAt, digests }, signBytes);
      const text = [jwt, ...disclosures, ""].join("~");
      let ours: Record<string, unknown>;
      try {
        ours = { ...openAct(parseSdJwt(text), { publicKey }).act };
      } catch (error) {
        assert.ok(error instanceof PlacardError);
        return;
      }
      opened++;
      assert.deepEqual(await opensElsewhere(text), ours);
    },
  );
  // On a machine that is busy the time may be over before enough of them were opened.
  const until = performance.now() + LONGEST;
  for (let enough = false; !enough && performance.now() < until; enough = opened > 20)
    await fc.assert(property, budget);
  assert.ok(opened > 20, `only ${opened} were opened`);
});
