/** placard doctor with a real browser: one that is fit, and one whose network log lacks what crossed the wire. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { diagnose } from "../../src/app/doctor.ts";
import { readEnvironment } from "../../src/app/environment.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { verifyFile } from "../../src/app/verify-file.ts";
import type { Browser } from "../../src/capture/browser/browser.ts";
import { type Forum, startForum } from "../../src/sample/forum.ts";
import { captureUrl } from "../conformance/capture-url.ts";
import { ownBrowser } from "../own-browser.ts";

const folder = mkdtempSync(join(tmpdir(), "placard-doctor-"));
const cache = join(folder, "cache");
const record = join(folder, "record");
/** Starts the real browser, after what `wrap` makes of the arguments. */
const wrapped = join(folder, "browser.sh");
const cli = join(import.meta.dirname, "../../bin/placard.mjs");
let found: Browser;
let forum: Forum;

before(async () => {
  found = await ownBrowser();
  await initRecord(record, { name: "Hollow Lane Residents" });
  forum = await startForum();
});
after(async () => {
  await forum.close();
  rmSync(folder, { recursive: true });
});

/** With `mode`, the browser is told to keep a lesser log than it is asked for. */
function wrap(mode: string | undefined): void {
  const each =
    mode === undefined
      ? ""
      : `for one do shift; case "$one" in --net-log-capture-mode=*) one=--net-log-capture-mode=${mode};; esac; set -- "$@" "$one"; done`;
  writeFileSync(wrapped, `#!/bin/sh\n${each}\nexec '${found.path}' "$@"\n`, { mode: 0o700 });
}

const environment = (browser: string) => ({
  ...readEnvironment(),
  browser,
  cacheFolder: cache,
  variables: found.env,
});

/** Not waited for in one stretch: the forum is served by this very process. */
async function placard(...args: readonly string[]) {
  const env = { ...found.env, PLACARD_CACHE: cache, PLACARD_BROWSER: wrapped };
  const child = spawn(process.execPath, [cli, ...args, "--json"], { env, stdio: ["ignore", "pipe", "ignore"] });
  let stdout = "";
  child.stdout.on("data", (piece: Buffer) => (stdout += piece.toString()));
  const [status] = (await once(child, "close")) as [number];
  const lines = stdout.trimEnd().split("\n");
  return { status, said: lines.map((line) => JSON.parse(line)) };
}

function kept(): readonly Record<string, string>[] {
  return JSON.parse(readFileSync(join(cache, "browsers.json"), "utf8")).browsers;
}

test("a fit browser: every byte was in its network log, and that is kept", async () => {
  const steps: string[] = [];
  const onProgress = (step: string) => void steps.push(step);
  const { verdict, signs, browser } = await diagnose(record, { environment: environment(found.path), onProgress });
  assert.equal(verdict, "holds", JSON.stringify(signs));
  const states = Object.fromEntries(signs.map(({ what, state }) => [what, state]));
  assert.equal(states["byte record"], "well");
  assert.deepEqual(Object.keys(states).toSorted(), [
    "attesters",
    "browser",
    "byte record",
    "clock",
    "disk",
    "fonts",
    "keys",
    "record",
    "sandbox",
    "settings",
  ]);
  assert.deepEqual([browser?.path, browser?.source, browser?.byteRecord], [found.path, "configured", "network-log"]);
  assert.match(browser?.version ?? "", /^\d+\.\d+\.\d+\.\d+$/);
  const [{ triedAt, ...said } = {}, ...others] = kept();
  assert.ok(Date.now() - Date.parse(triedAt ?? "") < 120_000);
  assert.deepEqual(said, { path: found.path, version: browser?.version, byteRecord: "network-log" });
  assert.deepEqual(others, []);
  assert.ok(steps.length > 8);
});

test("an unfit browser: doctor says so, captures with it are decoded, and so says whoever verifies them", async () => {
  // Without Everything the log has heads and sizes, and of bodies nothing.
  wrap("IncludeSensitive");
  const { status, said } = await placard("doctor", "--record", record);
  assert.equal(status, 1);
  assert.equal(said[0].verdict, "fails");
  assert.deepEqual(
    said[0].signs.filter(({ state }: { state: string }) => state === "wrong").map(({ what }: { what: string }) => what),
    ["byte record"],
  );
  assert.equal(said[0].browser.byteRecord, "decoded");
  // It keeps a log now that could be read; what the trial said of this version counts.
  wrap(undefined);
  const captured = await placard("capture", forum.postUrl(forum.samplePost), "--record", record, "--allow-private");
  const id = captured.said[0].id as string;
  assert.equal(forum.requests.filter((path) => path === `/p/${forum.samplePost}`).length, 1, "opened once");
  assert.equal((await placard("show", id, "--record", record)).said[0].fields.byteRecord, "decoded");
  const file = join(folder, "decoded.placard");
  await placard("export", id, "-o", file, "--record", record);
  const verdict = await verifyFile(file);
  assert.equal(verdict.verdict, "holds");
  const check = verdict.checks.find(({ name }) => name === "byte record");
  assert.equal(check?.state, "absent");
  assert.match(check?.why ?? "", /^Decoded: /);
});

test("what was said of one version is not held against another", async () => {
  const browser = { ...found, unfitVersions: ["1.2.3.4"] };
  const { facts } = await captureUrl(forum.postUrl(forum.samplePost), browser, folder);
  assert.equal(facts["byteRecord"], "network-log");
});

test("without a browser that starts, that is what is wrong", async () => {
  const { verdict, signs, browser } = await diagnose(record, { environment: environment(join(folder, "none")) });
  assert.deepEqual([verdict, browser], ["fails", undefined]);
  assert.deepEqual(
    signs.filter(({ state }) => state === "wrong").map(({ what }) => what),
    ["browser"],
  );
});
