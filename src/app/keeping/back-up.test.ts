import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import { Decrypter } from "age-encryption";
import { utf8 } from "../../lib/bytes.ts";
import { isPlacardError } from "../../lib/error.ts";
import { whole } from "../../lib/pieces.ts";
import { openZip } from "../../verify/zip.ts";
import { eraseExhibit } from "../erase-exhibit.ts";
import { initRecord } from "../init-record.ts";
import { openContext } from "../open-record.ts";
import { sealWithBlobs } from "../seal.ts";
import { backUp, pack, verifiedPieces } from "./back-up.ts";
import { suggestPassphrase } from "./passphrase.ts";
import { restore } from "./restore.ts";

const PASSPHRASE = suggestPassphrase();
const quick = { work: 4 };
let folder: string;
let record: string;
let file: string;
let members: DatabaseSync;
const at = (name: string): string => join(folder, name);
const code = (wanted: string) => (error: unknown) => isPlacardError(error) && error.code === wanted;

async function sealFile(path: string, text: string): Promise<string> {
  await using opened = await openContext(path);
  const { context } = opened;
  const sealed = await sealWithBlobs(context, { act: "captured", title: text }, async () => ({
    archive: await context.vault.putBlob([utf8(text)], "text/plain"),
  }));
  return sealed.id;
}

async function back(target = file, path = record) {
  await using opened = await openContext(path);
  return await backUp(opened.context, target, PASSPHRASE, quick);
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-backup-"));
  record = at("record");
  file = at("record.age");
  await initRecord(record, { name: "Hollow Lane Residents" });
  await writeFile(join(record, "config.json"), "{}");
  // As the accounts have it: in a write-ahead log, part of it not yet in the file.
  members = new DatabaseSync(join(record, "members.sqlite"));
  members.exec("PRAGMA journal_mode = WAL; CREATE TABLE members (name TEXT); INSERT INTO members VALUES ('Ada')");
  for (let i = 0; i < 5; i++) await sealFile(record, `a lantern, ${i}`);
});
after(async () => {
  members.close();
  await rm(folder, { recursive: true });
});

test("a record comes back as it was: it verifies, with its modes, and the next exhibit is sealed", async () => {
  const made = await back();
  assert.deepEqual([made.verified, made.entries, made.damaged], [true, 5, []]);
  assert.equal((await stat(file)).size, made.bytes);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const restored = await restore(file, at("restored"), PASSPHRASE);
  assert.equal(restored.audit.verdict, "holds", JSON.stringify(restored.audit.findings));
  assert.deepEqual([restored.audit.size, restored.audit.findings, restored.name], [5, [], "Hollow Lane Residents"]);
  for (const name of ["record.json", "config.json", "keys/log.pem", "ledger/checkpoint"]) {
    assert.ok((await readFile(join(record, name))).equals(await readFile(join(at("restored"), name))), name);
  }
  const modes = ["keys", "keys/log.pem", "vault", "vault/acts", "ledger/checkpoint"].map(async (name) =>
    ((await stat(join(at("restored"), name))).mode & 0o777).toString(8),
  );
  assert.deepEqual(await Promise.all(modes), ["700", "600", "700", "700", "644"]);
  assert.ok((await readdir(at("restored"))).every((name) => !name.startsWith(".")));
  const copy = new DatabaseSync(join(at("restored"), "members.sqlite"));
  assert.equal(copy.prepare("SELECT name FROM members").get()?.["name"], "Ada");
  copy.close();
  await sealFile(at("restored"), "after");
  await using opened = await openContext(at("restored"));
  assert.equal((await opened.context.log.head()).size, 6);
  assert.equal((await opened.context.index.list()).length, 6);
});

test("any age program opens it, and finds a plain ZIP of the record's folder", async () => {
  const theirs = new Decrypter();
  theirs.addPassphrase(PASSPHRASE);
  const archive = await theirs.decrypt(Uint8Array.from(await readFile(file)));
  const zip = await openZip(new Blob([Uint8Array.from(archive)]), { plain: true });
  const names = zip.entries.map(({ name }) => name);
  assert.deepEqual(names.slice(0, 3), ["backup.json", "record.json", "config.json"]);
  assert.ok(names.includes("commit.sqlite") && names.includes("members.sqlite") && names.includes("keys/log.pem"));
  assert.ok(!names.some((name) => /index|lanes|scratch/.test(name)), names.join());
  assert.equal(names.filter((name) => name.startsWith("vault/blobs/")).length, 5);
});

test("an erased exhibit is in no back-up made after", async () => {
  const path = at("erasing");
  await initRecord(path, { name: "Hollow Lane Residents" });
  const id = await sealFile(path, "a lantern to forget");
  await sealFile(path, "a lantern to keep");
  {
    await using opened = await openContext(path);
    await eraseExhibit(opened.context, id, "asked for");
  }
  await back(at("erased.age"), path);
  const { audit } = await restore(at("erased.age"), at("erased"), PASSPHRASE);
  assert.equal(audit.verdict, "holds");
  const everything = await readdir(at("erased"), { recursive: true, withFileTypes: true });
  for (const entry of everything.filter((each) => each.isFile()))
    assert.ok(!(await readFile(join(entry.parentPath, entry.name))).includes("a lantern to forget"), entry.name);
});

test("a damaged record is backed up as it is, which is said then and when it is restored", async () => {
  const path = at("damaged");
  await initRecord(path, { name: "Hollow Lane Residents" });
  await sealFile(path, "a lantern");
  const blobs = await readdir(join(path, "vault/blobs"), { recursive: true, withFileTypes: true });
  const blob = blobs.find((entry) => entry.isFile()) ?? assert.fail("there is a blob");
  await chmod(join(blob.parentPath, blob.name), 0o600);
  await writeFile(join(blob.parentPath, blob.name), "another");
  assert.equal((await back(at("damaged.age"), path)).damaged.length, 1);
  const { audit } = await restore(at("damaged.age"), at("damaged-again"), PASSPHRASE);
  assert.equal(audit.verdict, "fails");
});

test("nothing is left behind by a passphrase that is wrong, a file that is cut or altered, a folder that is not empty", async () => {
  const refuse = async (from: string, wanted: string, passphrase = PASSPHRASE): Promise<void> => {
    await assert.rejects(restore(from, at("new"), passphrase), code(wanted));
    await assert.rejects(stat(at("new")), { code: "ENOENT" });
    await mkdir(at("new"));
    await assert.rejects(restore(from, at("new"), passphrase), code(wanted));
    assert.deepEqual(await readdir(at("new")), []);
    await rm(at("new"), { recursive: true });
  };
  await refuse(file, "mismatch", "quite another passphrase");
  await refuse(at("none.age"), "storage");
  await writeFile(at("text.age"), "not a back-up at all\n");
  await refuse(at("text.age"), "malformed");
  await writeFile(at("cut.age"), await readFile(file));
  await truncate(at("cut.age"), (await stat(file)).size - 100);
  await refuse(at("cut.age"), "mismatch");
  const bytes = await readFile(file);
  bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] as number) ^ 0x40;
  await writeFile(at("altered.age"), bytes);
  await refuse(at("altered.age"), "mismatch");
  await mkdir(at("full"));
  await writeFile(at("full/letter.txt"), "mine");
  await assert.rejects(restore(file, at("full"), PASSPHRASE), code("conflict"));
  assert.deepEqual(await readdir(at("full")), ["letter.txt"]);
});

test("stopped on request it leaves nothing, and an earlier back-up in its place stays", async () => {
  await using opened = await openContext(record);
  await writeFile(at("earlier.age"), "the earlier one");
  for (const step of ["reading", "writing", "checking"]) {
    const stop = new AbortController();
    const onProgress = (progress: { readonly step: string }): void => {
      if (progress.step === step) stop.abort();
    };
    const options = { ...quick, signal: stop.signal, onProgress };
    await assert.rejects(backUp(opened.context, at("earlier.age"), PASSPHRASE, options), code("cancelled"), step);
    assert.equal(await readFile(at("earlier.age"), "utf8"), "the earlier one");
  }
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith(".tmp-")),
    [],
  );
  assert.deepEqual(await readdir(join(record, "scratch")), []);
});

test("progress tells bytes of all, and comes to its end", async () => {
  await using opened = await openContext(record);
  const last = new Map<string, { readonly done: number; readonly total: number }>();
  const onProgress = ({ step, done, total }: { step: string; done: number; total: number }): void => {
    assert.ok(done >= (last.get(step)?.done ?? 0) && done <= total);
    last.set(step, { done, total });
  };
  await backUp(opened.context, at("told.age"), PASSPHRASE, { ...quick, onProgress });
  assert.deepEqual([...last.keys()], ["reading", "writing", "checking"]);
  for (const { done, total } of last.values()) assert.equal(done, total);
});

test("as a stream it is the same file, and is whole only where it was checked", async () => {
  await using opened = await openContext(record);
  await using packing = await pack(opened.context, PASSPHRASE, quick);
  await writeFile(at("streamed.age"), await whole(verifiedPieces(packing, PASSPHRASE)));
  assert.equal((await restore(at("streamed.age"), at("streamed"), PASSPHRASE)).audit.verdict, "holds");
  await using second = await pack(opened.context, PASSPHRASE, quick);
  await using broken: typeof second = { ...second, members: second.members.map((each) => ({ ...each, sha256: "0" })) };
  let bytes = 0;
  const reading = async (): Promise<void> => {
    for await (const piece of verifiedPieces(broken, PASSPHRASE)) bytes += piece.length;
  };
  await assert.rejects(reading(), code("mismatch"));
  assert.ok(bytes < (await stat(at("streamed.age"))).size);
});

test("a passphrase that would be guessed is not taken", async () => {
  await using opened = await openContext(record);
  await assert.rejects(backUp(opened.context, at("short.age"), "lantern", quick), code("usage"));
});
