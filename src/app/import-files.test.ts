import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { waczMembers, zipOf } from "../../test/wacz-fixture.ts";
import { utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { initRecord } from "./init-record.ts";
import { openRecord, rebuildIndex } from "./record.ts";
import { verifyFile } from "./verify-file.ts";

let folder: string;
let path: string;
const FROM = "a neighbour, by e-mail";
const HTML =
  "<!doctype html><!-- saved from url=(0030)https://townsquare.example/p/7 --><title>Bins on the lane</title>";

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-import-"));
  path = join(folder, "record");
  await initRecord(path, { name: "Hollow Lane Residents" });
});
after(() => rm(folder, { recursive: true }));

async function put(name: string, bytes: string | Uint8Array): Promise<string> {
  const target = join(folder, name);
  await writeFile(target, bytes);
  return target;
}

const blobs = async (): Promise<number> =>
  (await readdir(join(path, "vault/blobs"), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    .length;

test("a file somebody sent is sealed as received, never as captured, and proves so", async () => {
  await using record = await openRecord(path);
  const { id, kind } = await record.import(await put("page.html", HTML), {
    from: FROM,
    caseName: "Spring",
    note: "as sent",
  });
  assert.equal(kind, "html");
  const { fields } = await record.show(id);
  assert.equal(fields["act"], "received");
  assert.equal(fields["receivedFrom"], FROM);
  assert.equal(fields["fileName"], "page.html");
  assert.deepEqual(fields["claims"], {
    url: "https://townsquare.example/p/7",
    title: "Bins on the lane",
    software: "a browser's “save as”",
  });
  const listed = (await record.list({ caseName: "Spring" })).find((exhibit) => exhibit.id === id);
  assert.deepEqual(
    [listed?.url, listed?.title, listed?.receivedFrom],
    ["https://townsquare.example/p/7", "Bins on the lane", FROM],
  );

  const file = join(folder, "page.placard");
  await record.export(id, file);
  const verdict = await verifyFile(file);
  assert.equal(verdict.verdict, "holds", JSON.stringify(verdict.checks));
  const origin = verdict.checks.find(({ name }) => name === "origin");
  assert.match(origin?.why ?? "", /^No capture: the record received this file from a neighbour/);
  assert.equal(verdict.checks.find(({ name }) => name === "received")?.state, "holds");
  await assert.rejects(record.print([id], join(folder, "x.pdf")), (error) => isPlacardError(error, "usage"));
});

test("an unsound archive is sealed as the unsound archive it is: reported, and the receipt still holds", async () => {
  await using record = await openRecord(path);
  const swapped = waczMembers().map(
    ([name, bytes]) => [name, name.endsWith(".warc.gz") ? utf8("other") : bytes] as const,
  );
  const { id, checks } = await record.import(await put("unsound.wacz", await zipOf(swapped)), { from: FROM });
  assert.equal(checks[0]?.state, "fails");
  const sealed = (await record.show(id)).fields["ownChecks"] as readonly { readonly state: string }[];
  assert.equal(sealed[0]?.state, "fails");
  const file = join(folder, "unsound.placard");
  await record.export(id, file);
  const verdict = await verifyFile(file);
  assert.equal(verdict.verdict, "holds", JSON.stringify(verdict.checks));
  assert.match(verdict.checks.find(({ name }) => name === "received contents")?.why ?? "", /^Received like this: /);
  // Whoever hides that it was received hands out an archive that does not hold.
  await record.export(id, file, ["act"]);
  assert.equal((await verifyFile(file)).verdict, "fails");
});

test("what cannot be read leaves nothing behind", async () => {
  await using record = await openRecord(path);
  const [stored, size] = [await blobs(), (await record.list()).length];
  for (const [name, bytes] of Object.entries({ "letter.txt": "Dear Hollow Lane", "cut.har": '{"log":{' })) {
    await assert.rejects(record.import(await put(name, bytes), { from: FROM }), isPlacardError);
  }
  await assert.rejects(record.import(join(folder, "nowhere.wacz"), { from: FROM }), isPlacardError);
  await assert.rejects(record.import(await put("page.html", HTML), { from: " " }), (error) =>
    isPlacardError(error, "usage"),
  );
  await assert.rejects(
    record.import(await put("page.html", HTML), { from: FROM, signal: AbortSignal.abort() }),
    (error) => isPlacardError(error, "cancelled"),
  );
  assert.deepEqual([await blobs(), (await record.list()).length], [stored, size]);
});

test("the audit counts it, the index is rebuilt the same, and erasing leaves nothing of it", async () => {
  let id: string;
  {
    await using record = await openRecord(path);
    ({ id } = await record.import(await put("secret.html", `${HTML}<p>for one pair of eyes</p>`), { from: FROM }));
    assert.equal((await record.audit()).verdict, "holds");
  }
  const list = async (): Promise<unknown> => {
    await using record = await openRecord(path);
    return await record.list();
  };
  const earlier = await list();
  await rebuildIndex(path);
  assert.deepEqual(await list(), earlier);
  {
    await using record = await openRecord(path);
    await record.erase(id, "asked for");
  }
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    assert.ok(!bytes.includes("for one pair of eyes"), entry.name);
    assert.ok(!bytes.includes("secret.html"), entry.name);
  }
});
