/** Attested checkpoints that are not this ledger's, or no longer whole: nothing is handed out or printed that rests on them. */
import assert from "node:assert/strict";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { keepCosignatures } from "../../src/app/attested.ts";
import { audit } from "../../src/app/audit.ts";
import type { RecordContext } from "../../src/app/context.ts";
import { exportExhibit } from "../../src/app/export-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import { seal } from "../../src/app/seal.ts";
import { verifyFile } from "../../src/app/verify-file.ts";
import { cosign } from "../../src/ledger/cosignature.ts";
import { parseNote } from "../../src/ledger/note.ts";
import { testSigner } from "../note-keys.ts";
import { newFolder } from "./place.ts";

const WITNESS = testSigner("witness.example/w", 9, 4);
let folder: string;
let backup: string;
let copies = 0;

before(async () => {
  folder = await newFolder();
  backup = join(folder, "backup");
  await initRecord(backup, { name: "Hollow Lane Residents" });
  await using opened = await openContext(backup);
  await seal(opened.context, { act: "noted", title: "One" });
});
after(() => rm(folder, { recursive: true }));

/** Seals, and has the checkpoint cosigned. */
async function sealAttested(context: RecordContext, title: string): Promise<string> {
  const { id } = await seal(context, { act: "captured", title });
  const head = await context.log.head();
  await keepCosignatures(context, head, [cosign(parseNote(head.checkpoint).text, WITNESS, 1_773_562_800)]);
  return id;
}

async function copy(): Promise<string> {
  const path = join(folder, `record-${copies++}`);
  await cp(backup, path, { recursive: true });
  return path;
}

/** Exports and verifies; says whether the witness's line is in the file. */
async function handOut(context: RecordContext, id: string): Promise<{ verdict: string; witnessed: boolean }> {
  const file = join(folder, "out.placard");
  await exportExhibit(context, id, file);
  const { verdict, checks } = await verifyFile(file);
  assert.equal(verdict, "holds", JSON.stringify(checks.filter(({ state }) => state === "fails")));
  return { verdict, witnessed: (await readFile(file)).includes("— witness.example/w ") };
}

test("a backup put over a newer record leaves checkpoints of what is no more: none is handed out", async () => {
  const path = await copy();
  {
    await using opened = await openContext(path);
    for (const title of ["Two", "Three", "Four"]) assert.ok(await sealAttested(opened.context, title));
  }
  await cp(backup, path, { recursive: true, force: true });
  await using opened = await openContext(path);
  const { context } = opened;
  const { id } = await seal(context, { act: "captured", title: "Another two" });
  assert.equal((await handOut(context, id)).witnessed, false, "those past our size");
  for (const title of ["Another three", "Another four"]) await seal(context, { act: "captured", title });
  assert.equal((await handOut(context, id)).witnessed, false, "those of another history");
  const { verdict, findings } = await audit(context);
  assert.equal(verdict, "fails");
  assert.deepEqual(
    findings.map(({ what, state, why }) => [what, state, /attested/.test(why)]),
    Array.from({ length: 3 }, () => ["ledger", "altered", true]),
  );
  await sealAttested(context, "Another five");
  assert.equal((await handOut(context, id)).witnessed, true, "the next one of our own");
});

test("what is attested of the ledger as it is takes the place of what was of another of its size, or is damaged", async () => {
  const path = await copy();
  {
    await using opened = await openContext(path);
    await sealAttested(opened.context, "Two");
  }
  await cp(backup, path, { recursive: true, force: true });
  await using opened = await openContext(path);
  const { context } = opened;
  const id = await sealAttested(context, "Another two");
  assert.equal((await handOut(context, id)).witnessed, true);
  const kept = join(path, "ledger", "attested", "2", "checkpoint");
  await writeFile(kept, "half a note");
  const head = await context.log.head();
  await keepCosignatures(context, head, [cosign(parseNote(head.checkpoint).text, WITNESS, 1_773_562_800)]);
  assert.equal((await handOut(context, id)).witnessed, true);
  assert.equal((await audit(context)).verdict, "holds");
});

test("an attested checkpoint that is damaged is passed over, and the audit names it", async () => {
  for (const [damage, of] of [
    [(text: string) => text.replace("— witness", "— wit ness"), "checkpoint"],
    [(text: string) => text.replace(/(— placard\/\S+ .{20})./, "$1!"), "checkpoint"],
    [() => "", "checkpoint"],
  ] as const) {
    const path = await copy();
    await using opened = await openContext(path);
    const { context } = opened;
    const id = await sealAttested(context, "Two");
    assert.equal((await handOut(context, id)).witnessed, true);
    assert.equal((await audit(context)).verdict, "holds");
    const [size = ""] = await readdir(join(path, "ledger", "attested"));
    const file = join(path, "ledger", "attested", size, of);
    await writeFile(file, damage(await readFile(file, "utf8")));
    assert.equal((await handOut(context, id)).witnessed, false);
    assert.equal((await audit(context)).verdict, "fails");
  }
});

test("a token that is damaged is left out, and the audit names it", async () => {
  const path = await copy();
  await using opened = await openContext(path);
  const { context } = opened;
  const id = await sealAttested(context, "Two");
  await writeFile(join(path, "ledger", "attested", "2", `${"a".repeat(32)}.tsr`), "soon");
  assert.equal((await handOut(context, id)).witnessed, true);
  const { findings } = await audit(context);
  assert.deepEqual(
    findings.map(({ what, state }) => [what, state]),
    [["ledger", "altered"]],
  );
});
