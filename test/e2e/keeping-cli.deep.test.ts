/** backup, restore, export-case and import-case at the command line, with the real program. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sealAge } from "../../src/lib/age.ts";
import { utf8 } from "../../src/lib/bytes.ts";

const main = join(import.meta.dirname, "../../bin/placard.mjs");
const PASSPHRASE = "lantern-ladder-lattice-lemon";
let folder: string;
const at = (name: string): string => join(folder, name);

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
  readonly objects: readonly Readonly<Record<string, unknown>>[];
}

async function placard(args: readonly string[], input = ""): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder });
  let out = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  child.stdin.end(input);
  const [code] = (await once(child, "close")) as [number | null];
  const lines = args.includes("--json") ? out.split("\n").filter((line) => line !== "") : [];
  return { code, out, errors, objects: lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>) };
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-keeping-cli-"));
  await writeFile(at("page.html"), "<!doctype html><title>Bins on the lane</title>");
  await writeFile(at("passphrase"), `${PASSPHRASE}\n`);
  assert.equal((await placard(["init", "record", "--name", "Hollow Lane Residents"])).code, 0);
  assert.equal((await placard(["init", "other", "--name", "Mill Street"])).code, 0);
  const imported = await placard(["import", "page.html", "--from", "a neighbour", "--case", "Spring"]);
  assert.equal(imported.code, 0, imported.errors);
});
after(() => rm(folder, { recursive: true }));

async function* pieces(): AsyncGenerator<Uint8Array> {
  yield utf8("a back-up");
}

test("a record is backed up and restored, and a wrong passphrase opens nothing", async () => {
  const made = await placard(["backup", "-o", "record.age", "--passphrase-file", "passphrase", "--json"]);
  assert.equal(made.code, 0, made.errors);
  assert.equal(made.objects[0]?.["verified"], true);
  assert.match(made.errors, /reading it back: 100 %/);
  assert.ok(!made.out.includes(PASSPHRASE) && !made.errors.includes(PASSPHRASE));
  // A file that takes less work to try a passphrase on; what the program makes takes a second each time.
  await writeFile(at("light.age"), sealAge(pieces(), PASSPHRASE, { work: 8 }));
  const wrong = await placard(["restore", "light.age", "again", "--passphrase-file", "-"], "another passphrase\n");
  assert.equal(wrong.code, 1);
  assert.match(wrong.errors, /The passphrase does not open this file/);
  assert.ok(!existsSync(at("again")));
  const restored = await placard(["restore", "record.age", "again", "--passphrase-file", "-", "--json"], PASSPHRASE);
  assert.equal(restored.code, 0, restored.errors);
  assert.deepEqual([restored.objects[0]?.["verdict"], restored.objects[0]?.["acts"]], ["holds", 1]);
  const occupied = await placard(["restore", "record.age", "again", "--passphrase-file", "passphrase"]);
  assert.equal(occupied.code, 2);
  assert.match(occupied.errors, /is not empty; nothing in it was touched/);
});

test("who cannot be asked for a passphrase is told how to give it", async () => {
  const ran = await placard(["backup", "-o", "never.age"]);
  assert.equal(ran.code, 2);
  assert.match(ran.errors, /--passphrase-file/);
  assert.ok(!existsSync(at("never.age")));
});

test("a case is handed out, and taken in elsewhere but for what does not hold", async () => {
  const made = await placard(["export-case", "Spring", "-o", "spring", "--json"]);
  assert.equal(made.code, 0, made.errors);
  assert.equal(made.objects[0]?.["exhibits"], 1);
  const [proof = ""] = await readdir(at("spring/exhibits"));
  assert.equal((await placard(["verify", join("spring/exhibits", proof)])).code, 0);
  await writeFile(at("spring/exhibits/broken.placard"), "nothing of the kind");
  const taken = await placard(["import-case", "spring", "--record", "other", "--json"]);
  assert.equal(taken.code, 1);
  const { sealed, refused, caseName } = taken.objects.at(-1) ?? {};
  assert.deepEqual([sealed, refused, caseName], [1, 1, "Spring"]);
  const listed = await placard(["list", "--record", "other", "--case", "Spring"]);
  assert.match(
    listed.out,
    /received from the record “Hollow Lane Residents”: Bins on the lane|received from the record/,
  );
});
