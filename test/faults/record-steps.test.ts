/** Every disk call of a capture's sealing and of an erasure fails once; whatever it leaves, the next open makes good. */
import assert from "node:assert/strict";
import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { audit } from "../../src/app/audit.ts";
import { sealCapture } from "../../src/app/capture-exhibit.ts";
import type { RecordContext } from "../../src/app/context.ts";
import { eraseExhibit, finishErasures } from "../../src/app/erase-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import type { Sealed } from "../../src/app/seal.ts";
import type { ExhibitIndex } from "../../src/index/exhibit-index.ts";
import { utf8 } from "../../src/lib/bytes.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { sha256 } from "../../src/lib/sha256.ts";
import type { Vault } from "../../src/vault/vault.ts";
import { FAULTS, failingFileSystem } from "./failing-file-system.ts";
import { newFolder } from "./place.ts";

const DEEP = process.env["PLACARD_DEEP"] === "1";
let folder: string;
/** Holds two exhibits that share a picture. */
let whole: string;
let exhibits: readonly [Sealed, Sealed];
let copies = 0;

before(async () => {
  folder = await newFolder();
  whole = join(folder, "whole");
  await initRecord(whole, { name: "Hollow Lane Residents" });
  await using opened = await openContext(whole);
  exhibits = [await capture(opened.context, "a"), await capture(opened.context, "b")];
});
after(() => rm(folder, { recursive: true }));

async function copy(): Promise<string> {
  const path = join(folder, String(copies++));
  await cp(whole, path, { recursive: true });
  return path;
}

/** As a capture goes on once the browser is done. */
async function capture(context: RecordContext, name: string): Promise<Sealed> {
  const inputs = join(folder, `page-${name}`);
  await mkdir(inputs, { recursive: true });
  const file = async (kind: string, content: string): Promise<string> => {
    await writeFile(join(inputs, kind), content);
    return join(inputs, kind);
  };
  const files = {
    archive: await file("archive", `the archive of ${name}`),
    screenshot: await file("screenshot", "the same picture"),
    text: await file("text", `the text of ${name}`),
  };
  const facts = { url: `https://townsquare.example/p/${name}`, title: `Post ${name}` };
  return sealCapture(context, { files, facts, tiles: { seed: sha256(utf8(name)), screenshotTiles: {} } }, {});
}

async function blobs(vault: Vault): Promise<readonly string[]> {
  const contents: string[] = [];
  for await (const { sha256: hash } of vault.listBlobs()) contents.push(await (await vault.openBlob(hash))!.text());
  return contents.filter((content) => content.startsWith("the ")).toSorted();
}

const BLOBS = (...names: readonly string[]): readonly string[] =>
  [
    ...names.flatMap((name) => [`the archive of ${name}`, `the text of ${name}`]),
    ...(names.length > 0 ? ["the same picture"] : []),
  ].toSorted();

async function assertClean(context: RecordContext): Promise<void> {
  const { verdict, findings } = await audit(context);
  const wrong = findings.filter(({ state }) => state !== "erased" && state !== "unreferenced");
  assert.deepEqual([verdict, wrong], ["holds", []]);
  assert.deepEqual((await context.index.erasuresDue()).positions, []);
  const names = await readdir(context.folder.vault, { recursive: true });
  assert.deepEqual(
    names.filter((name) => name.includes("acts/") && name.includes(".tmp-")),
    [],
  );
}

/**
 * Does `work` on a copy of the record whose `at`th disk call fails, for every `at` and kind of fault (unless deep, for
 * every third `at` and the kinds in turn, out of step with what calls recur). `then` is told, of the copy opened again, whether the work was acknowledged.
 */
async function failEach(
  work: (context: RecordContext) => Promise<unknown>,
  then: (context: RecordContext, acknowledged: boolean) => Promise<void>,
): Promise<number> {
  for (let at = 0, unreached = 0; ; at += DEEP ? 1 : 3) {
    for (const fault of DEEP ? FAULTS : [FAULTS[(at / 3 + Math.floor(at / 9)) % 3]!]) {
      const path = await copy();
      const { fs, failed } = failingFileSystem({ ...fault, at });
      const acknowledged = await attempt(path, fs, work, fault.code);
      await using opened = await openContext(path);
      await then(opened.context, acknowledged);
      await assertClean(opened.context);
      if (!failed()) unreached++;
      await rm(path, { recursive: true });
    }
    if (unreached > 0) return at;
  }
}

async function attempt(
  path: string,
  fs: ReturnType<typeof failingFileSystem>["fs"],
  work: (context: RecordContext) => Promise<unknown>,
  code: string,
): Promise<boolean> {
  try {
    await using opened = await openContext(path, { fs });
    await work(opened.context);
    return true;
  } catch (error) {
    assert.ok(isPlacardError(error, "storage"), `failed otherwise than by storage: ${String(error)}`);
    assert.match(
      error.next ?? "",
      code === "ENOSPC" ? /Free some room|Open the record again/ : /disk|Open the record again/,
    );
    return false;
  }
}

describe("sealing a capture", () => {
  test("each disk call fails: nothing half done is acknowledged, and it can be done again", async (t) => {
    const calls = await failEach(
      (context) => capture(context, "c"),
      async (context, acknowledged) => {
        const titles = (await context.index.list()).map((row) => row.title);
        if (acknowledged) assert.ok(titles.includes("Post c"), "acknowledged and lost");
        // A commit that was reported as failed may stand; then all of it does.
        const before = titles.length;
        assert.deepEqual(titles.slice(0, 2), ["Post a", "Post b"]);
        await capture(context, "c");
        assert.equal((await context.index.list()).length, before + 1);
        assert.deepEqual(await blobs(context.vault), BLOBS("a", "b", "c"));
      },
    );
    t.diagnostic(`${calls} disk calls`);
    assert.ok(calls > 30);
  });

  test("a shared blob erased between being stored and being sealed is stored again", async () => {
    await using opened = await openContext(await copy());
    await using rival = await openContext(opened.context.folder.root);
    let stored = 0;
    const vault: Vault = {
      ...opened.context.vault,
      putBlob: async (...args) => {
        const ref = await opened.context.vault.putBlob(...args);
        // All four are stored, and one of them is shared: now the other process erases both that share it.
        if (++stored === 4) for (const { id } of exhibits) await eraseExhibit(rival.context, id, "asked for");
        return ref;
      },
    };
    const { id } = await capture({ ...opened.context, vault }, "c");
    assert.equal(stored, 8);
    assert.equal((await opened.context.index.find(id))?.title, "Post c");
    assert.deepEqual(await blobs(opened.context.vault), BLOBS("c"));
    await assertClean(opened.context);
  });
});

describe("erasing", () => {
  const erase = (context: RecordContext): Promise<unknown> => eraseExhibit(context, exhibits[0].id, "asked for");

  /** Either it never began or it is done; what is shared stays. */
  async function assertAllOrNothing(context: RecordContext, acknowledged: boolean): Promise<void> {
    const row = await context.index.find(exhibits[0].id);
    if (acknowledged) assert.equal(row?.state, "erased");
    const done = row?.state === "erased";
    assert.deepEqual([row?.title, row?.reason], done ? [null, "asked for"] : ["Post a", null]);
    assert.deepEqual(await blobs(context.vault), done ? BLOBS("b") : BLOBS("a", "b"));
    for await (const { disclosures } of context.vault.readActs(0, 1)) assert.equal(disclosures.length === 0, done);
  }

  test("each disk call fails: the next open finishes what the ledger knows of", async (t) => {
    const calls = await failEach(erase, assertAllOrNothing);
    t.diagnostic(`${calls} disk calls`);
    assert.ok(calls > 30);
  });

  const STOPS: Readonly<Record<string, (context: RecordContext) => Partial<RecordContext>>> = {
    "before any blob is removed": ({ vault }) => ({ vault: { ...vault, removeBlob: stop } }),
    "after the first blob": ({ vault }) => {
      let removed = 0;
      const removeBlob = (hash: string) => (removed++ === 1 ? stop() : vault.removeBlob(hash));
      return { vault: { ...vault, removeBlob } };
    },
    "after the blobs, before the act": ({ vault }) => ({ vault: { ...vault, eraseAct: stop } }),
    "after the act, before the index is told": ({ index }) => ({
      index: {
        catchUp: () => index.catchUp(),
        list: (filter) => index.list(filter),
        find: (id) => index.find(id),
        recapturesOf: (id) => index.recapturesOf(id),
        recapturesLeft: () => index.recapturesLeft(),
        filingsLeft: () => index.filingsLeft(),
        sealedFor: (items) => index.sealedFor(items),
        ask: (question) => index.ask(question),
        erasuresDue: () => index.erasuresDue(),
        erasureDone: () => {
          throw new Error("stopped");
        },
        close: () => index.close(),
      } satisfies ExhibitIndex,
    }),
  };
  async function stop(): Promise<never> {
    throw new Error("stopped");
  }

  for (const [moment, change] of Object.entries(STOPS)) {
    test(`stopped ${moment}: the next open finishes it, with the index or without`, async () => {
      for (const deleted of [false, true]) {
        const path = await copy();
        {
          await using opened = await openContext(path);
          await assert.rejects(erase({ ...opened.context, ...change(opened.context) }), /stopped/);
        }
        if (deleted) await rm(join(path, "index.sqlite"));
        await using opened = await openContext(path);
        await assertAllOrNothing(opened.context, true);
        await assertClean(opened.context);
      }
    });
  }

  test("a blob that two share survives the one and goes with the other; erasing again is refused", async () => {
    await using opened = await openContext(await copy());
    const { context } = opened;
    await eraseExhibit(context, exhibits[0].id, "asked for");
    assert.deepEqual(await blobs(context.vault), BLOBS("b"));
    await assert.rejects(eraseExhibit(context, exhibits[0].id, "again"), { code: "erased" });
    await eraseExhibit(context, exhibits[1].id, "asked for");
    assert.deepEqual(await blobs(context.vault), []);
    await finishErasures(context);
    await assertClean(context);
  });

  test("both that share a blob, stopped in the midst: the next open removes it with them", async () => {
    const path = await copy();
    {
      await using opened = await openContext(path);
      const { vault } = opened.context;
      for (const { id } of exhibits) {
        const troubled = { ...opened.context, vault: { ...vault, removeBlob: stop } };
        await assert.rejects(eraseExhibit(troubled, id, "asked for"), /stopped/);
      }
    }
    await using opened = await openContext(path);
    assert.deepEqual(await blobs(opened.context.vault), []);
    await assertClean(opened.context);
  });
});
