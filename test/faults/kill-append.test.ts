/** Whoever is killed while appending, alone or beside another: nothing acknowledged is lost, and the next open is clean. */
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openCheckpoint } from "../../src/ledger/checkpoint.ts";
import { equal, fromUtf8, toHex } from "../../src/lib/bytes.ts";
import { entryOf } from "../../src/record/sd-jwt.ts";
import { seal } from "../act-fixture.ts";
import { killsAtLength } from "../fuzz-time.ts";
import { killRuns } from "./kill.ts";
import { entriesInVault, killSigner, killWorld, newKillKey, openKillLog } from "./kill-world.ts";
import { create, entriesOf, naiveRoot, newFolder } from "./place.ts";

const DEEP = process.env["PLACARD_DEEP"] === "1";
const script = join(import.meta.dirname, "kill-append-child.ts");

for (const children of [1, 2]) {
  const count = (DEEP ? 2 * killsAtLength(50) : 6) / children;
  test(`${count * children} kills of ${children === 1 ? "one process" : "two processes at once"}`, async () => {
    const folder = await newFolder();
    const key = newKillKey();
    const world = killWorld(folder);
    await create(world.place, { signer: killSigner(key) });
    const acknowledged = new Map<number, string>();
    const roots = new Map<number, string>();

    const check = async (lines: readonly string[]): Promise<void> => {
      const published = await world.place.backend().get("checkpoint");
      const shown = openCheckpoint(fromUtf8(published as Uint8Array), key.vkey);
      for (const line of lines) {
        const [index, entry] = line.split(" ") as [string, string];
        assert.ok(!acknowledged.has(Number(index)), `entry ${index} was acknowledged twice`);
        acknowledged.set(Number(index), entry);
      }
      const log = await openKillLog(world, key);
      try {
        const head = await log.head();
        const entries = await entriesOf(log);
        for (const [index, entry] of acknowledged) assert.equal(entries[index] && toHex(entries[index]), entry);
        assert.equal(toHex(await log.rootAt(head.size)), toHex(head.root));
        assert.ok(shown.size <= head.size, "more was published than committed");
        roots.set(shown.size, toHex(shown.root));
        if (head.size < 5_000) assert.equal(toHex(naiveRoot(entries)), toHex(head.root));
        for (const [size, root] of roots) assert.equal(toHex(await log.rootAt(size)), root);
        const kept = await entriesInVault(world, head.size);
        assert.ok(
          kept.every((entry, i) => equal(entry, entries[i] as Uint8Array)),
          "vault and ledger differ",
        );
        const item = seal();
        await log.append(() => ({ entry: entryOf(item.jwt), item }));
      } finally {
        await log.close();
      }
    };

    try {
      const args = [folder, key.vkey, key.privateKey];
      const totals = await killRuns(count, { script, args, children, longest: 250, after: (run) => run % 2, check });
      assert.equal(totals.runs, count);
      assert.ok(totals.acknowledged > count, `only ${totals.acknowledged} acknowledgements in ${count} runs`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
