/**
 * Every bit of a checkpoint, a proof, a tile and an entry bundle is turned over once (of the checkpoint, in the deep run). Each change must be refused, or
 * leave the verdict what it was; the bytes where that may happen are named with the reason.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openCheckpoint, parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { cosign } from "../../src/ledger/cosignature.ts";
import { EMPTY_EDGE, growTree } from "../../src/ledger/grow.ts";
import { inclusionProof, leafHash, rootHash, verifyInclusion } from "../../src/ledger/merkle.ts";
import { formatSignature, parseNote, parseVerifierKey } from "../../src/ledger/note.ts";
import { parsePolicy, quorumMet, witnessesOf } from "../../src/ledger/policy.ts";
import { formatProof, parseProof } from "../../src/ledger/proof.ts";
import { encodeEntries, hashFromTile, parseEntries } from "../../src/ledger/tile.ts";
import { concat, toBase64, toHex, utf8 } from "../../src/lib/bytes.ts";
import { PlacardError } from "../../src/lib/error.ts";
import { testSigner } from "../note-keys.ts";
import { tinyLog } from "../tiny-log.ts";

const signer = testSigner("log.example/hollow-lane", 1);
const witness = testSigner("witness.example/w1", 3, 4);
const logKey = parseVerifierKey(signer.vkey);
const policy = parsePolicy(`log ${signer.vkey}\nwitness A ${witness.vkey}\nquorum A\n`);
const log = tinyLog(signer);
const bare = await log.checkpoint(7);
const cosigned = `${bare}${cosign(parseNote(bare).text, witness, 1_767_225_600)}\n`;
const stranger = `${formatSignature({ name: "stranger.example", keyId: "0badc0de", signature: new Uint8Array(8).fill(7) })}\n`;
const hashes = await inclusionProof(3, 7, log.read);

const deep = process.env["PLACARD_DEEP"] === "1";

/** What a reader learns of a checkpoint: all of it, and who vouched for it when. */
function verdictOf(checkpoint: Uint8Array | string): string {
  const { origin, size, root, extensions, note } = openCheckpoint(checkpoint, logKey);
  const witnesses = witnessesOf(policy, note);
  if (!quorumMet(policy, new Set(witnesses.keys()))) throw new PlacardError("mismatch", "The quorum is not met.");
  return JSON.stringify([origin, size, toHex(root), extensions, [...witnesses]]);
}

function verdictOfProof(bytes: Uint8Array): string {
  const { index, hashes, checkpoint } = parseProof(bytes);
  const { size, root } = parseCheckpoint(parseNote(checkpoint).text);
  verifyInclusion({ index, size, root, leaf: leafHash(utf8("entry 3")), proof: hashes });
  return JSON.stringify([index, verdictOf(checkpoint)]);
}

/**
 * The bytes below `end` in which a bit can be turned over with the same verdict. Fails for a bit that gives another
 * verdict, or another error than a PlacardError.
 */
async function unnoticed(
  genuine: Uint8Array,
  verdict: (bytes: Uint8Array) => string | Promise<string>,
  start = 0,
  end = genuine.length,
  step = 1,
): Promise<readonly number[]> {
  const expected = await verdict(genuine);
  const places = new Set<number>();
  for (let bit = start * 8; bit < end * 8; bit += step) {
    const at = Math.floor(bit / 8);
    const bytes = genuine.with(at, (genuine[at] as number) ^ (1 << (bit % 8)));
    try {
      assert.equal(await verdict(bytes), expected, `bit ${bit} changes the verdict`);
      places.add(at);
    } catch (error) {
      assert.ok(error instanceof PlacardError, `bit ${bit}: ${error}`);
    }
  }
  return [...places];
}

test("no bit of a cosigned checkpoint can change", async () => {
  // Short of the deep run every third, so that all bits of bytes are met.
  assert.deepEqual(await unnoticed(utf8(cosigned), verdictOf, 0, utf8(cosigned).length, deep ? 1 : 3), []);
});

test("no bit of a proof can change", async () => {
  const proof = formatProof({ index: 3, hashes, checkpoint: cosigned });
  // The checkpoint within is the one above, opened by the same function: its bits are turned over again when there is time.
  const end = deep ? utf8(proof).length : proof.indexOf(cosigned) + 1;
  assert.deepEqual(await unnoticed(utf8(proof), verdictOfProof, 0, end), []);
});

test("a signature by a key nobody here knows may change: signed-note has it ignored", async () => {
  const whole = utf8(cosigned + stranger);
  const places = await unnoticed(whole, verdictOf, utf8(cosigned).length);
  assert.ok(places.length > 0);
  // But not the form of its line: the dash, the space, the line's end.
  const dash = utf8(cosigned).length;
  for (const at of [dash, dash + 1, dash + 2, dash + 3, whole.length - 1]) {
    assert.ok(!places.includes(at), `byte ${at}`);
  }
});

test("extra data in a proof may change: tlog-proof has nothing vouch for them, and Placard writes none", async () => {
  const extra = utf8("from the box on the shelf");
  const proof = formatProof({ index: 3, hashes, checkpoint: cosigned, extra });
  const [start, end] = [proof.indexOf("extra "), proof.indexOf("index ")];
  const places = await unnoticed(utf8(proof), verdictOfProof, start, end);
  assert.ok(places.length > 0);
  const data = start + "extra ".length;
  assert.deepEqual(
    places.filter((at) => at < data || at >= data + toBase64(extra).length),
    [],
  );
});

test("no bit of a tile or an entry bundle can change under a checkpoint", async () => {
  const { root } = await log.head(7);
  const sameRoot = (found: Uint8Array): string => {
    if (toHex(found) !== toHex(root)) throw new PlacardError("mismatch", "Another root.");
    return toHex(found);
  };
  const tile = concat(...Array.from({ length: 7 }, (_, index) => log.read(0, index)));
  const fromTile = async (bytes: Uint8Array): Promise<string> =>
    sameRoot(await rootHash(7, (level, index) => hashFromTile(bytes, level, index)));
  assert.deepEqual(await unnoticed(tile, fromTile), []);
  const bundle = encodeEntries(Array.from({ length: 7 }, (_, index) => utf8(`entry ${index}`)));
  const fromBundle = (bytes: Uint8Array): string =>
    sameRoot(growTree(EMPTY_EDGE, parseEntries(bytes, 7).map(leafHash)).root);
  assert.deepEqual(await unnoticed(bundle, fromBundle), []);
});
