import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { utf8 } from "../lib/bytes.ts";
import { findExhibit } from "./acts.ts";
import { sealCapture } from "./capture-exhibit.ts";
import { eraseExhibit } from "./erase-exhibit.ts";
import { initRecord } from "./init-record.ts";
import { openContext } from "./open-record.ts";
import { seal } from "./seal.ts";

test("an erasure leaves nothing of a page whose capture was killed just after it was sealed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-erase-"));
  try {
    const path = join(folder, "record");
    await initRecord(path, { name: "Hollow Lane Residents" });
    await using opened = await openContext(path);
    const { context } = opened;
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const scratch = join(context.folder.scratch, `${hostname().replace(/[^\w.]/g, "_")}-${pid}-abcdef`);
    await mkdir(scratch, { recursive: true });
    const at = (name: string): string => join(scratch, name);
    for (const name of ["archive", "screenshot", "text"]) await writeFile(at(name), `a lantern, ${name}`);
    const { id } = await sealCapture(
      context,
      {
        files: { archive: at("archive"), screenshot: at("screenshot"), text: at("text") },
        facts: { url: "https://townsquare.example/p/1", postText: "a lantern" },
        tiles: { seed: utf8("seed"), screenshotTiles: {} },
      },
      {},
    );
    await eraseExhibit(context, id, "asked for");
    assert.deepEqual(await traces(path, "a lantern"), []);
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** A record with one exhibit, and a way to seal a recapture of it that says what it said. */
async function withExhibit() {
  const folder = await mkdtemp(join(tmpdir(), "placard-erase-"));
  const path = join(folder, "record");
  await initRecord(path, { name: "Hollow Lane Residents" });
  const opened = await openContext(path);
  const { id, position } = await seal(opened.context, { act: "captured", title: "a lantern" });
  const recaptureOf = { id, leaf: "0".repeat(64), position };
  const recapture = (context = opened.context) =>
    seal(context, { act: "recaptured", recaptureOf, result: "edited", changes: { was: "a lantern" } });
  const dispose = async (): Promise<void> => {
    await opened[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  };
  return { path, context: opened.context, id, recapture, [Symbol.asyncDispose]: dispose };
}

test("a recapture that another process seals just before the erasure is erased with it", async () => {
  await using made = await withExhibit();
  const { context, id, recapture } = made;
  const { log } = context;
  let other = "";
  const late = {
    ...context,
    log: new Proxy(log, {
      get: (_, name) => {
        if (name !== "append") return Reflect.get(log, name).bind(log);
        return async (make: Parameters<typeof log.append>[0]) => {
          if (other === "") other = (await recapture()).id;
          return log.append(make);
        };
      },
    }),
  };
  assert.deepEqual((await eraseExhibit(late, id, "asked for")).recaptures, [other]);
  assert.deepEqual(await traces(made.path, "lantern"), []);
});

test("a recapture whose process was killed before it saw that its exhibit is erased: the next open erases it", async () => {
  await using made = await withExhibit();
  await eraseExhibit(made.context, made.id, "asked for");
  const { id } = await made.recapture();
  await using again = await openContext(made.path);
  const row = await again.context.index.find(id);
  assert.deepEqual([row?.state, row?.reason, row?.title], ["erased", "asked for", null]);
  assert.deepEqual(await traces(made.path, "lantern"), []);
});

/** Files of the record in which a word stands, in plain or in a disclosure. */
async function traces(path: string, word: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const text = await readFile(join(entry.parentPath, entry.name), "latin1");
    const parts = text.split(/[~\n.]/).map((part) => Buffer.from(part, "base64url").toString("latin1"));
    if ([text, ...parts].some((each) => each.includes(word))) found.push(entry.name);
  }
  return found;
}

test("what was opened before it was erased, here or by another process, is told no more", async () => {
  for (const whose of ["this one", "another"] as const) {
    await using made = await withExhibit();
    const { context, id, path } = made;
    for (let time = 0; time < 2; time++) assert.equal((await findExhibit(context, id)).fields["title"], "a lantern");
    await using other = await openContext(path);
    await eraseExhibit(whose === "this one" ? context : other.context, id, "asked for");
    const { summary, fields } = await findExhibit(context, id);
    assert.equal(summary.state, "erased");
    assert.equal(JSON.stringify(fields).includes("lantern"), false, whose);
  }
});
