/** WebSocket frames from the RFCs, and frames that break them: what is written down of each, however the bytes are cut. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readLines } from "../websocket-lines.ts";

interface Vector {
  readonly from: "browser" | "server";
  readonly wire: string;
  readonly deflate?: string;
  readonly lines?: readonly object[];
  readonly why?: string;
  readonly stray?: string;
}

function vectors(name: string): readonly (readonly [comment: string, vector: Vector])[] {
  const lines = readFileSync(join(import.meta.dirname, name), "utf8")
    .trimEnd()
    .split("\n");
  return lines.flatMap((line, i) =>
    line.startsWith("#") ? [] : [[(lines[i - 1] as string).slice(2), JSON.parse(line)] as const],
  );
}

async function linesOf(vector: Vector, cut: number): Promise<readonly Record<string, unknown>[]> {
  const wire = Buffer.from(vector.wire, "hex");
  assert.equal(wire.toString("hex"), vector.wire, "the vector is whole bytes");
  const pieces = Array.from({ length: Math.ceil(wire.length / cut) }, (_, i) => wire.subarray(i * cut, (i + 1) * cut));
  return readLines(
    pieces.map((bytes) => ({ from: vector.from, bytes, time: 0 })),
    vector.deflate,
  );
}

for (const [comment, vector] of vectors("websocket_valid.txt")) {
  test(`read: ${comment}`, async () => {
    for (const cut of [1, 2, 3, 1000]) {
      const lines = (await linesOf(vector, cut)).map(({ time, from, ...said }) => {
        assert.deepEqual([time, from], ["1970-01-01T00:00:00.000Z", vector.from]);
        return said;
      });
      assert.deepEqual(lines, vector.lines);
    }
  });
}

for (const [comment, vector] of vectors("websocket_invalid.txt")) {
  test(`broken: ${comment}`, async () => {
    for (const cut of [1, 2, 3, 1000]) {
      const lines = await linesOf(vector, cut);
      assert.equal(lines[0]?.["text"], "Hello", "what came before is kept");
      const { kind, why, length, base64 } = lines.at(-1) as Record<string, unknown>;
      const stray = Buffer.from(vector.stray as string, "hex");
      assert.deepEqual([kind, why, length, base64], ["broken", vector.why, stray.length, stray.toString("base64")]);
      assert.equal(lines.filter((line) => line["kind"] === "broken").length, 1);
    }
  });
}
