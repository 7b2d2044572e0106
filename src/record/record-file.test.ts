import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { toBase64 } from "../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { formatRecordFile, parseRecordFile, type RecordFile } from "./record-file.ts";

const origin = "placard/hollow-lane-residents/0123456789abcdef";
const spki = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey.export({ type: "spki", format: "der" });
const file: RecordFile = {
  format: 1,
  name: "Hollow Lane Residents",
  origin,
  vkey: `${origin}+0a1b2c3d+${toBase64(new Uint8Array(33).fill(1))}`,
  archiveKey: toBase64(spki),
};

function refusal(change: object): PlacardError {
  try {
    parseRecordFile(JSON.stringify({ ...file, ...change }));
  } catch (error) {
    assert.ok(error instanceof PlacardError);
    return error;
  }
  assert.fail(`taken: ${JSON.stringify(change)}`);
}

test("a record file is read back as it was written, and written the same every time", () => {
  const text = formatRecordFile(file);
  assert.deepEqual(parseRecordFile(text), file);
  assert.equal(formatRecordFile(parseRecordFile(text)), text);
  assert.match(text, /^\{\n {2}"format": 1,\n {2}"name": "Hollow Lane Residents",\n/);
  assert.ok(text.endsWith("}\n"));
});

test("another format asks for a newer program; damage asks for a back-up", () => {
  assert.equal(refusal({ format: 2 }).code, "unsupported");
  for (const change of [
    { format: "1" },
    { extra: true },
    { name: "" },
    { name: " padded " },
    { name: "two\nlines" },
    { name: "n".repeat(201) },
    { origin: "with space" },
    { origin: "with+plus" },
    { origin: "" },
    { vkey: `placard/other/00${file.vkey.slice(origin.length)}` },
    { vkey: file.vkey.slice(0, -1) },
    { vkey: undefined },
    { archiveKey: toBase64(new Uint8Array(120)) },
    { archiveKey: file.archiveKey.slice(4) },
  ]) {
    const error = refusal(change);
    assert.equal(error.code, "malformed", JSON.stringify(change));
    assert.match(error.next ?? "", /back-up/);
  }
});

test("a record file that could not be read back is never written", () => {
  assert.throws(
    () => formatRecordFile({ ...file, name: "" }),
    (error) => isPlacardError(error, "malformed"),
  );
});

test("only a PlacardError comes out of any text", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.record({ format: fc.jsonValue(), name: fc.jsonValue() }).map((all) => JSON.stringify(all)),
      ),
      (text) => {
        assert.throws(() => parseRecordFile(text), PlacardError);
      },
    ),
    { numRuns: 500 },
  );
  assert.throws(
    () => parseRecordFile(" ".repeat(1 << 15)),
    (error) => isPlacardError(error, "too_large"),
  );
});
