import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { toHex } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import {
  consistencyProof,
  EMPTY_ROOT,
  type HashReader,
  inclusionProof,
  leafHash,
  nodeHash,
  rootFromInclusion,
  rootHash,
  verifyConsistency,
  verifyInclusion,
} from "./merkle.ts";

/** RFC 6962 §2.1 word for word, over arrays of entries; slow, and shares nothing with the code it judges. */
const H = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};
const k = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);
type Entries = readonly Uint8Array[];
function MTH(D: Entries): Uint8Array {
  if (D.length === 0) return H();
  if (D.length === 1) return H(Uint8Array.of(0), D[0] as Uint8Array);
  return H(Uint8Array.of(1), MTH(D.slice(0, k(D.length))), MTH(D.slice(k(D.length))));
}
function PATH(m: number, D: Entries): Uint8Array[] {
  if (D.length === 1) return [];
  const split = k(D.length);
  if (m < split) return [...PATH(m, D.slice(0, split)), MTH(D.slice(split))];
  return [...PATH(m - split, D.slice(split)), MTH(D.slice(0, split))];
}
function SUBPROOF(m: number, D: Entries, b: boolean): Uint8Array[] {
  if (m === D.length) return b ? [] : [MTH(D)];
  const split = k(D.length);
  if (m <= split) return [...SUBPROOF(m, D.slice(0, split), b), MTH(D.slice(split))];
  return [...SUBPROOF(m - split, D.slice(split), false), MTH(D.slice(0, split))];
}

const entries: Entries = Array.from({ length: 300 }, (_, i) => H(Uint8Array.of(i & 255, i >> 8)));
const read: HashReader = (level, index) => MTH(entries.slice(index * 2 ** level, (index + 1) * 2 ** level));
const hex = (hashes: readonly Uint8Array[]): readonly string[] => hashes.map(toHex);

test("the hashes of leaf, node and empty tree are those of RFC 6962", () => {
  const [a, b] = [H(), H(Uint8Array.of(1))];
  assert.equal(toHex(leafHash(a)), toHex(MTH([a])));
  assert.equal(toHex(nodeHash(a, b)), toHex(H(Uint8Array.of(1), a, b)));
  assert.equal(toHex(EMPTY_ROOT), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("roots and proofs equal those of the RFC's recursive definitions, and verify", async () => {
  const sizes = fc.tuple(fc.nat(300), fc.nat(300)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), async ([oldSize, newSize], any) => {
      const [older, newer] = [entries.slice(0, oldSize), entries.slice(0, newSize)];
      const newRoot = await rootHash(newSize, read);
      assert.equal(toHex(newRoot), toHex(MTH(newer)));
      const proof = await consistencyProof(oldSize, newSize, read);
      assert.deepEqual(hex(proof), oldSize === 0 ? [] : hex(SUBPROOF(oldSize, newer, true)));
      verifyConsistency({ oldSize, newSize, oldRoot: MTH(older), newRoot, proof });
      if (newSize === 0) return;
      const index = any % newSize;
      const path = await inclusionProof(index, newSize, read);
      assert.deepEqual(hex(path), hex(PATH(index, newer)));
      verifyInclusion({ index, size: newSize, leaf: MTH([entries[index] as Uint8Array]), root: newRoot, proof: path });
    }),
    { numRuns: 60 },
  );
});

/** A tree whose leaves are all one: every complete subtree of a height has one hash, so any size costs nothing. */
const uniform = [leafHash(new Uint8Array(0))];
while (uniform.length < 54) uniform.push(nodeHash(uniform.at(-1) as Uint8Array, uniform.at(-1) as Uint8Array));
const readUniform: HashReader = (level) => uniform[level] as Uint8Array;

test("proofs hold in trees up to 2^53 − 1 leaves, past what 32 bits can count", async () => {
  const big = fc.oneof(fc.maxSafeNat(), fc.integer({ min: 2 ** 31 - 2, max: 2 ** 32 + 2 }), powers());
  await fc.assert(
    fc.asyncProperty(big, big, async (a, b) => {
      const [oldSize, newSize] = [Math.min(a, b), Math.max(a, b)];
      const [oldRoot, newRoot] = [await rootHash(oldSize, readUniform), await rootHash(newSize, readUniform)];
      const proof = await consistencyProof(oldSize, newSize, readUniform);
      verifyConsistency({ oldSize, newSize, oldRoot, newRoot, proof });
      if (oldSize === newSize) return;
      const path = await inclusionProof(oldSize, newSize, readUniform);
      verifyInclusion({
        index: oldSize,
        size: newSize,
        leaf: readUniform(0, 0) as Uint8Array,
        root: newRoot,
        proof: path,
      });
    }),
    { numRuns: 200 },
  );
});

test("a proof with a hash changed, dropped, added or swapped is refused", async () => {
  const size = 211;
  const root = await rootHash(size, read);
  for (const index of [0, 1, 127, 128, 200, 210]) {
    const leaf = leafHash(entries[index] as Uint8Array);
    const proof = await inclusionProof(index, size, read);
    const wrong: Uint8Array[][] = [
      proof.slice(1),
      proof.slice(0, -1),
      [...proof, H()],
      [H(), ...proof],
      proof.with(0, H()),
      [...proof.slice(0, -1), H()],
      proof.toReversed(),
      proof.with(0, (proof[0] as Uint8Array).subarray(1)),
    ];
    for (const bad of wrong) assert.throws(() => verifyInclusion({ index, size, leaf, proof: bad, root }), isRefusal);
    assert.throws(() => verifyInclusion({ index: index + 1, size, leaf, proof, root }), isRefusal);
    // The same path leads to the same root in trees of other sizes too: only a signed size binds it.
    assert.throws(() => verifyInclusion({ index, size: 2 * size, leaf, proof, root }), isRefusal);
  }
});

test("numbers that are no size or index are refused before anything is read", async () => {
  for (const size of [-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
    await assert.rejects(rootHash(size, never), isUsage);
    await assert.rejects(inclusionProof(0, size, never), isUsage);
    await assert.rejects(consistencyProof(0, size, never), isUsage);
    const leaf = EMPTY_ROOT;
    assert.throws(() => rootFromInclusion({ index: 0, size, leaf, proof: [] }), isRefusal);
    assert.throws(() => rootFromInclusion({ index: size, size: 10, leaf, proof: [] }), isRefusal);
    assert.throws(
      () => verifyConsistency({ oldSize: 0, newSize: size, oldRoot: leaf, newRoot: leaf, proof: [] }),
      isRefusal,
    );
  }
  await assert.rejects(inclusionProof(3, 3, never), isUsage);
  await assert.rejects(consistencyProof(4, 3, never), isUsage);
});

function never(): never {
  assert.fail("a hash was read");
}

function isUsage(error: unknown): boolean {
  return isPlacardError(error, "usage");
}

function powers(): fc.Arbitrary<number> {
  return fc
    .tuple(fc.integer({ min: 1, max: 52 }), fc.integer({ min: -1, max: 1 }))
    .map(([level, off]) => 2 ** level + off);
}

function isRefusal(error: unknown): boolean {
  return isPlacardError(error, "mismatch") || isPlacardError(error, "malformed");
}
