/**
 * A page with a body of 1 GB, chunked and incompressible, captured and sealed by the command line: what Placard's own
 * process takes in memory does not grow with it. The browser's processes are not counted; they have a bound of their own.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { initRecord } from "../../src/app/init-record.ts";

const root = join(import.meta.dirname, "../..");
const BLOCK = randomBytes(1_000_000);
const BLOCKS = 1_000;
/**
 * Bytes. Some 190 MB are there before the browser starts, when the source is run as it is (Node 62, Playwright and the rest);
 * what a body adds is what waits to be collected, and does not grow with it. The aim is 250 MB in all, and is not reached: 303 MB were measured.
 */
const MOST_MEMORY = 350_000_000;
/** The browser's log is some four times as long as the body, a capture takes a quarter of the free room at most, and three copies come after. */
const ROOM = 24_000_000_000;

const { bavail, bsize } = statfsSync(tmpdir());
const skip =
  process.env["PLACARD_DEEP"] !== "1"
    ? "only in the deep run (PLACARD_DEEP=1)"
    : process.platform !== "linux"
      ? "peak memory is read from Linux's /proc"
      : bavail * bsize < ROOM && `not enough room: ${ROOM / 1e9} GB free are needed in ${tmpdir()}`;

/** VmHWM, and not getrusage's maximum: that counts who started the process. */
const CHILD = `
  const [root, record, url] = process.argv.slice(1);
  const { readFileSync } = await import("node:fs");
  const { run } = await import(root + "/src/cli/verbs.ts");
  const { createOutput } = await import(root + "/src/cli/output.ts");
  const code = await run(["capture", url, "--record", record, "--allow-private", "--json"], createOutput(true));
  const peak = 1024 * Number(/^VmHWM:\\s+(\\d+) kB/m.exec(readFileSync("/proc/self/status", "latin1"))[1]);
  console.log(JSON.stringify({ code, peak }));`;

async function pour(response: ServerResponse): Promise<void> {
  for (let i = 0; i < BLOCKS && !response.destroyed; i++) {
    if (!response.write(BLOCK)) await Promise.race([once(response, "drain"), once(response, "close")]);
  }
  response.end();
}

/** The page's picture is answered once all of the body is gone out, and only then is the page loaded. */
async function serve() {
  let over: () => void = () => undefined;
  const poured = new Promise<void>((resolve) => (over = resolve));
  const server = createServer((request, response) => {
    if (request.url === "/body") return void pour(response).finally(over);
    if (request.url === "/last.png") return void poured.then(() => response.writeHead(404).end());
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><title>Large</title><p>A long recording of the lane.</p><img src="/last.png" alt="">
<script>fetch("/body").then(async (answer) => { for await (const piece of answer.body); })</script>`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function capture(record: string, url: string): Promise<{ readonly lines: readonly Record<string, unknown>[] }> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", CHILD, root, record, url]);
  let [said, told] = ["", ""];
  child.stdout.on("data", (piece: Buffer) => (said += piece.toString()));
  child.stderr.on("data", (piece: Buffer) => (told += piece.toString()));
  const [code] = (await once(child, "close")) as [number];
  assert.equal(code, 0, told);
  const lines = said
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { lines };
}

test("a page with a body of 1 GB is captured whole, in memory that does not grow with it", { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "placard-large-"));
  try {
    const record = join(folder, "record");
    await initRecord(record, { name: "Hollow Lane Residents" });
    writeFileSync(join(record, "config.json"), JSON.stringify({ capture: { seconds: 180, diskMiB: 16_384 } }));
    await using site = await serve();
    const started = performance.now();
    const { lines } = await capture(record, site.url);
    const seconds = (performance.now() - started) / 1000;
    const [outcome, { peak = 0 } = {}] = lines as [{ outcome: string }, { peak?: number }];
    t.diagnostic(`peak ${Math.round(peak / 1e6)} MB, ${seconds.toFixed(1)} s`);
    assert.equal(outcome.outcome, "sealed", JSON.stringify(lines));
    const { openContext } = await import("../../src/app/open-record.ts");
    await using opened = await openContext(record);
    const [{ id = "" } = {}] = await opened.context.index.list();
    const { findExhibit } = await import("../../src/app/acts.ts");
    const { fields } = await findExhibit(opened.context, id);
    assert.deepEqual((fields["requests"] as { truncated: number }).truncated, 0, "nothing was cut");
    assert.ok(
      (fields["archive"] as { bytes: number }).bytes > BLOCKS * BLOCK.length,
      "all of the body is in the archive",
    );
    assert.ok(peak < MOST_MEMORY, `${peak} bytes`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
