import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { utf8 } from "../lib/bytes.ts";
import { sealCapture } from "./capture-exhibit.ts";
import { exportExhibit } from "./export-exhibit.ts";
import { initRecord } from "./init-record.ts";
import { openContext } from "./open-record.ts";
import { verifyFile } from "./verify-file.ts";

test("what is withheld is in no byte of the file: no field, no blob, and never the seed of the picture's salts", async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-export-"));
  try {
    await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
    await using opened = await openContext(join(folder, "record"));
    const at = (name: string): string => join(folder, name);
    for (const name of ["archive", "screenshot", "text"]) await writeFile(at(name), `a lantern, ${name}`);
    const seed = utf8("thirty-two bytes that stay here.");
    const files = { archive: at("archive"), screenshot: at("screenshot"), text: at("text") };
    const facts = { url: "https://townsquare.example/p/1", author: "A Keeper" };
    const { id } = await sealCapture(opened.context, { files, facts, tiles: { seed, screenshotTiles: {} } }, {});
    const handedOut = async (...withhold: readonly string[]) => {
      const { withheld } = await exportExhibit(opened.context, id, at("out"), withhold);
      const { exhibit } = await verifyFile(at("out"));
      return { withheld, bytes: await readFile(at("out")), fields: exhibit?.fields ?? assert.fail("it shows nothing") };
    };
    const all = await handedOut();
    assert.deepEqual(all.withheld, ["tileSeed"]);
    assert.equal(all.fields["tileSeed"], undefined);
    assert.ok(!all.bytes.includes(seed));
    assert.ok(all.bytes.includes("a lantern, text") && all.bytes.includes("a lantern, screenshot"));
    const less = await handedOut("author", "screenshot");
    assert.deepEqual(less.withheld, ["author", "screenshot", "tileSeed"]);
    assert.ok(!less.bytes.includes("a lantern, screenshot") && less.bytes.includes("a lantern, text"));
    assert.ok(!Buffer.from(JSON.stringify(less.fields)).includes("A Keeper"));
    const { sha256 } = all.fields["screenshot"] as { sha256: string };
    assert.ok(all.bytes.includes(sha256) && !less.bytes.includes(sha256), "nor the hash of what is withheld");
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a fact that is withheld is not told by the form of it that was made for sharing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-export-"));
  try {
    await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
    await using opened = await openContext(join(folder, "record"));
    for (const name of ["archive", "screenshot", "text"]) await writeFile(join(folder, name), `a lantern, ${name}`);
    const files = {
      archive: join(folder, "archive"),
      screenshot: join(folder, "screenshot"),
      text: join(folder, "text"),
    };
    const facts = {
      session: "lane",
      postText: "The lamps, says Reader One, are out.",
      activityLink: "https://townsquare.example/a/1?by=Reader%20One",
      shared: {
        postText: "The lamps, says (taken out), are out.",
        activityLink: "https://townsquare.example/a/1?by=(taken out)",
      },
    };
    const { id } = await sealCapture(
      opened.context,
      { files, facts, tiles: { seed: utf8("s".repeat(32)), screenshotTiles: {} } },
      {},
    );
    const bytesWithout = async (...withheld: readonly string[]): Promise<string> => {
      await exportExhibit(opened.context, id, join(folder, "out"), withheld);
      const { exhibit } = await verifyFile(join(folder, "out"));
      return JSON.stringify(exhibit?.fields);
    };
    assert.ok((await bytesWithout()).includes("are out"));
    assert.ok(!(await bytesWithout("postText")).includes("are out"));
    assert.ok(!(await bytesWithout("activityLink")).includes("townsquare.example/a/1"));
  } finally {
    await rm(folder, { recursive: true });
  }
});
