/** Network logs from outside: whatever their lines say, exchanges or a PlacardError. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { writeWarc } from "../../src/capture/archive/warc.ts";
import { readNetLog } from "../../src/capture/netlog/read.ts";
import { PlacardError } from "../../src/lib/error.ts";
import { FUZZ_TIME } from "../fuzz-time.ts";

const budget = { numRuns: 1_000_000, interruptAfterTimeLimit: FUZZ_TIME, markInterruptAsFailure: false };
const scratch = mkdtempSync(join(tmpdir(), "placard-netlog-"));
// Where the time is up in the middle of a run, that run is still at work for a moment.
after(() => rmSync(scratch, { recursive: true, maxRetries: 10 }));
const genuine = ["http1.json", "http2.json", "websocket.json"].map((name) =>
  readFileSync(join(import.meta.dirname, "../vectors/netlog", name), "latin1").split("\n"),
);

/** Reads a log of these lines and writes what is in it. */
async function readOrRefuse(lines: readonly string[]): Promise<void> {
  const path = join(scratch, "fuzz.json");
  writeFileSync(path, lines.join("\n"), "latin1");
  try {
    await using log = await readNetLog(path, { scratch });
    await writeWarc(log.exchanges, join(scratch, "fuzz.warc.gz"), { software: "test", createdAt: 0 });
  } catch (error) {
    assert.ok(error instanceof PlacardError, `${(error as Error).stack} escaped`);
  }
}

const anyLog = fc.constantFrom(...genuine);
const position = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const at = (lines: readonly string[], where: number): number => Math.floor(where * lines.length);

test("lines moved, dropped, repeated and swapped", async () => {
  const edit = fc.record({ from: position, to: position, how: fc.constantFrom("move", "drop", "repeat", "swap") });
  await fc.assert(
    fc.asyncProperty(anyLog, fc.array(edit, { minLength: 1, maxLength: 8 }), async (log, edits) => {
      const lines = [...log];
      for (const { from, to, how } of edits) {
        const [i, j] = [at(lines, from), at(lines, to)];
        const line = lines[i] as string;
        if (how === "drop" || how === "move") lines.splice(i, 1);
        if (how === "move" || how === "repeat") lines.splice(j, 0, line);
        if (how === "swap") [lines[i], lines[j]] = [lines[j] as string, line];
      }
      await readOrRefuse(lines);
    }),
    budget,
  );
});

test("values replaced by others of any type, and bytes flipped", async () => {
  const change = fc.record({
    line: position,
    place: position,
    value: fc.oneof(fc.json(), fc.string({ maxLength: 3 })),
  });
  await fc.assert(
    fc.asyncProperty(anyLog, fc.array(change, { minLength: 1, maxLength: 4 }), async (log, changes) => {
      const lines = [...log];
      for (const { line, place, value } of changes) {
        const index = at(lines, line);
        const values = [
          ...(lines[index] as string).matchAll(/(?<=:)(?:"(?:[^"\\]|\\.)*"|-?\d+|true|false|\{[^{}]*\})/g),
        ];
        const match = values[Math.floor(place * values.length)];
        if (match === undefined) continue;
        const text = lines[index] as string;
        lines[index] = text.slice(0, match.index) + value + text.slice(match.index + match[0].length);
      }
      await readOrRefuse(lines);
    }),
    budget,
  );
});
