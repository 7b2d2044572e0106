import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { globSync, statSync, utimesSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { seal } from "../../test/act-fixture.ts";
import { acts, readAll } from "../../test/contracts/vault.ts";
import { isPlacardError } from "../lib/error.ts";
import type { SealedAct } from "../record/act.ts";
import { serialise } from "../record/sd-jwt.ts";
import { openDiskVault } from "./disk.ts";

async function scratch(): Promise<{ readonly folder: string } & AsyncDisposable> {
  const root = await mkdtemp(join(tmpdir(), "placard-disk-"));
  return { folder: join(root, "vault"), [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
}

function filesIn(folder: string): string[] {
  return globSync("**/{*,.*}", { cwd: folder })
    .filter((path) => statSync(join(folder, path)).isFile())
    .toSorted();
}

describe("blobs on disk", () => {
  test("a large blob passes through little memory", async () => {
    await using at = await scratch();
    const vault = await openDiskVault(at.folder);
    const chunk = new Uint8Array(1 << 20);
    const whole = createHash("sha256");
    let peak = 0;
    const before = process.memoryUsage.rss();
    function* chunks(): Generator<Uint8Array> {
      for (let i = 0; i < 300; i++) {
        chunk.fill(i);
        whole.update(chunk);
        peak = Math.max(peak, process.memoryUsage.rss());
        yield chunk;
      }
    }
    const { sha256, bytes } = await vault.putBlob(chunks(), "application/wacz");
    assert.equal(bytes, 300 << 20);
    assert.equal(sha256, whole.digest("hex"));
    assert.ok(peak - before < 80 << 20, `${(peak - before) >> 20} MiB`);
  });

  test("only their owner may read them", { skip: process.platform === "win32" }, async () => {
    await using at = await scratch();
    const vault = await openDiskVault(at.folder);
    const { sha256 } = await vault.putBlob([Uint8Array.of(1)], "a/b");
    await vault.putActs(0, acts(1));
    const modes = async (...paths: string[]): Promise<number[]> =>
      Promise.all(paths.map(async (path) => (await stat(join(at.folder, path))).mode & 0o777));
    assert.deepEqual(
      await modes(".", "blobs", `blobs/${sha256.slice(0, 2)}`, "acts", "acts/000.p"),
      Array(5).fill(0o700),
    );
    assert.deepEqual(await modes(`blobs/${sha256.slice(0, 2)}/${sha256}`, "acts/000.p/1"), [0o600, 0o600]);
  });

  test("a damaged blob is replaced when it is stored again", async () => {
    await using at = await scratch();
    const vault = await openDiskVault(at.folder);
    const bytes = new Uint8Array(100).fill(9);
    const { sha256 } = await vault.putBlob([bytes], "a/b");
    const path = join(at.folder, "blobs", sha256.slice(0, 2), sha256);
    for (const damage of [() => writeFile(path, new Uint8Array(100)), () => truncate(path, 7)]) {
      await damage();
      await vault.putBlob([bytes], "a/b");
      assert.deepEqual(new Uint8Array(await readFile(path)), bytes);
    }
  });

  test("recovery leaves a blob that is being stored elsewhere and drops one that nobody will finish", async () => {
    await using at = await scratch();
    const vault = await openDiskVault(at.folder);
    const other = await openDiskVault(at.folder);
    await vault.putBlob([], "a/b");
    await writeFile(join(at.folder, "blobs/.tmp-dead"), "half");
    utimesSync(join(at.folder, "blobs/.tmp-dead"), new Date(), new Date(Date.now() - 2 * 3_600_000));
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(1);
      await other.recover(0);
      yield Uint8Array.of(2);
    }
    const { sha256 } = await vault.putBlob(slow(), "a/b");
    assert.ok(await other.hasBlob(sha256));
    assert.deepEqual(
      filesIn(join(at.folder, "blobs")).filter((path) => path.includes(".tmp-")),
      [],
    );
  });

  test("foreign files are not listed, and no name leads out of the folder", async () => {
    await using at = await scratch();
    const vault = await openDiskVault(at.folder);
    await vault.putBlob([], "a/b");
    await writeFile(join(at.folder, "blobs/notes.txt"), "");
    await mkdir(join(at.folder, "blobs/aa"), { recursive: true });
    await writeFile(join(at.folder, "blobs/aa", "0".repeat(64)), "");
    let count = 0;
    for await (const { bytes } of vault.listBlobs()) count += 1 + bytes;
    assert.equal(count, 1);
    for (const name of ["../../record.json", "A".repeat(64), ""]) {
      await assert.rejects(vault.openBlob(name), (error) => isPlacardError(error, "usage"));
      await assert.rejects(vault.removeBlob(name), (error) => isPlacardError(error, "usage"));
    }
  });
});

describe("acts on disk", () => {
  test("files are as the format document has them, and an append leaves the committed one alone", async () => {
    await using at = await scratch();
    const vault = await openDiskVault(at.folder);
    const all = acts(258);
    const files = (): string[] => filesIn(join(at.folder, "acts"));
    await vault.putActs(0, all.slice(0, 2));
    assert.equal(
      await readFile(join(at.folder, "acts/000.p/2"), "ascii"),
      all
        .slice(0, 2)
        .map((act) => `${serialise(act)}\n`)
        .join(""),
    );
    await vault.putActs(2, all.slice(2, 3));
    assert.deepEqual(files(), ["000.p/2", "000.p/3"]);
    await vault.putActs(3, all.slice(3));
    assert.deepEqual(files(), ["000", "000.p/3", "001.p/2"]);
    await vault.putActs(258, acts(1));
    assert.deepEqual(files(), ["000", "001.p/2", "001.p/3"]);
    await vault.recover(259);
    assert.deepEqual(files(), ["000", "001.p/3"]);
    assert.equal((await readFile(join(at.folder, "acts/000"), "ascii")).split("\n").length, 257);
  });

  test("committed acts may be read while others are appended", async () => {
    await using at = await scratch();
    const vault = await openDiskVault(at.folder);
    const reader = await openDiskVault(at.folder);
    const all = acts(300);
    let committed = 0;
    let reads = 0;
    const append = async (): Promise<void> => {
      for (let end = 10; end <= 300; end += 10) {
        await vault.putActs(committed, all.slice(committed, end));
        committed = end;
      }
    };
    const read = async (): Promise<void> => {
      for (let size = 0; size < 300; size = committed) {
        assert.deepEqual(await readAll(reader, 0, size), all.slice(0, size));
        reads++;
        await nextTurn();
      }
    };
    await Promise.all([append(), read()]);
    assert.ok(reads > 1);
  });

  test("a damaged line is named, and the others can still be read one by one", async () => {
    await using at = await scratch();
    const vault = await openDiskVault(at.folder);
    const all = acts(4);
    await vault.putActs(0, all);
    const path = join(at.folder, "acts/000.p/4");
    const lines = (await readFile(path, "ascii")).split("\n");
    await writeFile(path, [lines[0], `é${lines[1]}`, lines[2], (lines[3] as string).slice(0, 50)].join("\n"));
    await assert.rejects(
      readAll(vault, 0, 4),
      (error) => isPlacardError(error, "malformed") && /Act 1 /.test(error.message),
    );
    assert.deepEqual(await readAll(vault, 2, 3), all.slice(2, 3));
    await assert.rejects(
      readAll(vault, 3, 4),
      (error) => isPlacardError(error, "not_found") && /Act 3 /.test(error.message),
    );
    await assert.rejects(vault.putActs(4, acts(1)), (error) => isPlacardError(error, "not_found"));
  });

  test("erasing leaves no byte of the fields in any file, in whatever files a crash has left them", async () => {
    await using at = await scratch();
    const vault = await openDiskVault(at.folder);
    const all = [...acts(2), seal({ act: "captured", note: "a very private remark" }), ...acts(3)];
    const secret = all[2] as SealedAct;
    await vault.putActs(0, all.slice(0, 3));
    await vault.putActs(3, all.slice(3));
    for (const path of ["acts/000.p/5", "acts/000.p/200", "acts/000", "acts/000.p/.tmp-6-00", "acts/.tmp-000-00"]) {
      await writeFile(join(at.folder, path), all.map((act) => `${serialise(act)}\n`).join(""));
    }
    await vault.eraseAct(2, 6);
    for (const path of filesIn(at.folder)) {
      const raw = await readFile(join(at.folder, path));
      for (const disclosure of secret.disclosures) {
        assert.ok(!raw.includes(disclosure), path);
        assert.ok(!raw.includes(Buffer.from(disclosure, "base64url")), path);
      }
      assert.ok(!raw.includes("private remark"), path);
    }
    assert.deepEqual(filesIn(at.folder), ["acts/000.p/6"]);
    assert.deepEqual(await readAll(vault, 0, 6), all.with(2, { jwt: secret.jwt, disclosures: [] }));
  });

  test("a disk that gives nothing back is said to be the trouble", async () => {
    await using at = await scratch();
    const vault = await openDiskVault(at.folder);
    await mkdir(join(at.folder, "acts/000"), { recursive: true });
    await assert.rejects(readAll(vault, 0, 1), (error) => isPlacardError(error, "storage") && error.next !== undefined);
  });
});
