import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { isPlacardError } from "./error.ts";
import { readPieces } from "./pieces.ts";

test("a file comes whole, in pieces of one buffer; one that is not there is told of", async () => {
  const folder = mkdtempSync(join(tmpdir(), "placard-pieces-"));
  try {
    const path = join(folder, "file");
    for (const length of [0, 1, 1 << 18, 1_000_001]) {
      const bytes = randomBytes(length);
      writeFileSync(path, bytes);
      const pieces: Buffer[] = [];
      const buffers = new Set<ArrayBufferLike>();
      for await (const piece of readPieces(path)) {
        pieces.push(Buffer.from(piece));
        buffers.add(piece.buffer);
      }
      assert.deepEqual(Buffer.concat(pieces), bytes);
      assert.ok(buffers.size <= 1);
    }
    await assert.rejects(readPieces(join(folder, "none")).next(), (error) => isPlacardError(error, "storage"));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
