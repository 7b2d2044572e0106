import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LedgerBackend } from "../../src/ledger/backend.ts";
import { fromUtf8, utf8 } from "../../src/lib/bytes.ts";
import { isPlacardError } from "../../src/lib/error.ts";

export interface BackendFixture extends AsyncDisposable {
  /** Another handle on the same store, as another process would have. */
  open(): LedgerBackend;
}

/** What every LedgerBackend promises; each implementation runs it. */
export function ledgerBackendContract(name: string, newStore: () => Promise<BackendFixture>): void {
  describe(`ledger backend: ${name}`, () => {
    test("a file is got back as last put, by every handle", async () => {
      await using store = await newStore();
      const [one, other] = [store.open(), store.open()];
      await one.put("checkpoint", utf8("first"));
      assert.equal(await read(other, "checkpoint"), "first");
      await other.put("checkpoint", utf8("second, and longer"));
      assert.equal(await read(one, "checkpoint"), "second, and longer");
      await one.put("checkpoint", utf8("3"));
      assert.equal(await read(other, "checkpoint"), "3");
    });

    test("a missing file is undefined, also where its folder is a file", async () => {
      await using store = await newStore();
      const backend = store.open();
      assert.equal(await backend.get("tile/0/000"), undefined);
      await backend.put("checkpoint", utf8("x"));
      assert.equal(await backend.get("checkpoint/000"), undefined);
    });

    test("an empty file is a file", async () => {
      await using store = await newStore();
      const backend = store.open();
      await backend.put("checkpoint", new Uint8Array(0));
      assert.equal((await backend.get("checkpoint"))?.length, 0);
    });

    test("neither side shares bytes with the other", async () => {
      await using store = await newStore();
      const backend = store.open();
      const given = utf8("abc");
      await backend.put("checkpoint", given);
      given[0] = 0;
      const got = await backend.get("checkpoint");
      got?.fill(0);
      assert.equal(await read(backend, "checkpoint"), "abc");
    });

    test("a full tile and its partials stand side by side", async () => {
      await using store = await newStore();
      const backend = store.open();
      await backend.put("tile/0/000.p/3", utf8("partial"));
      await backend.put("tile/0/000", utf8("full"));
      await backend.put("tile/0/x001/000", utf8("far"));
      assert.equal(await read(backend, "tile/0/000.p/3"), "partial");
      assert.equal(await read(backend, "tile/0/000"), "full");
    });

    test("lists what lies below a prefix, and nothing else", async () => {
      await using store = await newStore();
      const backend = store.open();
      const paths = ["checkpoint", "tile/0/000", "tile/0/001.p/7", "tile/1/000.p/1", "tile/entries/000"];
      for (const path of paths) await backend.put(path, utf8(path));
      assert.deepEqual([...(await backend.list(""))].toSorted(), paths);
      assert.deepEqual([...(await backend.list("tile/0/"))].toSorted(), ["tile/0/000", "tile/0/001.p/7"]);
      assert.deepEqual(await backend.list("tile/9/"), []);
    });

    test("a removed file is gone, may be removed again, and may be put again", async () => {
      await using store = await newStore();
      const backend = store.open();
      await backend.put("tile/0/000.p/3", utf8("x"));
      await backend.put("tile/1/000.p/1", utf8("x"));
      await backend.remove(["tile/0/000.p/3", "tile/1/000.p/1"]);
      await backend.remove(["tile/0/000.p/3", "tile/7/000.p/3"]);
      await backend.remove([]);
      assert.equal(await backend.get("tile/0/000.p/3"), undefined);
      assert.deepEqual(await backend.list(""), []);
      await backend.put("tile/0/000.p/3", utf8("y"));
      assert.equal(await read(backend, "tile/0/000.p/3"), "y");
    });

    test("many files are put at once, in folders nobody made", async () => {
      await using store = await newStore();
      const backend = store.open();
      const paths = Array.from({ length: 40 }, (_, i) => `tile/${i % 3}/x00${i % 5}/00${i % 10}.p/${i + 1}`);
      await Promise.all(paths.map((path) => backend.put(path, utf8(path))));
      for (const path of paths) assert.equal(await read(backend, path), path);
    });

    test("dropping unfinished files leaves finished ones", async () => {
      await using store = await newStore();
      const backend = store.open();
      await backend.put("tile/0/000", utf8("x"));
      await backend.dropUnfinished();
      assert.equal(await read(backend, "tile/0/000"), "x");
    });
  });
}

async function read(backend: LedgerBackend, path: string): Promise<string | undefined> {
  const bytes = await backend.get(path);
  return bytes && fromUtf8(bytes);
}

/** For implementations whose paths reach a real file system. */
export async function refusesEscapes(backend: LedgerBackend): Promise<void> {
  for (const path of ["../x", "/etc/x", "tile/../../x", "tile//x", "", "tile/.tmp-x", "tile/./x", "a\\b", "a\0b"]) {
    await assert.rejects(backend.put(path, utf8("x")), (error) => isPlacardError(error, "usage"), path);
    await assert.rejects(backend.get(path), (error) => isPlacardError(error, "usage"), path);
    await assert.rejects(backend.remove([path]), (error) => isPlacardError(error, "usage"), path);
  }
}
