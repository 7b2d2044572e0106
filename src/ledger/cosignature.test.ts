import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { test } from "node:test";
import { testSigner } from "../../test/note-keys.ts";
import { concat, fromHex, fromUtf8, utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { cosign, cosignatureMessage, verifyCosignature, verifyCosignatures } from "./cosignature.ts";
import { formatSignature, type KeyType, parseNote, parseSignatures, parseVerifierKey, signNote } from "./note.ts";

const TEXT = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
const TIME = 1_679_315_147;
const witness = testSigner("witness.example/w1", 3, 4);
const key = parseVerifierKey(witness.vkey);
const log = testSigner("example.com/behind-the-sofa", 1);

/** OpenSSL's Ed25519, apart from the code under test. */
const privateKey = createPrivateKey({
  key: Buffer.concat([fromHex("302e020100300506032b657004220420", 16), Buffer.alloc(32, 3)]),
  format: "der",
  type: "pkcs8",
});

const only = (line: string): Uint8Array => {
  const [signature] = parseSignatures(`${line}\n`);
  assert.ok(signature);
  return signature.signature;
};

test("what is signed is what tlog-cosignature shows", () => {
  assert.equal(
    fromUtf8(cosignatureMessage(TIME, TEXT)),
    "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
  );
});

test("a cosignature is time and Ed25519 signature, the same by OpenSSL", () => {
  const blob = only(cosign(TEXT, witness, TIME));
  assert.equal(blob.length, 72);
  assert.equal(new DataView(blob.buffer, blob.byteOffset).getBigUint64(0), BigInt(TIME));
  const message = cosignatureMessage(TIME, TEXT);
  assert.deepEqual(blob.slice(8), new Uint8Array(sign(null, message, privateKey)));
  assert.ok(verify(null, message, createPublicKey(privateKey), blob.subarray(8)));
  assert.equal(verifyCosignature(TEXT, blob, key), TIME);
});

test("a cosignature with another time, text, key or length is refused", () => {
  const blob = only(cosign(TEXT, witness, TIME));
  const later = blob.with(7, (blob[7] as number) + 1);
  assert.throws(() => verifyCosignature(TEXT, later, key), is("mismatch"));
  assert.throws(() => verifyCosignature(`${TEXT}more\n`, blob, key), is("mismatch"));
  const stranger = parseVerifierKey(testSigner("witness.example/w1", 4, 4).vkey);
  assert.throws(() => verifyCosignature(TEXT, blob, stranger), is("mismatch"));
  for (const other of [blob.subarray(1), concat(blob, Uint8Array.of(0)), new Uint8Array(0)]) {
    assert.throws(() => verifyCosignature(TEXT, other, key), is("malformed"));
  }
  assert.throws(() => verifyCosignature(TEXT, blob.fill(0, 0, 8), key), is("malformed"));
  assert.throws(() => verifyCosignature(TEXT, blob.fill(255, 0, 8), key), is("malformed"));
});

test("a plain signature by the same key is no cosignature", () => {
  const plain = concat(new Uint8Array(7), Uint8Array.of(1), witness.sign(utf8(TEXT)));
  assert.throws(() => verifyCosignature(TEXT, plain, key), is("mismatch"));
});

test("times and keys that cannot be are not signed with", () => {
  for (const time of [0, -1, 1.5, 2 ** 53, Number.NaN]) assert.throws(() => cosign(TEXT, witness, time), is("usage"));
  assert.throws(() => cosign(TEXT, log, TIME), is("usage"));
});

test("known witnesses are found among others, each at its earliest time", () => {
  const second = testSigner("witness.example/w2", 4, 4);
  const foreign = formatSignature({ name: "pq.example", keyId: "00000006", signature: new Uint8Array(2428) });
  const lines = [cosign(TEXT, witness, TIME + 9), foreign, cosign(TEXT, second, TIME), cosign(TEXT, witness, TIME)];
  const note = parseNote(`${signNote(TEXT, [log])}${lines.join("\n")}\n`);
  const quantum = { name: "pq.example", type: 6 as KeyType, keyId: "00000006", publicKey: new Uint8Array(1312) };
  assert.deepEqual(verifyCosignatures(note, [key, quantum]), [{ key, time: TIME }]);
  assert.deepEqual(verifyCosignatures(note, []), []);
});

test("one failing cosignature by a known witness refuses the note", () => {
  const line = cosign(`${TEXT}more\n`, witness, TIME);
  const note = parseNote(`${signNote(TEXT, [log])}${cosign(TEXT, witness, TIME)}\n${line}\n`);
  assert.throws(() => verifyCosignatures(note, [key]), is("mismatch"));
});

function is(code: "mismatch" | "malformed" | "usage") {
  return (error: unknown): boolean => isPlacardError(error, code);
}
