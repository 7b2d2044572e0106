import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { concat } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";
import { openDigester } from "./digest-blob.ts";
import { openFileBlob } from "./file-blob.ts";

const content = Uint8Array.from({ length: 40_000 }, (_, i) => (i * 31) ^ (i >> 7));
const isStorage = (error: unknown): boolean => isPlacardError(error, "storage");
let folder = "";
let path = "";

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-file-blob-"));
  path = join(folder, "file");
  await writeFile(path, content);
});
after(() => rm(folder, { recursive: true }));

test("slices of a file are what slices of a Blob of its bytes are", async () => {
  await using file = await openFileBlob(path);
  const blob = new Blob([content]);
  const at = fc.option(fc.integer({ min: -50_000, max: 50_000 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(at, at, at, at, async (a, b, c, d) => {
      const [ours, theirs] = [file.blob.slice(a, b).slice(c, d), blob.slice(a, b).slice(c, d)];
      assert.equal(ours.size, theirs.size);
      assert.deepEqual(await ours.bytes(), new Uint8Array(await theirs.arrayBuffer()));
    }),
    { numRuns: 200 },
  );
});

test("its stream is its bytes", async () => {
  await using file = await openFileBlob(path);
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.blob.slice(3, 30_001).stream()) chunks.push(chunk);
  assert.deepEqual(concat(...chunks), content.slice(3, 30_001));
});

test("a large slice is hashed in a thread, to the same hash and with all its bytes told", async () => {
  const large = join(folder, "large");
  const bytes = new Uint8Array((1 << 24) + 12_345).fill(7);
  await writeFile(large, bytes);
  await using file = await openFileBlob(large);
  await using digester = openDigester(bytes.length);
  const slice = file.blob.slice(5, bytes.length - 5);
  let told = 0;
  const expected = sha256(bytes.subarray(5, bytes.length - 5));
  // Three at once and one after them: more than there are threads, and a thread that is used again.
  const digest = (): Promise<Uint8Array> => digester.digestBlob(slice, (count) => void (told += count));
  for (const found of [...(await Promise.all([digest(), digest(), digest()])), await digest()]) {
    assert.deepEqual(new Uint8Array(found), expected);
  }
  assert.equal(told, 4 * slice.size);

  const stop = new Error("stopped");
  await assert.rejects(
    digester.digestBlob(slice, () => {
      throw stop;
    }),
    stop,
  );
});

test("a file cut short meanwhile, a folder and nothing at all are storage errors", async () => {
  const short = join(folder, "short");
  await writeFile(short, new Uint8Array(1 << 25));
  await using file = await openFileBlob(short);
  await using digester = openDigester(file.blob.size);
  await truncate(short, 10);
  await assert.rejects(file.blob.bytes(), isStorage);
  await assert.rejects(
    digester.digestBlob(file.blob, () => undefined),
    isStorage,
  );
  await assert.rejects(openFileBlob(folder), isStorage);
  await assert.rejects(openFileBlob(join(folder, "none")), isStorage);
});
