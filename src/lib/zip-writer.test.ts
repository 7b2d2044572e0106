import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { crc32 as zlibCrc } from "node:zlib";
import { BlobReader, ZipReader } from "@zip.js/zip.js";
import fc from "fast-check";
import { spoiled } from "../../test/spoiled.ts";
import { utf8 } from "./bytes.ts";
import { crc32 } from "./crc32.ts";
import { writeZip, type ZipMember } from "./zip-writer.ts";

const member = (name: string, bytes: Uint8Array): ZipMember => ({
  name,
  bytes: bytes.length,
  crc32: crc32(bytes),
  chunks: () => spoiled([bytes.subarray(0, 2), bytes.subarray(2)].filter(({ length }) => length > 0)),
});

async function zip(members: readonly ZipMember[]): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeZip(members)) chunks.push(new Uint8Array(chunk));
  return new Uint8Array(Buffer.concat(chunks));
}

test("CRC-32 is zlib's, in pieces too", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => assert.equal(crc32(b, crc32(a)), zlibCrc(b, zlibCrc(a)))),
  );
});

test("another reader finds every member as it was", async () => {
  const members = [
    member("a.txt", utf8("one")),
    member("folder/ünïcode.txt", utf8("")),
    member("b", new Uint8Array(70_000).fill(7)),
  ];
  const reader = new ZipReader(new BlobReader(new Blob([await zip(members)])));
  const entries = await reader.getEntries();
  assert.deepEqual(
    entries.map((entry) => [entry.filename, entry.uncompressedSize]),
    members.map(({ name, bytes }) => [name, bytes]),
  );
  await reader.close();
});

test("unzip accepts it, many members (ZIP64) too", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "placard-zip-"));
  t.after(() => rmSync(folder, { recursive: true }));
  // It is their count that matters: most are empty.
  const text = (i: number): string => (i % 50 === 0 ? `lantern ${i}` : "");
  return zip(Array.from({ length: 65_600 }, (_, i) => member(`m/${i}`, utf8(text(i))))).then((bytes) => {
    writeFileSync(join(folder, "many.zip"), bytes);
    try {
      execFileSync("unzip", ["-tqq", join(folder, "many.zip")]);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      t.skip("unzip is not installed: ZIP64 was not tested against it");
    }
  });
});
