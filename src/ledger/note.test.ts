import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { testSigner } from "../../test/note-keys.ts";
import { concat, fromHex, toHex, utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { formatVerifierKey, keyId, parseNote, parseVerifierKey, signNote, verifyEd25519, verifyNote } from "./note.ts";

const signer = testSigner("log.example/hollow-lane", 1);
const key = parseVerifierKey(signer.vkey);

test("the keys of C2SP signed-note's examples have the IDs they state", () => {
  for (const vkey of [
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
  ]) {
    const parsed = parseVerifierKey(vkey);
    assert.equal(parsed.keyId, vkey.split("+")[1]);
    assert.equal(formatVerifierKey(parsed), vkey);
  }
});

test("one public key has another ID as a key for cosignatures", () => {
  assert.notEqual(keyId(key), keyId({ ...key, type: 4 }));
  assert.equal(parseVerifierKey(formatVerifierKey({ ...key, type: 4 })).type, 4);
});

test("a verifier key of ML-DSA-44 is read, and verifies nothing", () => {
  const quantum = parseVerifierKey(formatVerifierKey({ name: "pq.example", type: 6, publicKey: new Uint8Array(1312) }));
  assert.equal(quantum.type, 6);
  assert.throws(() => verifyNote(parseNote(signNote("a\n", [signer])), [quantum]), is("mismatch"));
});

test("any text without control characters that ends in a newline is signed and read back", () => {
  const text = fc.string({ unit: "grapheme" }).map((any) => `${any.replace(/[^\P{Cc}\n]/gu, "").toWellFormed()}\n`);
  fc.assert(
    fc.property(text, (given) => {
      const note = parseNote(utf8(signNote(given, [signer])));
      assert.equal(note.text, given);
      assert.deepEqual(verifyNote(note, [key]), [key]);
    }),
    { numRuns: 50 },
  );
});

test("a text that could not be read back is not signed", () => {
  for (const text of ["", "a", "a\r\n", "a\tb\n", "\ud800\n"]) {
    assert.throws(() => signNote(text, [signer]), is("malformed"), JSON.stringify(text));
  }
  assert.throws(() => signNote("a\n", []), is("malformed"));
});

test("a note past 1 MB is refused unread, one just below is taken", () => {
  const room = 1_000_000 - utf8(signNote("\n", [signer])).length;
  assert.equal(parseNote(utf8(signNote(`${"a".repeat(room)}\n`, [signer]))).text.length, room + 1);
  assert.throws(() => parseNote(new Uint8Array(10_000_000)), is("too_large"));
  assert.throws(() => signNote(`${"a".repeat(room + 1)}\n`, [signer]), is("too_large"));
});

test("bytes that are not UTF-8 are no note", () => {
  const note = utf8(signNote("abc\n", [signer]));
  for (const byte of [0x80, 0xc0, 0xff]) assert.throws(() => parseNote(note.with(1, byte)), is("malformed"));
});

function is(code: "mismatch" | "malformed" | "too_large") {
  return (error: unknown): boolean => isPlacardError(error, code);
}

test("a signature that only lenient verifiers take is refused: its point is not in its one encoding", () => {
  const secret = new Uint8Array(32).fill(7);
  const { scalar } = ed25519.utils.getExtendedPublicKey(secret);
  const key = ed25519.getPublicKey(secret);
  const message = utf8("placard/test\n1\nAAAA\n");
  const order = ed25519.Point.Fn.ORDER;
  // R is the neutral point, written as y = p + 1 instead of 1; S = k × the secret scalar makes it add up (RFC 8032 §5.1.7).
  const signed = (point: Uint8Array): Uint8Array => {
    const k = sha512(concat(point, key, message)).toReversed();
    const s = (BigInt(`0x${toHex(k)}`) * scalar) % order;
    return concat(point, fromHex(s.toString(16).padStart(64, "0"), 32).toReversed());
  };
  const other = concat(new Uint8Array([0xee]), new Uint8Array(30).fill(0xff), new Uint8Array([0x7f]));
  assert.equal(ed25519.verify(signed(other), message, key, { zip215: true }), true, "a lenient verifier takes it");
  assert.equal(verifyEd25519(signed(other), message, key), false);
  assert.equal(verifyEd25519(ed25519.sign(message, secret), message, key), true);
});
