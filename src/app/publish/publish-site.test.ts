/** A real record's site: what it says is what the record proves, and nothing of what was withheld is in any file. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import lists from "naughty-words";
import { buildVerifyPage } from "../../../scripts/build-verify-page.ts";
import { NOTE, onTheWay, STEPS } from "../../../test/server/on-the-way.ts";
import { POST, sealPosts } from "../../../test/server/sealed-exhibits.ts";
import { exhibitFolder, picturePath, proofPath } from "../../show/site/addresses.ts";
import { initRecord } from "../init-record.ts";
import { openRecord, type PlacardRecord } from "../record.ts";
import { verifyFile } from "../verify-file.ts";

const folder = await mkdtemp(join(tmpdir(), "placard-publish-"));
const record = join(folder, "record");
const target = join(folder, "public");
after(() => rm(folder, { recursive: true, force: true }));

/** Withheld by name, by word, or because nothing of the kind is public. */
const SECRETS = ["Quillfeather", "Tansy Row", "lanternnote", "Case of the lamps"];
const SLUR = lists.en.find((word) => /^[a-z]{5,7}$/.test(word)) ?? "";
const SAID = `We were here before the lane had a name, said the ${SLUR} lane.`;
let way: Awaited<ReturnType<typeof onTheWay>>;

async function withRecord<T>(work: (opened: PlacardRecord) => Promise<T>): Promise<T> {
  await using opened = await openRecord(record);
  return await work(opened);
}

async function publish(undo = false) {
  return withRecord(async (opened) => {
    await using publishing = await opened.publish(target, { undo });
    await publishing.go();
    return publishing;
  });
}

const read = (path: string): Promise<string> => readFile(join(target, path), "utf8");

before(async () => {
  const built = join(import.meta.dirname, "../../../dist/verify-page");
  if (!existsSync(join(built, "index.html"))) await buildVerifyPage(built);
  await initRecord(record, { name: "Hollow Lane Residents" });
  const post = {
    ...POST,
    author: "Barnaby Quillfeather",
    title: "Barnaby Quillfeather of Tansy Row",
    postText: SAID,
    note: "lanternnote",
    case: "Case of the lamps",
  };
  const ids = await sealPosts(record, [...STEPS.map(() => post), post]);
  way = await withRecord((opened) => onTheWay(opened, ids));
});

test("without an address nothing is published, and it is said why", async () => {
  await assert.rejects(publish(), { code: "usage" });
  const siteText = { cases: [{ case: "Case of the lamps", key: "lamps", name: "The lamps of the lane" }] };
  await writeFile(join(record, "config.json"), JSON.stringify({ site: "https://hollow-lane.example", siteText }));
});

test("what passed its gates is on the site with its proof, and nothing else is", async () => {
  await publish();
  const shown = [way.corrected.id, way.confirmed.id, way.withdrawn.id];
  const folders = await readdir(join(target, "V"));
  assert.deepEqual(folders.toSorted(), shown.map((id) => exhibitFolder(id).split("/")[1]).toSorted());
  for (const id of shown) {
    const page = await read(`${exhibitFolder(id)}index.html`);
    assert.ok(page.includes(NOTE) && page.includes(id));
    assert.ok(page.includes(`said the ${SLUR[0]}··· lane`) && !page.includes(SLUR), "the word is masked");
    assert.match(page, /The lamps of the lane/);
    const { verdict } = await verifyFile(join(target, proofPath(id)), {});
    assert.notEqual(verdict, "fails");
    assert.deepEqual(await readFile(join(target, picturePath(id))), await pictureIn(join(target, proofPath(id))));
  }
});

/** The picture on the page is the one that the proof is of. */
async function pictureIn(file: string): Promise<Buffer> {
  const { openAsBlob } = await import("node:fs");
  const { BlobReader, Uint8ArrayWriter, ZipReader } = await import("@zip.js/zip.js");
  const reader = new ZipReader(new BlobReader(await openAsBlob(file)));
  const entry = (await reader.getEntries()).find(({ filename }) => filename === "tiles/screenshot.png");
  assert.ok(entry !== undefined && !entry.directory);
  return Buffer.from(await entry.getData(new Uint8ArrayWriter()));
}

test("nothing withheld is in any file or any name, in whatever form", async () => {
  const forms = SECRETS.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret, "utf8").toString("base64").slice(0, -2),
    Buffer.from(secret, "utf8").toString("hex"),
    Buffer.from(secret, "utf16le").toString("latin1"),
  ]).map((form) => form.toLowerCase());
  const files = await readdir(`${target}/`, { recursive: true, withFileTypes: true });
  let searched = 0;
  for (const file of files.filter((one) => one.isFile())) {
    const path = join(file.parentPath, file.name);
    const text = `${path.slice(target.length)}\n${(await readFile(path)).toString("latin1")}`.toLowerCase();
    for (const form of forms) assert.ok(!text.includes(form), `${path} tells ${form}`);
    searched++;
  }
  assert.ok(searched > 40);
});

test("the ledger lies there as it is, and the page that checks beside it", async () => {
  assert.equal(await read("ledger/checkpoint"), await readFile(join(record, "ledger/checkpoint"), "utf8"));
  for (const path of await readdir(join(record, "ledger/tile"), { recursive: true, withFileTypes: true })) {
    if (!path.isFile()) continue;
    const own = join(path.parentPath, path.name);
    assert.deepEqual(await readFile(own), await readFile(own.replace(join(record, "ledger"), join(target, "ledger"))));
  }
  assert.match(await read("verify/index.html"), /verify\.js/);
});

test("what is corrected, withdrawn, held and erased is told as that, and comes back by no undo", async () => {
  const { confirmed, withdrawn, corrected } = way;
  await withRecord(async ({ publications }) => {
    await publications.take(
      confirmed.id,
      { act: "confirmed", correction: confirmed.json["correction"] ?? "" },
      "actor-y",
    );
    await publications.take(withdrawn.id, { act: "withdrawn", because: "mistake" }, "actor-z");
    await publications.take(
      corrected.id,
      { act: "held", hold: "active-proceedings", why: "There is a hearing." },
      "actor-z",
    );
  });
  const { made } = await publish();
  assert.equal(made, 3);
  assert.match(await read(`${exhibitFolder(confirmed.id)}index.html`), /It was a day before\./);
  for (const [id, why] of [
    [withdrawn.id, /There was a mistake in it/],
    [corrected.id, /Something keeps it back for now/],
  ] as const) {
    const page = await read(`${exhibitFolder(id)}index.html`);
    assert.match(page, why);
    assert.ok(!page.includes(NOTE) && !page.includes("Townsquare"));
    assert.deepEqual(await readdir(join(target, exhibitFolder(id))), ["index.html"]);
    assert.match(await read("feed.atom"), new RegExp(`Withdrawn: exhibit ${id}`));
  }
  assert.equal((await publish()).isCurrent, true);
  await publish(true);
  assert.deepEqual(await readdir(join(target, exhibitFolder(withdrawn.id))), ["index.html"]);
  const built = join(record, "site");
  assert.ok((await readdir(built)).includes("built.json"));
  await withRecord((opened) => opened.erase(withdrawn.id, "asked for"));
  const left = (await readdir(built)).filter((name) => !/^card-|^lock/.test(name));
  assert.deepEqual(left, [], "of what was built with it nothing stays");
  await publish();
  await assert.rejects(publish(true), { code: "usage" }, "what was shown with it does not come back");
  assert.match(await read(`${exhibitFolder(withdrawn.id)}index.html`), /Its private parts were erased for good/);
  assert.match(await read("corrections/index.html"), /It was a day before\./);
});

test("two do not publish one record at once", async () => {
  await withRecord(async (opened) => {
    await using publishing = await opened.publish(target);
    assert.equal(publishing.isCurrent, true);
    await assert.rejects(opened.publish(target), { code: "busy" });
  });
});

test("the command line shows what it would change, and changes it only where that is agreed to", async () => {
  const elsewhere = join(folder, "elsewhere");
  const run = (...args: readonly string[]) => {
    const cli = join(import.meta.dirname, "../../../bin/placard.mjs");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [cli, "publish", elsewhere, "--record", record, "--json", ...args],
      { encoding: "utf8" },
    );
    return { status, stderr, said: JSON.parse(stdout) };
  };
  const shown = run();
  assert.deepEqual([shown.status, shown.said.done, existsSync(elsewhere)], [0, false, false]);
  assert.ok(shown.said.plan.added.includes("index.html"));
  assert.match(shown.stderr, /files new:/);
  assert.deepEqual([run("--yes").said.done, existsSync(join(elsewhere, "index.html"))], [true, true]);
  const again = run();
  assert.deepEqual([again.said.done, again.said.plan.added, again.said.plan.changed], [true, [], []]);
  assert.equal(run("--undo").status, 2);
});
