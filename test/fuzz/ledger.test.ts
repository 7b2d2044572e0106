/** The ledger's texts from outside: whatever the bytes, an answer or a PlacardError. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { openCheckpoint, parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { cosign, verifyCosignatures } from "../../src/ledger/cosignature.ts";
import { inclusionProof, rootFromInclusion, verifyConsistency } from "../../src/ledger/merkle.ts";
import { parseNote, parseVerifierKey, verifyNote } from "../../src/ledger/note.ts";
import { parsePolicy, quorumMet, witnessesOf } from "../../src/ledger/policy.ts";
import { formatProof, parseProof } from "../../src/ledger/proof.ts";
import { hashFromTile, parseEntries, parseTilePath } from "../../src/ledger/tile.ts";
import {
  formatAddCheckpoint,
  parseAddCheckpoint,
  parseWitnessResponse,
  witnessDecision,
} from "../../src/ledger/witness.ts";
import { concat, utf8 } from "../../src/lib/bytes.ts";
import { PlacardError } from "../../src/lib/error.ts";
import { FUZZ_TIME } from "../fuzz-time.ts";
import { testSigner } from "../note-keys.ts";
import { tinyLog } from "../tiny-log.ts";

const budget = { numRuns: 1_000_000, interruptAfterTimeLimit: FUZZ_TIME / 3, markInterruptAsFailure: false };

const signer = testSigner("log.example/hollow-lane", 1);
const witness = testSigner("witness.example/w1", 3, 4);
const [logKey, witnessKey] = [parseVerifierKey(signer.vkey), parseVerifierKey(witness.vkey)];
const log = tinyLog(signer);
const bare = await log.checkpoint(7);
const checkpoint = `${bare}${cosign(parseNote(bare).text, witness, 1_767_225_600)}\n`;
const proof = formatProof({ index: 3, hashes: await inclusionProof(3, 7, log.read), checkpoint });
const request = formatAddCheckpoint({ oldSize: 3, proof: await log.consistency(3, 7), checkpoint });
const policyText = `log ${signer.vkey}\nwitness A ${witness.vkey} https://w.example\ngroup g any A\nquorum g\n#placard timestamp-authority t ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=\n`;
const policy = parsePolicy(policyText);
const head = await log.head(3);

/** Takes `genuine` apart at random places and puts it together again with pieces that mean something here. */
function mangled(genuine: string): fc.Arbitrary<Uint8Array> {
  const whole = utf8(genuine);
  const lines = genuine.split("\n");
  const piece = fc.oneof(
    fc.constantFrom(
      "\n",
      "\n\n",
      "— ",
      " ",
      "0",
      "18446744073709551616",
      "-",
      "+",
      "=",
      "\r\n",
      "\0",
      "\ufeff",
      ...lines,
    ),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  const cut = fc.nat(whole.length);
  const spliced = fc
    .tuple(cut, cut, piece)
    .map(([from, to, text]) => concat(whole.subarray(0, from), utf8(text), whole.subarray(to)));
  const shuffled = fc.array(piece, { maxLength: 12 }).map((pieces) => utf8(pieces.join("\n")));
  const flipped = fc.tuple(cut, fc.nat(255)).map(([at, byte]) => {
    const bytes = whole.slice();
    bytes.set([byte], Math.min(at, bytes.length - 1));
    return bytes;
  });
  return fc.oneof(spliced, spliced, flipped, shuffled, fc.uint8Array({ maxLength: 300 }));
}

function answersOrRefuses(what: string, genuine: string, read: (bytes: Uint8Array) => unknown): void {
  test(`only a PlacardError comes out of ${what} of any bytes`, () => {
    let taken = 0;
    let refused = 0;
    const look = (bytes: Uint8Array): void => {
      try {
        read(bytes);
        taken++;
      } catch (error) {
        assert.ok(error instanceof PlacardError, `${error} escaped`);
        refused++;
      }
    };
    look(utf8(genuine));
    assert.equal(taken, 1, "the genuine one is taken");
    const property = fc.property(mangled(genuine), look);
    fc.assert(property, { numRuns: 200 });
    fc.assert(property, budget);
    assert.ok(refused > 50, `only ${refused} were refused`);
  });
}

answersOrRefuses("a checkpoint", checkpoint, (bytes) => {
  const { note } = openCheckpoint(bytes, logKey);
  witnessesOf(policy, note);
});

answersOrRefuses("a note under keys of any type", checkpoint, (bytes) => {
  const note = parseNote(bytes);
  parseCheckpoint(note.text);
  verifyCosignatures(note, [logKey, witnessKey]);
  verifyNote(note, [logKey, witnessKey]);
});

answersOrRefuses("a proof", proof, (bytes) => {
  const { index, hashes, checkpoint } = parseProof(bytes);
  const { size } = parseCheckpoint(parseNote(checkpoint).text);
  rootFromInclusion({ index, size, leaf: new Uint8Array(32), proof: hashes });
});

answersOrRefuses("a policy", policyText, (bytes) => quorumMet(parsePolicy(bytes), new Set(["A"])));

answersOrRefuses("a verifier key", signer.vkey, (bytes) => parseVerifierKey(String.fromCharCode(...bytes)));

answersOrRefuses("a request to a witness", request, (bytes) => {
  const decision = witnessDecision(bytes, { keysOf: () => [logKey], latestOf: () => head });
  assert.ok([200, 400, 403, 409, 422].includes(decision.status));
  const { oldSize, proof, checkpoint } = parseAddCheckpoint(bytes);
  const { size: newSize, root: newRoot } = parseCheckpoint(parseNote(checkpoint).text);
  verifyConsistency({ oldSize, newSize, oldRoot: head.root, newRoot, proof });
});

answersOrRefuses("a witness's answer", checkpoint.slice(bare.length), (body) =>
  parseWitnessResponse({ status: 200, mediaType: undefined, body }, parseNote(bare), witnessKey),
);

answersOrRefuses("an entry bundle", "\0\u0001a\0\u0002bc", (bytes) => parseEntries(bytes, 2));

answersOrRefuses("a tile's path", "tile/0/x001/000.p/3", (bytes) => parseTilePath(String.fromCharCode(...bytes)));

answersOrRefuses("a tile", "x".repeat(96), (bytes) => hashFromTile(bytes, 1, 0));
