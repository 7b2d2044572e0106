import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { waczMembers, zipOf } from "../../../test/wacz-fixture.ts";
import { toBase64, utf8 } from "../../lib/bytes.ts";
import { isPlacardError } from "../../lib/error.ts";
import { sealCapture } from "../capture-exhibit.ts";
import { eraseExhibit } from "../erase-exhibit.ts";
import { initRecord } from "../init-record.ts";
import { openContext } from "../open-record.ts";
import { seal } from "../seal.ts";
import { verifyFile } from "../verify-file.ts";
import { factsShown } from "./case-exhibits.ts";
import { exportCase } from "./export-case.ts";
import { importCase } from "./import-case.ts";

let folder: string;
let record: string;
let ids: readonly string[];
const at = (...names: readonly string[]): string => join(folder, ...names);
const SPRING = "Spring, on the lane";
const NASTY = '=HYPERLINK("https://evil.example";"click")';

interface Package {
  readonly title: string;
  readonly description: string;
  readonly resources: readonly {
    readonly name: string;
    readonly path: string;
    readonly bytes: number;
    readonly hash: string;
    readonly schema?: { readonly fields: readonly { readonly name: string; readonly description: string }[] };
  }[];
}

async function sealPage(url: string, facts: Readonly<Record<string, string>>, session = false): Promise<string> {
  await using opened = await openContext(record);
  const { archivePublicKey, signArchive } = opened.context.keys;
  const key = { spki: toBase64(archivePublicKey), sign: signArchive };
  for (const name of ["archive", "screenshot", "text"]) await writeFile(at(name), `${url}, ${name}`);
  if (!session) await writeFile(at("archive"), await zipOf(waczMembers({ key })));
  const files = { archive: at("archive"), screenshot: at("screenshot"), text: at("text") };
  const page = {
    files,
    facts: { url, ...facts, ...(session ? { session: true } : {}) },
    tiles: { seed: utf8("thirty-two bytes that stay here."), screenshotTiles: {} },
  };
  const { id } = await sealCapture(opened.context, page, { caseName: SPRING });
  return id;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-case-"));
  record = at("record");
  await initRecord(record, { name: "Hollow Lane Residents" });
  const sealed: string[] = [];
  const post = { author: "A Keeper", postText: "Bins, again.\nAnd <b>loud</b>.", postedAt: "2026-03-01T19:04:05Z" };
  sealed.push(await sealPage("https://townsquare.example/p/1", post));
  sealed.push(await sealPage("https://townsquare.example/p/2", { author: NASTY, postText: `a;${NASTY}\r\n+1 "so"` }));
  sealed.push(await sealPage("https://townsquare.example/p/3", { author: "Seen signed in" }, true));
  sealed.push(await sealPage("https://townsquare.example/p/4", { author: "Somebody to forget" }));
  ids = sealed;
  await using opened = await openContext(record);
  await seal(opened.context, { act: "captured", title: "Of another case", case: "Autumn" });
  await eraseExhibit(opened.context, ids[3] as string, "asked for");
});
after(() => rm(folder, { recursive: true }));

async function exported(target: string) {
  await using opened = await openContext(record);
  return await exportCase(opened.context, SPRING, at(target), { also: [ids[3] as string] });
}

test("a case becomes a folder in which everything is listed with its bytes and hash, and every proof holds", async () => {
  const made = await exported("spring");
  assert.deepEqual([made.exhibits, made.erased, made.heldBack], [4, 1, 1]);
  const description = JSON.parse(await readFile(at("spring/datapackage.json"), "utf8")) as Package;
  assert.equal(description.title, SPRING);
  const listed = new Set(["README.txt", "datapackage.json"]);
  for (const { path, bytes, hash } of description.resources) {
    const contents = await readFile(at("spring", path));
    assert.equal(contents.length, bytes, path);
    assert.equal(hash, `sha256:${createHash("sha256").update(contents).digest("hex")}`, path);
    listed.add(path);
  }
  const there = (await readdir(at("spring"), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(at("spring").length + 1));
  assert.deepEqual(there.toSorted(), [...listed].toSorted());
  assert.equal(new Set(description.resources.map(({ name }) => name)).size, description.resources.length);
  for (const name of await readdir(at("spring/exhibits"))) {
    const { verdict, checks } = await verifyFile(at("spring/exhibits", name));
    assert.equal(verdict, "holds", JSON.stringify(checks.filter(({ state }) => state === "fails")));
  }
  assert.equal((await readdir(at("spring/exhibits"))).length, 3);
});

test("the table is RFC 4180, its columns are those its schema names, and no cell is a formula", async () => {
  const text = await readFile(at("spring/exhibits.csv"), "utf8");
  const rows = readCsv(text);
  const description = JSON.parse(await readFile(at("spring/datapackage.json"), "utf8")) as Package;
  const schema = description.resources.find(({ path }) => path === "exhibits.csv")?.schema;
  assert.deepEqual(
    rows[0],
    schema?.fields.map(({ name }) => name),
  );
  assert.equal(rows.length, 5);
  assert.ok(rows.every((row) => row.length === rows[0]?.length));
  // Wherever a program may part cells.
  for (const cell of rows.flat().flatMap((each) => each.split(/[;\t\r\n]/))) assert.doesNotMatch(cell, /^\s*[=+\-@]/);
  assert.ok(text.endsWith("\r\n"));
  const column = (name: string): number => rows[0]?.indexOf(name) ?? -1;
  assert.equal(rows[1]?.[column("postText")], "Bins, again.\nAnd <b>loud</b>.");
  assert.equal(rows[2]?.[column("author")], `'${NASTY}`);
});

test("the notes are ActivityStreams: words as HTML that says just them, and an erased exhibit a tombstone", async () => {
  const notes = JSON.parse(await readFile(at("spring/exhibits.jsonld"), "utf8")) as {
    readonly totalItems: number;
    readonly items: readonly Readonly<Record<string, unknown>>[];
  };
  assert.equal(notes.totalItems, 4);
  const [first, , , last] = notes.items;
  assert.equal(first?.["content"], "Bins, again.<br>And &#60;b&#62;loud&#60;/b&#62;.");
  assert.deepEqual(first?.["attributedTo"], { type: "Person", name: "A Keeper" });
  assert.equal(first?.["published"], "2026-03-01T19:04:05Z");
  assert.equal(last?.["type"], "Tombstone");
  assert.equal(last?.["summary"], "asked for");
});

test("what is held back or erased is in no byte of the folder, and is said to be", async () => {
  const parts: Buffer[] = [];
  for (const entry of await readdir(at("spring"), { recursive: true, withFileTypes: true }))
    if (entry.isFile()) parts.push(await readFile(join(entry.parentPath, entry.name)));
  const all = Buffer.concat(parts);
  for (const secret of ["Somebody to forget", "p/4", "p/3, archive", "p/3, screenshot", "thirty-two bytes", "Autumn"])
    assert.ok(!all.includes(secret), secret);
  assert.ok(all.includes("A notice on Hollow Lane.") && all.includes("p/1, screenshot"));
  const readme = await readFile(at("spring/README.txt"), "utf8");
  assert.match(readme, /Of 1 exhibit something was held back/);
  assert.match(readme, /Erased: 1 exhibit/);
  const shared = { session: true, postText: "I am Ada", handle: "ada", shared: { postText: "I am …" } };
  assert.deepEqual(factsShown(shared, ["postText", "handle"]), { postText: "I am …" });
});

test("the folder speaks the group's language; names of files and columns stay as they are", async () => {
  const settings = at("record", "config.json");
  await writeFile(settings, JSON.stringify({ language: "he" }));
  await exported("spring-he");
  await rm(settings);
  const readme = await readFile(at("spring-he/README.txt"), "utf8");
  assert.match(
    readme,
    /^Spring, on the lane\n\nמספר הפוסטים שנחתמו במאגר ״Hollow Lane Residents״ ונמסרו ב־\d+ ב\S+ \d{4}: 4 פוסטים\./,
  );
  assert.match(readme, /\nexhibits\.csv\n {2}טבלה/);
  const description = JSON.parse(await readFile(at("spring-he/datapackage.json"), "utf8")) as Package;
  assert.match(description.description, /^4 פוסטים מהמאגר ״Hollow Lane Residents״/);
  const fields = description.resources.find(({ schema }) => schema !== undefined)?.schema?.fields ?? [];
  assert.deepEqual([fields[0]?.name, fields[0]?.description], ["id", "המספר של הפוסט"]);
  for (const text of [readme.replace(SPRING, ""), ...fields.map((field) => field.description)])
    assert.doesNotMatch(text, /\b(?:the|that|was|it)\b/i);
});

test("elsewhere each proof is verified and sealed as received; what does not hold is refused and the rest goes on", async () => {
  await initRecord(at("other"), { name: "Mill Street" });
  const names = await readdir(at("spring/exhibits"));
  const damaged = at("spring/exhibits", names[0] as string);
  const bytes = await readFile(damaged);
  const place = Math.floor(bytes.length / 2);
  bytes[place] = (bytes[place] as number) ^ 1;
  await writeFile(damaged, bytes);
  await writeFile(at("spring/exhibits/A.placard"), "nothing of the kind");
  await using opened = await openContext(at("other"));
  const { context } = opened;
  const { items, caseName, from } = await importCase(context, at("spring"));
  assert.deepEqual([caseName, from], [SPRING, "the record “Hollow Lane Residents”"]);
  const outcomes = items.map(({ outcome }) => outcome).toSorted();
  assert.deepEqual(outcomes, ["refused", "refused", "sealed", "sealed"]);
  const rows = await context.index.list({ caseName: SPRING });
  assert.equal(rows.length, 2);
  for (const { receivedFrom, url } of rows) {
    assert.equal(receivedFrom, from);
    assert.match(url ?? "", /^https:\/\/townsquare\.example\/p\//);
  }
  const sealed = items.find((item) => item.outcome === "sealed") ?? assert.fail();
  assert.ok(sealed.outcome === "sealed" && sealed.kind === "placard" && sealed.checks.length > 5);
  // Asked again it does nothing twice.
  const again = await importCase(context, at("spring"));
  assert.equal(again.items.filter(({ outcome }) => outcome === "there already").length, 2);
  assert.equal((await context.index.list({ caseName: SPRING })).length, 2);
  await exportCase(context, SPRING, at("handed-on"));
  for (const name of await readdir(at("handed-on/exhibits")))
    assert.equal((await verifyFile(at("handed-on/exhibits", name))).verdict, "holds");
});

test("a folder that is not empty is left alone, a case that is not there makes none, and stopping leaves none", async () => {
  const code = (wanted: string) => (error: unknown) => isPlacardError(error) && error.code === wanted;
  await using opened = await openContext(record);
  const { context } = opened;
  await mkdir(at("full"));
  await writeFile(at("full/mine.txt"), "mine");
  await assert.rejects(exportCase(context, SPRING, at("full")), code("conflict"));
  assert.deepEqual(await readdir(at("full")), ["mine.txt"]);
  await assert.rejects(exportCase(context, "Nowhere", at("none")), code("not_found"));
  const options = { signal: AbortSignal.abort() };
  await assert.rejects(exportCase(context, SPRING, at("none"), options), code("cancelled"));
  await assert.rejects(readdir(at("none")), { code: "ENOENT" });
  await assert.rejects(importCase(context, at("full")), code("not_found"));
});

/** A reader of RFC 4180 of its own. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const form = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let row: string[] = [];
  for (let at = 0; at < text.length; at = form.lastIndex) {
    form.lastIndex = at;
    const match = form.exec(text) ?? assert.fail(`not RFC 4180 at ${at}: ${text.slice(at, at + 40)}`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "\r\n") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
