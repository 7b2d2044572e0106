import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { utf8 } from "../lib/bytes.ts";
import { sealCapture } from "./capture-exhibit.ts";
import { eraseExhibit } from "./erase-exhibit.ts";
import { initRecord } from "./init-record.ts";
import { openContext } from "./open-record.ts";

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
    for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      assert.ok(!(await readFile(file)).includes("a lantern"), file);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
