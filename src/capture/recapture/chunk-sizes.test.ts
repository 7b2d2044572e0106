import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { concat, utf8 } from "../../lib/bytes.ts";
import { inMemory } from "../archive/warc-record.ts";
import { chunkSizes } from "./chunk-sizes.ts";

const HEAD = utf8("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");

async function sizesOf(body: Uint8Array): Promise<readonly string[] | undefined> {
  const blockDigest = `sha256:${createHash("sha256").update(HEAD).update(body).digest("hex")}`;
  return chunkSizes(inMemory(body), { head: HEAD, blockDigest });
}

function inChunks(pieces: readonly Uint8Array[]): Uint8Array {
  const chunks = pieces.flatMap((piece) => [utf8(`${piece.length.toString(16)}\r\n`), piece, utf8("\r\n")]);
  return concat(...chunks, utf8("0\r\n\r\n"));
}

test("runs of one size are said once", async () => {
  const pieces = [4096, 4096, 4096, 15, 4096].map((length) => new Uint8Array(length));
  assert.deepEqual(await sizesOf(inChunks(pieces)), ["1000*3 f 1000 0"]);
  assert.deepEqual(await sizesOf(utf8("0\r\n\r\n")), ["0"]);
});

test("any body in plain chunks: the sizes give it back, byte for byte", async () => {
  const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 400 });
  await fc.assert(
    fc.asyncProperty(pieces, async (given) => {
      const fields = await sizesOf(inChunks(given));
      assert.ok(fields !== undefined);
      const sizes = fields
        .join(" ")
        .split(" ")
        .flatMap((run) => {
          const [size = "", times = "1"] = run.split("*");
          return Array.from({ length: Number(times) }, () => Number.parseInt(size, 16));
        });
      assert.deepEqual(sizes, [...given.map(({ length }) => length), 0]);
    }),
    { numRuns: 100 },
  );
});

test("what these sizes would not give back is not said in them", async () => {
  const OTHERS = {
    "an extension": "3;name=value\r\nabc\r\n0\r\n\r\n",
    "a trailer": "3\r\nabc\r\n0\r\nX-Sum: 9\r\n\r\n",
    "a bare line feed": "3\nabc\r\n0\r\n\r\n",
    "a line feed too few and a trailer that makes up for it": "3\nabc\n0\r\n\n\r\n",
    "a space": "3 \r\nabc\r\n0\r\n\r\n",
    "no last chunk": "3\r\nabc\r\n",
    "something after the end": "3\r\nabc\r\n0\r\n\r\nmore",
    "no chunks": "abc",
  };
  for (const [what, body] of Object.entries(OTHERS)) assert.equal(await sizesOf(utf8(body)), undefined, what);
  const leading = await sizesOf(utf8("0003\r\nabc\r\n00\r\n\r\n"));
  assert.deepEqual(leading, ["0003 00"]);
});

test("more runs than are a saving are not said", async () => {
  const pieces = Array.from({ length: 8200 }, (_, at) => new Uint8Array(1 + (at % 2)));
  assert.equal(await sizesOf(inChunks(pieces)), undefined);
});
