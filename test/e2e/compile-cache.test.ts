/** The command line keeps its code compiled in the user's folder; what lies there is run, so nobody else may write there. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

const main = join(import.meta.dirname, "../../bin/placard.mjs");
const windows = process.platform === "win32";
let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "placard-compiled-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** `placard --help` where new files may be written by everybody. */
function help(cache: string): void {
  const { status, stderr } = spawnSync("sh", ["-c", 'umask 0; exec "$0" "$1" --help', process.execPath, main], {
    encoding: "utf8",
    env: { ...process.env, PLACARD_CACHE: cache, NODE_COMPILE_CACHE: undefined },
  });
  assert.equal(status, 0, stderr);
}

test("the folder is made for its user alone, whatever the system gives others", { skip: windows }, () => {
  const cache = join(folder, "none-yet", "placard");
  help(cache);
  for (const made of ["..", ".", "compiled"]) {
    assert.equal(statSync(join(cache, made)).mode & 0o777, 0o700, made);
  }
  assert.ok(readdirSync(join(cache, "compiled")).length > 0);
});

test("in a folder that others may write to, nothing is kept and nothing is run", { skip: windows }, () => {
  for (const [name, open] of [
    ["folder", "compiled"],
    ["above", "."],
  ] as const) {
    const cache = join(folder, name);
    mkdirSync(join(cache, "compiled"), { recursive: true, mode: 0o700 });
    chmodSync(join(cache, open), 0o777);
    help(cache);
    assert.deepEqual(readdirSync(join(cache, "compiled")), [], open);
  }
});

test("where no such folder can be made the command runs without", { skip: windows }, () => {
  const cache = "/dev/null/placard";
  help(cache);
  assert.ok(!existsSync(cache));
});
