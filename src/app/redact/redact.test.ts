import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { saltOf, smallPicture } from "../../../test/redacted-fixture.ts";
import { findSeeds } from "../../../test/seeded-secrets.ts";
import { commitScreenshot } from "../../capture/picture/picture.ts";
import { encodePng } from "../../capture/picture/png-writer.ts";
import { utf8 } from "../../lib/bytes.ts";
import { isPlacardError } from "../../lib/error.ts";
import { sha256 } from "../../lib/sha256.ts";
import { cutTile, inStrips } from "../../verify/picture.ts";
import { readPlainPng } from "../../verify/plain-png.ts";
import { openZip } from "../../verify/zip.ts";
import { sealCapture } from "../capture-exhibit.ts";
import { eraseExhibit } from "../erase-exhibit.ts";
import { initRecord } from "../init-record.ts";
import { openContext } from "../open-record.ts";
import { verifyFile } from "../verify-file.ts";
import { exportRedacted } from "./hand-out.ts";
import { redactExhibit, redactionOf } from "./redaction.ts";

const NAME = "Marrow Quillfeather";
const HANDLE = "@quillfeather@lanterns.example";
const STREET = "Hollow Lane 14";
/** Wherever any of it could be read. */
const SEEDS = [NAME, "quillfeather", STREET];
const picture = smallPicture(200, 150);

let folder: string;
let opened: Awaited<ReturnType<typeof openContext>>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-redact-"));
  await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
  opened = await openContext(join(folder, "record"));
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** An exhibit whose facts say the name in every form that pages write it in. */
async function exhibit(): Promise<string> {
  const at = (name: string): string => join(folder, name);
  await writeFile(at("screenshot"), await encodePng(picture));
  await writeFile(at("archive"), `WARC of ${NAME}`);
  await writeFile(at("text"), `${NAME} ${HANDLE} wrote this.`);
  const seed = sha256(utf8("seed"));
  const screenshotTiles = await commitScreenshot(inStrips(picture), seed);
  const facts = {
    url: "https://lanterns.example/@Quillfeather/17",
    finalUrl: "https://lanterns.example/%40quill%66eather/17",
    title: `Marrow&nbsp;Quillfeather on Lanterns`,
    author: NAME,
    handle: HANDLE,
    postText: "The lamps at Hollow  Lane 14 were put out.",
    platform: "Lanterns",
    postedAt: "2026-03-14T21:07:00Z",
    likes: 4,
    media: ["https://lanterns.example/face.jpg"],
    replyTo: { author: "MARROW QUILLFEATHER" },
    factSources: { author: ["markup"], handle: ["markup"] },
    factAddresses: { author: `https://lanterns.example/${Buffer.from(NAME).toString("base64")}` },
    steps: [{ did: "opened-more", words: "More by ｍａｒｒｏｗ quillfeather" }],
  };
  const files = { archive: at("archive"), screenshot: at("screenshot"), text: at("text") };
  const { id } = await sealCapture(
    opened.context,
    { files, facts, tiles: { seed, screenshotTiles } },
    { note: "ask the family first", caseName: "Lamps" },
  );
  return id;
}

const MASKS = {
  boxes: [{ x: 70, y: 10, width: 10, height: 60 }],
  fields: ["author", "handle"],
  words: [STREET],
};

test("what was redacted is in no byte of what is handed out, in no form; the rest is proven", async () => {
  const id = await exhibit();
  const out = join(folder, "redacted.placard");
  const made = await redactExhibit(opened.context, id, MASKS, "somebody");
  assert.deepEqual(made, { id, tiles: 2, of: 12, fields: ["author", "handle"] });
  const { withheld } = await exportRedacted(opened.context, id, out);
  const bytes = await readFile(out);
  assert.deepEqual(await findSeeds("file", bytes, SEEDS), []);
  assert.ok(
    (await findSeeds("screen", await readFile(join(folder, "text")), SEEDS)).length > 0,
    "seeds are found where they are",
  );
  const { verdict, checks, exhibit: shown } = await verifyFile(out);
  assert.equal(verdict, "holds");
  const check = checks.find(({ name }) => name === "redacted picture");
  assert.match(`${check?.state} ${check?.why}`, /^holds .*12 squares 10 are shown.*2 are withheld/);
  const fields = Object.keys(shown?.fields ?? {});
  for (const name of ["platform", "postedAt", "likes", "screenshotTiles", "act"])
    assert.ok(fields.includes(name), name);
  for (const name of [
    "author",
    "handle",
    "url",
    "finalUrl",
    "title",
    "postText",
    "replyTo",
    "factAddresses",
    "steps",
    "archive",
    "screenshot",
    "visibleText",
    "tileSeed",
    "media",
    "note",
    "case",
  ]) {
    assert.ok(!fields.includes(name) && withheld.includes(name), name);
  }
  const { entries, find } = await openZip(new Blob([bytes as BlobPart]), { plain: true });
  assert.deepEqual(
    entries.map(({ name }) => name),
    ["act.sdjwt", "ledger.tlog-proof", "log.vkey", "tiles/screenshot.png", "tiles/screenshot.proof"],
  );
  const drawn = await readPlainPng(find("tiles/screenshot.png")?.packed ?? assert.fail());
  for (let tile = 0; tile < 12; tile++) {
    const pixels = Buffer.from(cutTile(drawn, tile));
    if (tile === 1 || tile === 5)
      assert.ok(
        pixels.every((value) => value === 0x80),
        `tile ${tile} is covered`,
      );
    else assert.ok(pixels.equals(cutTile(picture, tile)), `tile ${tile} is as it was`);
  }
  assert.ok(!bytes.includes(saltOf(0)), "salts are the seed's, and this one's only where shown");
});

test("the newest redaction stands; of what nobody has looked at nothing is handed out", async () => {
  const id = await exhibit();
  const out = join(folder, "newest.placard");
  await assert.rejects(exportRedacted(opened.context, id, out), (error) => isPlacardError(error, "usage"));
  await redactExhibit(opened.context, id, MASKS);
  await redactExhibit(opened.context, id, { boxes: [{ x: 0, y: 0, width: 200, height: 150 }], fields: ["author"] });
  const stands = await redactionOf(opened.context, id);
  assert.deepEqual([stands?.tiles.length, stands?.fields, stands?.words], [12, ["author"], []]);
  await exportRedacted(opened.context, id, out);
  assert.match(JSON.stringify(await verifyFile(out)), /12 squares 0 are shown/);
});

test("places outside of the picture, unknown fields and too many words are refused, and nothing is sealed", async () => {
  const id = await exhibit();
  const { size } = await opened.context.log.head();
  for (const masks of [
    { boxes: [{ x: 200, y: 0, width: 5, height: 5 }] },
    { boxes: [{ x: 0, y: 0, width: 0, height: 5 }] },
    { boxes: [{ x: Number.NaN, y: 0, width: 1, height: 5 }] },
    { fields: ["autor"] },
    { words: Array.from({ length: 101 }, (_, i) => `word ${i}`) },
  ])
    await assert.rejects(redactExhibit(opened.context, id, masks), (error) => isPlacardError(error, "usage"));
  assert.equal((await opened.context.log.head()).size, size);
});

test("an exhibit's redactions are erased with it: the words that they named are nowhere any more", async () => {
  const id = await exhibit();
  const word = "a word that only the redaction says";
  await redactExhibit(opened.context, id, { words: [word] });
  await eraseExhibit(opened.context, id, "asked for");
  await assert.rejects(redactExhibit(opened.context, id, {}), (error) => isPlacardError(error, "erased"));
  await assert.rejects(exportRedacted(opened.context, id, join(folder, "x")), (error) =>
    isPlacardError(error, "erased"),
  );
  const files = await readdir(join(folder, "record"), { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name));
    const parts = [
      bytes.toString("latin1"),
      ...bytes
        .toString("latin1")
        .split(/[~\n.]/)
        .map((part) => Buffer.from(part, "base64url").toString("latin1")),
    ];
    assert.ok(!parts.some((part) => part.includes(word)), file.name);
  }
  assert.equal(await redactionOf(opened.context, id), undefined);
});
