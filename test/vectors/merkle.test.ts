import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { verifyConsistency, verifyInclusion } from "../../src/ledger/merkle.ts";
import { fromBase64 } from "../../src/lib/bytes.ts";
import { type ErrorCode, isPlacardError } from "../../src/lib/error.ts";
import { testWithVectors } from "../shared-vectors.ts";

interface InclusionVector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

interface ConsistencyVector {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

testWithVectors("others' inclusion proofs hold or are refused as they say", "merkle/inclusion", (folder) => {
  checkAll<InclusionVector>(folder, (vector) =>
    verifyInclusion({
      index: vector.leafIdx,
      size: vector.treeSize,
      leaf: fromBase64(vector.leafHash),
      root: fromBase64(vector.root),
      proof: (vector.proof ?? []).map((hash) => fromBase64(hash)),
    }),
  );
});

testWithVectors("others' consistency proofs hold or are refused as they say", "merkle/consistency", (folder) => {
  checkAll<ConsistencyVector>(folder, (vector) =>
    verifyConsistency({
      oldSize: vector.size1,
      newSize: vector.size2,
      oldRoot: fromBase64(vector.root1),
      newRoot: fromBase64(vector.root2),
      proof: (vector.proof ?? []).map((hash) => fromBase64(hash)),
    }),
  );
});

/** Why a proof is refused, by the name of its file: one that leads nowhere, or one that leads elsewhere. */
const REASONS: readonly (readonly [RegExp, readonly ErrorCode[]])[] = [
  [/garbage|inserted|removed|truncated|empty-proof|preceding-|trailing-|wrong-|treeSize|size2-|greater/, ["malformed"]],
  [/modified-proof|random-root|swapped-roots|roots-do-not|roots-are-not/, ["mismatch"]],
];

function checkAll<V extends { readonly wantErr: boolean }>(folder: string, verify: (vector: V) => void): void {
  const files = globSync("**/*.json", { cwd: folder }).toSorted();
  assert.ok(files.length > 80, `only ${files.length} vectors`);
  for (const file of files) {
    const vector = JSON.parse(readFileSync(join(folder, file), "utf8")) as V;
    const reasons = REASONS.find(([name]) => name.test(basename(file)))?.[1] ?? ["malformed", "mismatch"];
    const refused = (error: unknown): boolean => isPlacardError(error) && reasons.includes(error.code);
    if (vector.wantErr) assert.throws(() => verify(vector), refused, file);
    else assert.doesNotThrow(() => verify(vector), file);
  }
}
