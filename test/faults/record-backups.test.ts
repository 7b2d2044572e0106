/** Parts of a whole record deleted, or brought back from an older backup: it refuses with what to do, or recovers. */
import assert from "node:assert/strict";
import { cp, mkdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { audit } from "../../src/app/audit.ts";
import { eraseExhibit } from "../../src/app/erase-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import { seal, sealAll } from "../../src/app/seal.ts";
import { formatVerifierKey, parseVerifierKey } from "../../src/ledger/note.ts";
import { utf8 } from "../../src/lib/bytes.ts";
import { type ErrorCode, isPlacardError } from "../../src/lib/error.ts";
import { newFolder } from "./place.ts";

let folder: string;
/** A record at two moments: with two exhibits, and a batch, an erasure and a day later. */
let older: string;
let newer: string;
let copies = 0;
const YESTERDAY = Date.now() - 86_400_000;

before(async () => {
  folder = await newFolder();
  older = join(folder, "older");
  newer = join(folder, "newer");
  await initRecord(older, { name: "Hollow Lane Residents" });
  {
    await using opened = await openContext(older);
    for (const title of ["One", "Two"]) {
      const archive = { ...(await opened.context.vault.putBlob([utf8(title)], "application/wacz")) };
      await seal(opened.context, { act: "captured", title, archive }, [archive.sha256]);
    }
  }
  await cp(older, newer, { recursive: true });
  await using opened = await openContext(newer);
  await sealAll(
    opened.context,
    Array.from({ length: 300 }, (_, i) => ({ act: "captured", title: `Post ${i}` })),
  );
  const [first] = await opened.context.index.list();
  await eraseExhibit(opened.context, first?.id ?? "", "asked for");
});
after(() => rm(folder, { recursive: true }));

/** The newer record with these parts of it taken from the older one, or missing there. */
async function mixed(...parts: readonly string[]): Promise<string> {
  const path = join(folder, String(copies++));
  await cp(newer, path, { recursive: true });
  for (const part of parts) {
    await rm(join(path, part), { recursive: true, force: true });
    await cp(join(older, part), join(path, part), { recursive: true });
  }
  return path;
}

async function assertRefused(path: string, code: ErrorCode, why: RegExp, next: RegExp): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await assert.rejects(openContext(path), (error) => {
      assert.ok(isPlacardError(error, code), String(error));
      assert.match(error.message, why);
      assert.match(error.next ?? "", next);
      return true;
    });
  }
}

/** Opens, answers as the newer record does, holds, and takes another act. */
async function assertRecovered(path: string): Promise<void> {
  await using whole = await openContext(newer);
  await using opened = await openContext(path);
  assert.deepEqual(await opened.context.index.list(), await whole.context.index.list());
  const result = await audit(opened.context);
  assert.deepEqual([result.verdict, result.findings.map(({ state }) => state)], ["holds", ["erased"]]);
  await seal(opened.context, { act: "captured", title: "Afterwards" });
}

test("commit.sqlite from an older backup: refused", async () => {
  await assertRefused(await mixed("commit.sqlite"), "inconsistent", /303 entries, commit\.sqlite only 2/, /newest/);
});

test("record.json or keys of another time: refused, for every file handed out would fail", async () => {
  const other = join(folder, "others-keys");
  await initRecord(other, { name: "Another" });
  for (const part of ["vkey", "archiveKey"]) {
    const path = await mixed();
    const file = join(path, "record.json");
    const [ours, theirs] = await Promise.all([file, join(other, "record.json")].map((one) => readFile(one, "utf8")));
    const own = JSON.parse(ours as string) as Record<string, string>;
    const foreign = JSON.parse(theirs as string) as Record<string, string>;
    const key = parseVerifierKey(foreign["vkey"] as string);
    const swapped = {
      vkey: formatVerifierKey({ ...key, name: own["origin"] as string }),
      archiveKey: foreign["archiveKey"],
    };
    await writeFile(file, JSON.stringify({ ...own, [part]: swapped[part as keyof typeof swapped] }));
    await assertRefused(path, "inconsistent", /record\.json names other keys/, /from one backup/);
  }
});

test("commit.sqlite deleted: refused", async () => {
  const path = await mixed();
  await rm(join(path, "commit.sqlite"));
  await assertRefused(path, "inconsistent", /commit\.sqlite\) is missing/, /Restore the whole record/);
});

test("the ledger folder from an older backup, or deleted: made again from the vault", async () => {
  await assertRecovered(await mixed("ledger"));
  const path = await mixed();
  await rm(join(path, "ledger"), { recursive: true });
  await assertRecovered(path);
});

test("the vault from an older backup: refused, and the audit names what is missing and what came back", async () => {
  const path = await mixed("vault");
  await assertRefused(path, "inconsistent", /Act 2\d\d|Act 2 is missing/, /newest backup.*audit/);
  await using opened = await openContext(path, { forAudit: true });
  const { verdict, findings } = await audit(opened.context);
  assert.equal(verdict, "fails");
  const missing = findings.filter(({ what, state }) => what === "act" && state === "missing");
  assert.deepEqual(
    missing.map(({ position }) => position),
    Array.from({ length: 301 }, (_, i) => i + 2),
  );
  await assert.rejects(seal(opened.context, { act: "captured", title: "Never" }), (error) => isPlacardError(error));
});

test("the vault from an older backup, where the ledger ends with a full bundle: refused too", async () => {
  const path = join(folder, "full");
  await cp(older, path, { recursive: true });
  {
    await using opened = await openContext(path);
    await sealAll(
      opened.context,
      Array.from({ length: 254 }, () => ({ act: "captured" })),
    );
  }
  await rm(join(path, "vault"), { recursive: true });
  await cp(join(older, "vault"), join(path, "vault"), { recursive: true });
  await assertRefused(path, "inconsistent", /Act 255 is missing/, /newest backup/);
});

test("the vault of another record: refused", async () => {
  const other = join(folder, "other");
  await initRecord(other, { name: "Another" });
  {
    await using opened = await openContext(other);
    await sealAll(
      opened.context,
      Array.from({ length: 303 }, () => ({ act: "captured" })),
    );
  }
  const path = await mixed();
  await rm(join(path, "vault"), { recursive: true });
  await cp(join(other, "vault"), join(path, "vault"), { recursive: true });
  await assertRefused(path, "inconsistent", /Act 302 in the vault is not the one/, /newest backup/);
});

test("the index from an older backup, deleted, or of another record: the same answers", async () => {
  await assertRecovered(await mixed("index.sqlite"));
  const path = await mixed();
  await rm(join(path, "index.sqlite"));
  await assertRecovered(path);
});

test("ledger, vault and commit.sqlite all older, the index newer: the index follows", async () => {
  const path = await mixed("ledger", "vault", "commit.sqlite");
  await using opened = await openContext(path);
  assert.deepEqual(
    (await opened.context.index.list()).map((row) => row.title),
    ["One", "Two"],
  );
});

test("the clock set back: nothing is sealed, and what is there is shown", async () => {
  const path = await mixed();
  {
    await using opened = await openContext(path, { clock: { now: () => YESTERDAY } });
    for (let i = 0; i < 2; i++) {
      await assert.rejects(seal(opened.context, { act: "captured", title: "Never" }), (error) => {
        assert.ok(isPlacardError(error, "clock_behind"));
        assert.match(error.next ?? "", /clock/);
        return true;
      });
    }
    assert.equal((await opened.context.index.list()).length, 302);
  }
  await assertRecovered(path);
});

test("unfinished files, fresh or deleted: no trouble, and the old ones go", async () => {
  const path = await mixed();
  const left = ["vault/blobs/.tmp-one", "vault/acts/.tmp-two", "ledger/.tmp-three", "ledger/tile/0/.tmp-four"];
  const old = new Date(YESTERDAY);
  for (const name of left) {
    await mkdir(join(path, name, ".."), { recursive: true });
    await writeFile(join(path, name), "half");
    await utimes(join(path, name), old, old);
  }
  await assertRecovered(path);
  for (const name of left) await assert.rejects(rm(join(path, name)), { code: "ENOENT" });
  await rm(join(path, "scratch"), { recursive: true, force: true });
  await assertRecovered(await mixed());
});
