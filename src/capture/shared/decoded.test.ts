import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { spoiledBody } from "../../../test/spoiled.ts";
import { isPlacardError } from "../../lib/error.ts";
import { decodedBody } from "./decoded.ts";

const TEXT = Buffer.from("The hedge at number four has been cut again. ".repeat(200));

const PIECE = 100;

async function decoded(bytes: Uint8Array, coding: string, chunked = false): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of decodedBody({
    headers: [["Content-Encoding", coding]],
    body: spoiledBody(bytes, PIECE),
    chunked,
  }))
    pieces.push(new Uint8Array(piece));
  return Buffer.concat(pieces);
}

const CODINGS: Readonly<Record<string, Uint8Array>> = {
  gzip: gzipSync(TEXT),
  "x-gzip": gzipSync(TEXT),
  deflate: deflateSync(TEXT),
  Deflate: deflateRawSync(TEXT),
  br: brotliCompressSync(TEXT),
  zstd: zstdCompressSync(TEXT),
  "br, gzip": gzipSync(brotliCompressSync(TEXT)),
  identity: TEXT,
};

for (const [coding, bytes] of Object.entries(CODINGS)) {
  test(`${coding}: whole, and as far as it came where it breaks off`, async () => {
    assert.ok((await decoded(bytes, coding)).equals(TEXT));
    const cut = await decoded(bytes.subarray(0, bytes.length - 5), coding);
    assert.ok(TEXT.subarray(0, cut.length).equals(cut));
  });
}

test("in chunks, whose frames are no part of it", async () => {
  const zipped = gzipSync(TEXT);
  const half = Buffer.concat([
    Buffer.from("5\r\n"),
    zipped.subarray(0, 5),
    Buffer.from(`\r\n${(zipped.length - 5).toString(16)};x=y\r\n`),
    zipped.subarray(5),
    Buffer.from("\r\n0\r\n\r\n"),
  ]);
  assert.ok((await decoded(half, "gzip", true)).equals(TEXT));
});

test("a coding we do not know, and what is not in the coding it claims, is refused", async () => {
  await assert.rejects(decoded(TEXT, "compress"), (error) => isPlacardError(error, "unsupported"));
  for (const coding of ["gzip", "br", "zstd"]) {
    await assert.rejects(decoded(TEXT, coding), (error) => isPlacardError(error, "malformed"), coding);
  }
});

test("a bomb ends at a bound, and memory does not grow with it", {
  skip: process.env["PLACARD_DEEP"] !== "1" && "unpacks a gigabyte (PLACARD_DEEP=1)",
}, async () => {
  const bomb = gzipSync(Buffer.alloc((1 << 30) + 1));
  const before = process.memoryUsage().rss;
  await assert.rejects(
    async () => {
      for await (const _ of decodedBody({
        headers: [["content-encoding", "gzip"]],
        body: spoiledBody(bomb),
        chunked: false,
      }));
    },
    (error) => isPlacardError(error, "too_large"),
  );
  assert.ok(process.memoryUsage().rss - before < 1 << 28);
});
