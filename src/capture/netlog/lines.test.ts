import assert from "node:assert/strict";
import { mkdtemp, open, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { DEFAULT_LIMITS } from "./limits.ts";
import { readLines } from "./lines.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-lines-"));
});
after(() => rm(folder, { recursive: true, force: true }));

async function linesOf(path: string, written?: Promise<unknown>): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const batch of readLines(path, DEFAULT_LIMITS, written)) lines.push(...batch.map(String));
  return lines;
}

test("a log that is read while it grows has the lines that it has in the end, its last comma written over", async () => {
  const log = fc.tuple(
    fc.array(fc.string({ maxLength: 20, unit: "grapheme-ascii" }), { minLength: 1 }),
    fc.infiniteStream(fc.nat(30)),
  );
  const path = join(folder, "grows");
  await fc.assert(
    fc.asyncProperty(log, async ([events, cuts]) => {
      const begun = `{"constants":{}},\n"events": [\n${events.map((event) => JSON.stringify({ event })).join(",\n")},\n`;
      await writeFile(path, "");
      const writing = write(path, begun, cuts);
      const lines = await linesOf(path, writing);
      await writing;
      assert.deepEqual(lines, await linesOf(path));
      assert.ok(lines.at(-2)?.endsWith("}]"));
      assert.equal(lines.length, events.length + 3);
    }),
    { numRuns: 30 },
  );
});

/** In pieces, as a browser does; the end goes over what stood there. */
async function write(path: string, text: string, cuts: Iterator<number>): Promise<void> {
  const file = await open(path, "r+");
  try {
    for (let at = 0; at < text.length; ) {
      const piece: string = text.slice(at, at + 1 + Number(cuts.next().value));
      await file.write(piece, at);
      at += piece.length;
      if (at % 3 === 0) await sleep(3);
    }
    await sleep(3);
    await file.write("]\n}\n", text.length - 2);
  } finally {
    await file.close();
  }
}

test("a log that nobody will finish ends where its writer ended", async () => {
  const path = join(folder, "ends");
  await writeFile(path, "one\ntwo\nth");
  const killed = sleep(20).then(() => Promise.reject(new Error("killed")));
  killed.catch(() => undefined);
  assert.deepEqual(await linesOf(path, killed), ["one", "two", "th"]);
  await truncate(path, 0);
  assert.deepEqual(await linesOf(path, Promise.resolve()), []);
});

test("the comma that will be written over is never taken, not even where it ends a full read", async () => {
  const path = join(folder, "full");
  const begun = '{"constants":{}},\n"events": [\n';
  // As long as each of the lengths about one read and two.
  for (const length of [1 << 18, (1 << 18) + 1, (1 << 18) + 2, 1 << 19]) {
    await writeFile(path, `${begun}{"event":"${"x".repeat(length - begun.length - 14)}"},\n`);
    let finish: () => void = () => undefined;
    const written = new Promise<void>((resolve) => (finish = resolve));
    const reading = linesOf(path, written);
    await sleep(30);
    const file = await open(path, "r+");
    assert.equal((await file.stat()).size, length);
    await file.write("]\n}\n", length - 2);
    await file.close();
    finish();
    assert.deepEqual(await reading, await linesOf(path), `${length} bytes`);
  }
});

test("lines longer than a read come whole, one beside the other", async () => {
  const path = join(folder, "long");
  const lines = [1, 700_000, 0, 300_000, 262_144, 5].map((length, i) => String.fromCharCode(97 + i).repeat(length));
  await writeFile(path, lines.join("\n"));
  assert.deepEqual(await linesOf(path), lines);
});
