/** What others wrote (posts, file names, authorities) reaches a terminal as plain text, and can forge no line of ours. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Integer, Sequence, Utf8String } from "asn1js";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import { seal } from "../../src/app/seal.ts";
import { honestParts, pack } from "../placard-fixture.ts";
import { listen } from "../witness-server.ts";

const main = join(import.meta.dirname, "../../bin/placard.mjs");
/** Clears the screen, sets the window's title, turns text round, begins a line of its own. */
const NASTY = "\u001b[2J\u009b1A\u001b]0;owned\u0007\u202e\u2066\u2028\n  holds     trust   Your policy names it.";
let folder: string;
let record: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-terminal-"));
  record = join(folder, "record");
  await initRecord(record, { name: "Hollow Lane Residents" });
});
after(() => rm(folder, { recursive: true }));

async function placard(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let told = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk) => (told += chunk));
  await new Promise((done) => child.on("close", done));
  const hidden = /[\p{Cc}\p{Zl}\u202a-\u202e\u2066-\u2069]/u.exec(told.replace(/\n/g, ""));
  assert.equal(hidden, null, JSON.stringify(told));
  assert.doesNotMatch(told, /^ {2}holds +trust/m, "a line that we did not write");
  return told;
}

test("the name of a file that is verified", async () => {
  const path = join(folder, `a${NASTY.replaceAll("/", "")}.placard`);
  await writeFile(path, await pack(await honestParts()));
  assert.match(await placard("verify", path), /^Everything holds: .*owned/);
  assert.match(await placard("verify", `${path}.gone`), /^This cannot be read: /);
});

test("what a post says of itself, and why it was erased", async () => {
  let id: string;
  {
    await using opened = await openContext(record);
    const post = { title: NASTY, postText: `One.\n${NASTY}`, author: NASTY, note: NASTY, url: NASTY };
    const steps = [{ did: NASTY, words: NASTY }];
    const factConflicts = { author: [{ source: NASTY, value: NASTY }] };
    ({ id } = await seal(opened.context, { act: "captured", ...post, steps, factConflicts, odd: [NASTY] }));
  }
  const shown = await placard("show", id, "--record", record);
  assert.match(shown, /^ {2}postText {9}One\.\n {19}.*owned.*\n {19} *holds/m, "further lines stand below the first");
  assert.match(await placard("list", "--record", record), /owned/);
  assert.match(await placard("erase", id, "--reason", NASTY, "--record", record), /^Erased/);
  for (const verb of [["show", id], ["list"], ["audit"], ["erase", id, "--reason", "again"]]) {
    assert.match(await placard(...verb, "--record", record), /owned/);
  }
});

test("what an authority answers", async () => {
  await using authority = await listen((_, response) => {
    const status = new Sequence({
      value: [new Integer({ value: 2 }), new Sequence({ value: [new Utf8String({ value: NASTY })] })],
    });
    const body = new Uint8Array(new Sequence({ value: [status] }).toBER());
    response.writeHead(200, { "content-type": "application/timestamp-reply" }).end(body);
  });
  const settings = { timestampAuthorities: [{ name: NASTY, url: authority.url }] };
  await writeFile(join(record, "config.json"), JSON.stringify(settings));
  assert.match(await placard("timestamp", "--record", record), /refused to give a timestamp.*owned/);
});

test("the index, which holds titles and names, is for its owner alone, as the vault is", {
  skip: process.platform === "win32",
}, async () => {
  for (const name of ["index.sqlite", "vault", "keys"]) {
    assert.equal((await stat(join(record, name))).mode & 0o077, 0, name);
  }
});
