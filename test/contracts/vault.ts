import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import { isPlacardError } from "../../src/lib/error.ts";
import type { SealedAct } from "../../src/record/act.ts";
import { entryOf } from "../../src/record/sd-jwt.ts";
import type { Vault } from "../../src/vault/vault.ts";
import { seal } from "../act-fixture.ts";
import { spoiled } from "../spoiled.ts";

export interface VaultFixture extends AsyncDisposable {
  /** Another handle on the same store, as another process would have. */
  open(): Promise<Vault>;
}

export function acts(count: number, from = 0, note = "note"): SealedAct[] {
  return Array.from({ length: count }, (_, i) => seal({ act: "captured", note: `${note} ${from + i}` }));
}

export async function readAll(vault: Vault, start: number, end: number): Promise<SealedAct[]> {
  const read: SealedAct[] = [];
  for await (const act of vault.readActs(start, end)) read.push(act);
  return read;
}

function coded(code: string, message?: RegExp) {
  return (error: unknown): boolean =>
    isPlacardError(error, code as never) && (message === undefined || message.test(error.message));
}

/** A chunk is good until the next is asked for (src/lib/pieces.ts). */
const inChunks = (...chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> => spoiled(chunks);

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function bytesOf(vault: Vault, hash: string): Promise<Uint8Array | undefined> {
  const blob = await vault.openBlob(hash);
  return blob === undefined ? undefined : new Uint8Array(await blob.arrayBuffer());
}

async function listed(vault: Vault): Promise<string[]> {
  const found: string[] = [];
  for await (const { sha256 } of vault.listBlobs()) found.push(sha256);
  return found.toSorted();
}

/** What every Vault promises but durability; each implementation runs it. */
export function vaultContract(name: string, newStore: () => Promise<VaultFixture>): void {
  describe(`vault: ${name}`, () => {
    blobContract(newStore);
    actContract(newStore);
  });
}

function blobContract(newStore: () => Promise<VaultFixture>): void {
  test("a blob comes back under the hash of its bytes, also elsewhere", async () => {
    await using store = await newStore();
    const vault = await store.open();
    const bytes = new Uint8Array(randomBytes(100_000));
    const ref = await vault.putBlob(inChunks(bytes.subarray(0, 10), bytes.subarray(10)), "image/png");
    assert.deepEqual(ref, { sha256: sha256(bytes), bytes: 100_000, mediaType: "image/png" });
    const other = await store.open();
    assert.deepEqual(await bytesOf(other, ref.sha256), bytes);
    assert.ok(await other.hasBlob(ref.sha256));
    const slice = (await other.openBlob(ref.sha256))?.slice(50_000, 50_010);
    assert.deepEqual(new Uint8Array((await slice?.arrayBuffer()) ?? []), bytes.subarray(50_000, 50_010));
  });

  test("an empty blob is a blob; chunks may be given at once", async () => {
    await using store = await newStore();
    const vault = await store.open();
    const { sha256: hash } = await vault.putBlob([], "text/plain");
    assert.equal(hash, sha256(new Uint8Array()));
    assert.equal((await vault.openBlob(hash))?.size, 0);
    await vault.putBlob([Uint8Array.of(1), Uint8Array.of(2)], "text/plain");
    assert.ok(await vault.hasBlob(sha256(Uint8Array.of(1, 2))));
  });

  test("the same bytes are one blob, stored twice or at once, and a reader is not disturbed", async () => {
    await using store = await newStore();
    const vault = await store.open();
    const bytes = new Uint8Array(randomBytes(5000));
    const { sha256: hash } = await vault.putBlob([bytes], "a/b");
    const held = await vault.openBlob(hash);
    const elsewhere = await store.open();
    await Promise.all([
      vault.putBlob([bytes], "c/d"),
      elsewhere.putBlob([bytes], "a/b"),
      vault.putBlob([bytes], "a/b"),
    ]);
    assert.deepEqual(await listed(vault), [hash]);
    assert.deepEqual(new Uint8Array((await held?.arrayBuffer()) ?? []), bytes);
  });

  test("past its limit a blob is refused and nothing of it stays", async () => {
    await using store = await newStore();
    const vault = await store.open();
    await vault.putBlob([new Uint8Array(10)], "a/b", 10);
    await assert.rejects(vault.putBlob([new Uint8Array(10), new Uint8Array(1)], "a/b", 10), coded("too_large"));
    assert.deepEqual(await listed(vault), [sha256(new Uint8Array(10))]);
  });

  test("where its source fails, the failure comes through and nothing stays", async () => {
    await using store = await newStore();
    const vault = await store.open();
    const failure = new Error("the line went dead");
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      throw failure;
    }
    await assert.rejects(vault.putBlob(broken(), "a/b"), failure);
    assert.deepEqual(await listed(vault), []);
  });

  test("a removed blob is gone everywhere; removing again does nothing; storing again brings it back", async () => {
    await using store = await newStore();
    const vault = await store.open();
    const { sha256: hash } = await vault.putBlob([Uint8Array.of(7)], "a/b");
    await vault.putBlob([Uint8Array.of(8)], "a/b");
    await vault.removeBlob(hash);
    await vault.removeBlob(hash);
    const other = await store.open();
    assert.equal(await other.openBlob(hash), undefined);
    assert.equal(await other.hasBlob(hash), false);
    assert.deepEqual(await listed(other), [sha256(Uint8Array.of(8))]);
    await other.putBlob([Uint8Array.of(7)], "a/b");
    assert.ok(await vault.hasBlob(hash));
  });

  test("blobs are listed with their size and when they were stored", async () => {
    await using store = await newStore();
    const vault = await store.open();
    const before = Date.now() - 2000;
    const { sha256: hash } = await vault.putBlob([new Uint8Array(3)], "a/b");
    for await (const blob of vault.listBlobs()) {
      assert.deepEqual({ sha256: blob.sha256, bytes: blob.bytes }, { sha256: hash, bytes: 3 });
      assert.ok(blob.modified > before && blob.modified < Date.now() + 2000);
    }
  });
}

function actContract(newStore: () => Promise<VaultFixture>): void {
  test("acts come back in order, across bundles, however they were put", async () => {
    await using store = await newStore();
    const vault = await store.open();
    const all = acts(600);
    let at = 0;
    for (const count of [1, 2, 252, 1, 1, 3, 250, 90]) {
      await vault.putActs(at, all.slice(at, at + count));
      at += count;
    }
    assert.equal(at, 600);
    const other = await store.open();
    assert.deepEqual(await readAll(other, 0, 600), all);
    for (const [start, end] of [
      [0, 0],
      [0, 1],
      [255, 256],
      [255, 257],
      [256, 512],
      [300, 301],
      [599, 600],
    ] as const) {
      assert.deepEqual(await readAll(other, start, end), all.slice(start, end));
    }
  });

  test("an append of many bundles at once is the same as many appends", async () => {
    await using store = await newStore();
    const vault = await store.open();
    const all = acts(700);
    await vault.putActs(0, all.slice(0, 5));
    await vault.putActs(5, all.slice(5));
    assert.deepEqual(await readAll(vault, 0, 700), all);
    await vault.putActs(700, []);
    assert.deepEqual(await readAll(vault, 0, 700), all);
  });

  test("what stood past the committed size is replaced, whether it was longer or shorter", async () => {
    await using store = await newStore();
    const vault = await store.open();
    const committed = acts(3);
    await vault.putActs(0, committed);
    for (const [lost, next] of [
      [5, 2],
      [2, 5],
      [300, 2],
      [600, 300],
      [1, 600],
    ] as const) {
      await vault.putActs(3, acts(lost, 3, "lost"));
      const kept = acts(next, 3, "kept");
      await (await store.open()).putActs(3, kept);
      assert.deepEqual(await readAll(vault, 0, 3 + next), [...committed, ...kept]);
      await assert.rejects(readAll(vault, 0, 4 + next), coded("not_found", new RegExp(`Act ${3 + next} `)));
    }
  });

  test("two processes may append in turn, each on what the other committed", async () => {
    await using store = await newStore();
    const vaults = [await store.open(), await store.open()] as const;
    const all = acts(40);
    for (let at = 0; at < 40; at += 4) await vaults[(at / 4) % 2]?.putActs(at, all.slice(at, at + 4));
    assert.deepEqual(await readAll(vaults[1], 0, 40), all);
  });

  test("a missing act is named", async () => {
    await using store = await newStore();
    const vault = await store.open();
    await assert.rejects(readAll(vault, 0, 1), coded("not_found", /Act 0 /));
    await vault.putActs(0, acts(2));
    await assert.rejects(readAll(vault, 1, 4), coded("not_found", /Act 2 /));
    await assert.rejects(readAll(vault, 3, 4), coded("not_found", /Act 3 /));
    await assert.rejects(vault.putActs(4, acts(1)), coded("not_found", /Act 2 /));
  });

  test("an erased act keeps its entry and loses its fields; its neighbours lose nothing", async () => {
    await using store = await newStore();
    const vault = await store.open();
    const all = acts(260);
    await vault.putActs(0, all);
    const expected = [...all];
    for (const index of [0, 100, 255, 257, 259, 100]) {
      await (await store.open()).eraseAct(index, 260);
      expected[index] = { jwt: (all[index] as SealedAct).jwt, disclosures: [] };
      assert.deepEqual(await readAll(vault, 0, 260), expected);
    }
    assert.deepEqual(entryOf((await readAll(vault, 100, 101))[0]?.jwt as string), entryOf((all[100] as SealedAct).jwt));
    await assert.rejects(vault.eraseAct(260, 260), coded("not_found"));
    await assert.rejects(vault.eraseAct(-1, 260), coded("not_found"));
  });

  test("an append after an erasure, here or in another process, does not bring the fields back", async () => {
    await using store = await newStore();
    const [here, there] = [await store.open(), await store.open()];
    const all = acts(6);
    await here.putActs(0, all.slice(0, 4));
    await there.eraseAct(2, 4);
    await here.putActs(4, all.slice(4, 5));
    await here.eraseAct(1, 5);
    await there.putActs(5, all.slice(5));
    const shown = (await readAll(here, 0, 6)).map((act) => act.disclosures.length > 0);
    assert.deepEqual(shown, [true, false, false, true, true, true]);
  });

  test("recovery drops what was not committed and keeps what was", async () => {
    await using store = await newStore();
    const vault = await store.open();
    const all = acts(520);
    await vault.putActs(0, all);
    for (const size of [520, 513, 512, 300, 256, 255, 2, 0]) {
      await (await store.open()).recover(size);
      assert.deepEqual(await readAll(vault, 0, size), all.slice(0, size));
      await assert.rejects(readAll(vault, size, size + 1), coded("not_found"));
    }
    await vault.putActs(0, all.slice(0, 1));
    assert.deepEqual(await readAll(vault, 0, 1), all.slice(0, 1));
  });

  test("an act that could not be read back is not stored", async () => {
    await using store = await newStore();
    const vault = await store.open();
    const { jwt, disclosures } = seal();
    for (const act of [
      { jwt: `${jwt}\n${jwt}`, disclosures },
      { jwt, disclosures: ["YQ~YQ", "a b"] },
      { jwt: "", disclosures },
    ]) {
      await assert.rejects(vault.putActs(0, [seal(), act]), coded("malformed"));
    }
    await assert.rejects(readAll(vault, 0, 1), coded("not_found"));
  });
}
