/** Files of others' making: whatever the bytes, they are read, or refused by an error of ours. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { readReceived } from "../../src/capture/received/read.ts";
import { concat, utf8 } from "../../src/lib/bytes.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { digestInSlices } from "../../src/verify/digest.ts";
import { FUZZ_TIME } from "../fuzz-time.ts";
import { waczMembers, zipOf } from "../wacz-fixture.ts";

const box = { numRuns: 1e7, interruptAfterTimeLimit: FUZZ_TIME };
const digestBlob = digestInSlices(() => createHash("sha256"));
const warc = utf8(
  "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://townsquare.example/p/7\r\nWARC-Block-Digest: sha1:AAAA\r\nContent-Length: 40\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n\r\n",
);
const seeds: readonly Uint8Array[] = [
  warc,
  concat(warc, warc),
  gzipSync(warc),
  utf8('{"log":{"creator":{"name":"x"},"pages":[{}],"entries":[{"request":{"url":"https://townsquare.example/"}}]}}'),
  utf8("<!doctype html><!-- saved from url=(0030)https://townsquare.example/p/7 --><meta charset=x><title>A</title>"),
  await zipOf(waczMembers()),
];

async function look(bytes: Uint8Array): Promise<void> {
  try {
    const { claims, checks } = await readReceived(new Blob([bytes as BlobPart]), { digestBlob });
    assert.ok(Object.values(claims).every((claim: string) => claim.length <= 2000 && claim.isWellFormed()));
    assert.ok(checks.every(({ why }) => why.length > 0));
  } catch (error) {
    assert.ok(
      isPlacardError(error) && error.code !== "storage",
      `${String(error)} for ${Buffer.from(bytes).toString("base64").slice(0, 2000)}`,
    );
  }
}

test("sound files with pieces changed, cut or doubled", async () => {
  const change = fc.tuple(
    fc.nat(),
    fc.nat(30),
    fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.string().map(utf8),
      fc.constantFrom(warc, utf8("\r\n\r\n"), utf8("<!--")),
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...seeds),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (seed, changes, packed) => {
        let bytes: Uint8Array = seed;
        for (const [at, length, instead] of changes) {
          const start = at % (bytes.length + 1);
          bytes = concat(bytes.subarray(0, start), instead, bytes.subarray(start + length));
        }
        await look(packed ? gzipSync(bytes) : bytes);
      },
    ),
    box,
  );
});
