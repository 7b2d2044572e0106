import assert from "node:assert/strict";
import { test } from "node:test";
import { honestParts } from "../../test/placard-fixture.ts";
import { collect } from "../../test/wacz-fixture.ts";
import { toHex, utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";
import { readPlacardFile } from "../verify/placard-file.ts";
import { writePlacardFile } from "./write-placard.ts";

const blobOf = (bytes: Uint8Array) => ({ sha256: toHex(sha256(bytes)), blob: new Blob([bytes as BlobPart]) });

test("the same parts are the same bytes, in whatever order and at whatever time they come", async () => {
  const parts = await honestParts();
  const blobs = parts.blobs.map(blobOf);
  const first = await collect(writePlacardFile({ ...parts, blobs }));
  const again = await collect(writePlacardFile({ ...parts, blobs: blobs.toReversed() }));
  assert.deepEqual(first, again);
});

test("what is written is read back, part by part", async () => {
  const parts = { ...(await honestParts()), timestamps: Array.from({ length: 16 }, (_, i) => utf8(`token ${i}`)) };
  const blobs = parts.blobs.map(blobOf);
  const read = await readPlacardFile(new Blob([await collect(writePlacardFile({ ...parts, blobs }))]));
  assert.equal(read.act, parts.act);
  assert.equal(read.proof, parts.proof);
  assert.equal(read.vkey, parts.vkey);
  assert.deepEqual(read.timestamps, parts.timestamps);
  assert.deepEqual([...read.blobs.keys()], blobs.map((one) => one.sha256).toSorted());
  for (const { sha256, blob } of blobs) assert.deepEqual(await read.blobs.get(sha256)?.bytes(), await blob.bytes());
});

test("a blob is handed on in pieces, never whole", async () => {
  const pieces = Array.from({ length: 128 }, () => new Uint8Array(1 << 16));
  const large = { sha256: toHex(sha256(new Uint8Array(pieces.length << 16))), blob: new Blob(pieces) };
  let longest = 0;
  for await (const chunk of writePlacardFile({ ...(await honestParts()), blobs: [large] })) {
    longest = Math.max(longest, chunk.length);
  }
  assert.ok(longest <= 1 << 20, `${longest} bytes at once`);
});

test("a blob that is not what its name says is handed to nobody", async () => {
  const parts = { act: "a", proof: "p", vkey: "k", timestamps: [] };
  const writing = writePlacardFile({ ...parts, blobs: [{ sha256: "0".repeat(64), blob: new Blob(["altered"]) }] });
  await assert.rejects(writing.next(), (error) => isPlacardError(error, "mismatch"));
});
