/** Whatever a file holds, verify gives a verdict, and never the one that holds for what nobody sealed. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../../src/lib/bytes.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import type { Json } from "../../src/lib/json.ts";
import { type DigestBlob, type Verdict, type VerifyOptions, verify } from "../../src/verify/index.ts";
import { honest, honestMembers } from "../forged/case.ts";
import { FUZZ_TIME } from "../fuzz-time.ts";
import { capturedAct, honestParts, NOW, POLICY, pack, refOf, seal } from "../placard-fixture.ts";
import { type Members, zipOf } from "../wacz-fixture.ts";

const options: VerifyOptions = { startHash: () => createHash("sha256"), now: NOW, policy: POLICY };
const look = (bytes: Uint8Array): Promise<Verdict> => verify(new Blob([bytes as BlobPart]), options);

function box(name: string, property: fc.IAsyncPropertyWithHooks<unknown>): void {
  test(name, () => fc.assert(property, { numRuns: 1e7, interruptAfterTimeLimit: FUZZ_TIME }));
}

box(
  "any bytes",
  fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
    assert.equal((await look(bytes)).verdict, "unreadable");
  }) as fc.IAsyncPropertyWithHooks<unknown>,
);

box(
  "any members under the known names",
  fc.asyncProperty(
    fc.record({
      "act.sdjwt": fc.string(),
      "ledger.tlog-proof": fc.string(),
      "log.vkey": fc.string().map((line) => `${line}\n`),
      "timestamps/0.tsr": fc.string(),
    }),
    async (texts) => {
      const members = Object.entries(texts).map(([name, text]) => [name, utf8(text)] as const);
      assert.notEqual((await look(await zipOf(members))).verdict, "holds");
    },
  ) as fc.IAsyncPropertyWithHooks<unknown>,
);

/** One member of the honest file with a stretch of it cut out, doubled or overwritten. */
const mangled: fc.Arbitrary<Members> = fc
  .tuple(fc.nat(honestMembers.length - 1), fc.nat(5000), fc.nat(60), fc.uint8Array({ maxLength: 60 }))
  .map(([which, at, length, instead]) =>
    honestMembers.map(([name, bytes], i) => {
      if (i !== which) return [name, bytes] as const;
      const start = at % (bytes.length + 1);
      return [name, Uint8Array.from([...bytes.subarray(0, start), ...instead, ...bytes.subarray(start + length)])];
    }),
  );

box(
  "the honest file with one member mangled",
  fc.asyncProperty(mangled, async (members) => {
    const isSame = members.every(([, bytes], i) => Buffer.compare(bytes, honestMembers[i]?.[1] as Uint8Array) === 0);
    assert.equal((await look(await zipOf(members))).verdict === "holds", isSame);
  }) as fc.IAsyncPropertyWithHooks<unknown>,
);

test("a Blob that cannot be read is a verdict too; stopping and an unusable policy are errors", async () => {
  class GoneBlob extends Blob {
    override slice(): Blob {
      return new GoneBlob(["x".repeat(30)]);
    }
    override arrayBuffer(): Promise<ArrayBuffer> {
      return Promise.reject(new DOMException("The file is gone.", "NotReadableError"));
    }
  }
  const gone = await verify(new GoneBlob(["x".repeat(30)]), options);
  assert.equal(gone.verdict, "unreadable");
  assert.equal(gone.checks[0]?.code, "storage");

  const file = new Blob([await pack(honest)]);
  const stopped = verify(file, { ...options, signal: AbortSignal.abort() });
  await assert.rejects(stopped, (error) => isPlacardError(error, "cancelled"));
  const stopping = new AbortController();
  const midway = verify(file, { ...options, signal: stopping.signal, onProgress: () => stopping.abort() });
  await assert.rejects(midway, (error) => isPlacardError(error, "cancelled"));
  await assert.rejects(verify(file, { ...options, policy: "quorum\r\n" }), (error) =>
    isPlacardError(error, "malformed"),
  );
});

test("progress ends at its total, and counts up to it", async () => {
  const told: (readonly [number, number])[] = [];
  await verify(new Blob([await pack(honest)]), { ...options, onProgress: (done, total) => told.push([done, total]) });
  const last = told.at(-1);
  assert.ok(last !== undefined && last[0] <= last[1] && last[0] > 0);
  assert.deepEqual(
    told.map(([done]) => done),
    told.map(([done]) => done).toSorted((a, b) => a - b),
  );
});

test("an archive that many fields point at is looked into once", async () => {
  const { act, blobs } = await capturedAct();
  const copies = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`copy${i}`, act["archive"] as Json]));
  const file = new Blob([await pack(await honestParts({ sealed: seal({ ...act, ...copies }), blobs }))]);
  let hashed = 0;
  const digestBlob: DigestBlob = async (blob) => {
    hashed++;
    return createHash("sha256")
      .update(await blob.bytes())
      .digest();
  };
  assert.equal((await verify(file, { ...options, digestBlob })).verdict, "holds");
  // Three blobs, and the three members that the archive lists.
  assert.equal(hashed, 6);
});

test("archives in one file have ten thousand members together, however many fields point at them", async () => {
  const many = (name: string): Promise<Uint8Array> =>
    zipOf(Array.from({ length: 4000 }, (_, i) => [`${name}${i}`, new Uint8Array()] as const));
  const archives = await Promise.all(["a", "b", "c"].map(many));
  const fields = archives.map((bytes, i) => [`copy${i}`, { ...refOf(bytes, "application/wacz") }] as const);
  const sealed = seal({ act: "noted", ...Object.fromEntries(fields) });
  const { checks } = await look(await pack(await honestParts({ sealed, blobs: archives })));
  const found = ["copy0", "copy1", "copy2"].map(
    (field) => checks.find(({ name }) => name === `${field} contents`)?.code,
  );
  assert.deepEqual(found, ["malformed", "malformed", "too_large"]);
});
