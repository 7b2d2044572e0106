import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { isPlacardError } from "../../lib/error.ts";
import type { SpooledBytes } from "./exchange.ts";
import { Spool } from "./spool.ts";

async function read(bytes: SpooledBytes): Promise<string> {
  let text = "";
  for await (const piece of bytes.chunks()) text += Buffer.from(piece).toString();
  return text;
}

test("bodies that interleave come out whole, before and after they are on disk, as often as asked", async () => {
  const folder = mkdtempSync(join(tmpdir(), "placard-spool-"));
  await using spool = await Spool.open(folder);
  const targets = [spool.target(), spool.target(), spool.target()];
  const expected = ["", "", ""];
  for (let turn = 0; turn < 3000; turn++) {
    const which = (turn * 7) % 3;
    const text = `${turn}-${"x".repeat(turn % 1500)};`;
    targets[which]?.append(Buffer.from(text));
    expected[which] += text;
    await spool.drain();
    if (turn % 1000 === 999) assert.deepEqual(await Promise.all(targets.map(read)), expected);
  }
  assert.deepEqual(
    targets.map((one) => one.length),
    expected.map((text) => text.length),
  );
  await spool[Symbol.asyncDispose]();
  assert.deepEqual(readdirSync(folder), []);
  rmSync(folder, { recursive: true });
});

test("a spool cut short on disk is a storage error, never a shorter body", async () => {
  const folder = mkdtempSync(join(tmpdir(), "placard-spool-"));
  await using spool = await Spool.open(folder);
  const target = spool.target();
  target.append(Buffer.alloc(1000));
  await spool.drain(true);
  truncateSync(join(folder, readdirSync(folder)[0] as string), 999);
  await assert.rejects(read(target), (error) => isPlacardError(error, "storage"));
  await spool[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});
