/** Our own vectors for the ledger's texts, in a form another implementation can read (docs/formats/ledger.md). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openCheckpoint } from "../../src/ledger/checkpoint.ts";
import { leafHash, verifyInclusion } from "../../src/ledger/merkle.ts";
import { parseNote, parseVerifierKey, verifyNote } from "../../src/ledger/note.ts";
import { parsePolicy, quorumMet } from "../../src/ledger/policy.ts";
import { formatProof, parseProof } from "../../src/ledger/proof.ts";
import { toBase64, utf8 } from "../../src/lib/bytes.ts";
import { isPlacardError } from "../../src/lib/error.ts";

interface Vector {
  readonly [member: string]: unknown;
}

function readVectors<V extends Vector>(name: string, least: number): readonly (readonly [why: string, vector: V])[] {
  const vectors: [string, V][] = [];
  let why = "";
  for (const line of readFileSync(join(import.meta.dirname, name), "utf8").split("\n")) {
    if (line.startsWith("#")) why = line.slice(2);
    else if (line !== "") vectors.push([why, JSON.parse(line) as V]);
  }
  assert.ok(vectors.length >= least, `${name} has only ${vectors.length} vectors`);
  return vectors;
}

function eachHolds<V extends Vector>(name: string, least: number, look: (vector: V, why: string) => void): void {
  for (const [why, vector] of readVectors<V>(name, least)) look(vector, why);
}

function eachRefused<V extends { readonly error: string } & Vector>(
  name: string,
  least: number,
  look: (vector: V) => void,
): void {
  for (const [why, vector] of readVectors<V>(name, least)) {
    assert.throws(
      () => look(vector),
      (error) =>
        isPlacardError(error) && assert.equal(error.code, vector.error, `${why}: ${error.message}`) === undefined,
      why,
    );
  }
}

type NoteVector = { vkeys: string[]; note: string; text: string; signers: string[]; error: string };
const openNote = ({ vkeys, note }: NoteVector) => {
  const parsed = parseNote(utf8(note));
  return { text: parsed.text, signers: verifyNote(parsed, vkeys.map(parseVerifierKey)).map(({ name }) => name) };
};

test("signed notes open as they should", () => {
  eachHolds<NoteVector>("note_valid.txt", 16, (vector, why) => {
    assert.deepEqual(openNote(vector), { text: vector.text, signers: vector.signers }, why);
  });
});

test("what is no signed note, or not by the key, is refused for the right reason", () => {
  eachRefused<NoteVector>("note_invalid.txt", 55, openNote);
});

type CheckpointVector = { vkey: string; checkpoint: string; error: string; [stated: string]: unknown };

test("checkpoints open as they should", () => {
  eachHolds<CheckpointVector>("checkpoint_valid.txt", 7, ({ vkey, checkpoint, ...stated }, why) => {
    const { origin, size, root, extensions } = openCheckpoint(checkpoint, vkey);
    assert.deepEqual({ origin, size, root: toBase64(root), extensions }, stated, why);
  });
});

test("what is no checkpoint of the log is refused for the right reason, though signed", () => {
  eachRefused<CheckpointVector>("checkpoint_invalid.txt", 30, ({ vkey, checkpoint }) =>
    openCheckpoint(checkpoint, vkey),
  );
});

type ProofVector = { vkey: string; entry: string; proof: string; error: string; [stated: string]: unknown };
const openProof = ({ vkey, entry, proof }: Pick<ProofVector, "vkey" | "entry" | "proof">) => {
  const parsed = parseProof(utf8(proof));
  const { size, root } = openCheckpoint(parsed.checkpoint, vkey);
  verifyInclusion({ index: parsed.index, size, root, leaf: leafHash(utf8(entry)), proof: parsed.hashes });
  return { ...parsed, size };
};

test("proofs hold as they should, and are written as they were read", () => {
  eachHolds<ProofVector>("proof_valid.txt", 8, ({ vkey, entry, proof, ...stated }, why) => {
    const { index, size, extra, ...rest } = openProof({ vkey, entry, proof });
    assert.deepEqual({ index, size, ...(extra ? { extra: toBase64(extra) } : {}) }, stated, why);
    assert.equal(formatProof({ index, ...rest, ...(extra ? { extra } : {}) }), proof, why);
  });
});

test("what is no proof of the entry is refused for the right reason", () => {
  eachRefused<ProofVector>("proof_invalid.txt", 34, openProof);
});

type PolicyVector = { policy: string; cosigned: string[]; met: boolean; error: string };

test("policies are taken, and their quorum is met or not", () => {
  eachHolds<PolicyVector>("policy_valid.txt", 22, ({ policy, cosigned, met }, why) => {
    for (const file of [policy, utf8(policy)]) assert.equal(quorumMet(parsePolicy(file), new Set(cosigned)), met, why);
  });
});

test("what is no policy is refused for the right reason", () => {
  eachRefused<PolicyVector>("policy_invalid.txt", 46, ({ policy }) => parsePolicy(policy));
});
