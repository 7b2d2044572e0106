/**
 * A page with a body of 1 GB, chunked and incompressible, captured and sealed by the command line: what Placard's own
 * process takes in memory does not grow with it. The browser's processes are not counted; they have a bound of their own.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { initRecord } from "../../src/app/init-record.ts";

const root = join(import.meta.dirname, "../..");
const BLOCK = randomBytes(1_000_000);
const BLOCKS = 1_000;
/** Bytes. Some 180 MB are there before the browser starts (Node 47, Playwright 50 and the rest); a body adds what is on its way. */
const MOST_MEMORY = 250_000_000;
/** The browser's log is some four times as long as the body, a capture takes a quarter of the free room at most, and three copies come after. */
const ROOM = 24_000_000_000;

const { bavail, bsize } = statfsSync(tmpdir());
const skip =
  process.platform !== "linux"
    ? "peak memory is read from Linux's /proc"
    : bavail * bsize < ROOM && `not enough room: ${ROOM / 1e9} GB free are needed in ${tmpdir()}`;

const COMMAND = join(root, "bin/placard.mjs");
/** Milliseconds between two looks; the peak is the system's own, so only what is taken in the last of them can be missed. */
const LOOK = 20;

/** VmHWM, and not getrusage's maximum: that counts who started the process. Undefined once it has ended. */
function peakOf(pid: number): number | undefined {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"));
    return found === null ? undefined : 1024 * Number(found[1]);
  } catch {
    return undefined;
  }
}

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
    if (request.url === "/small")
      return void response.end("<!doctype html><title>Small</title><p>The lane is quiet.</p>");
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

interface Run {
  readonly said: string;
  /** Bytes. */
  readonly peak: number;
}

async function placard(cache: string, ...args: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, [COMMAND, ...args], { env: { ...process.env, PLACARD_CACHE: cache } });
  let [said, told, peak] = ["", "", 0];
  child.stdout.on("data", (piece: Buffer) => (said += piece.toString()));
  child.stderr.on("data", (piece: Buffer) => (told += piece.toString()));
  const looking = setInterval(() => (peak = peakOf(child.pid as number) ?? peak), LOOK);
  const [code] = (await once(child, "close")) as [number];
  clearInterval(looking);
  assert.equal(code, 0, told);
  return { said, peak };
}

test("a page with a body of 1 GB is captured whole, in memory that does not grow with it", { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "placard-large-"));
  try {
    const record = join(folder, "record");
    await initRecord(record, { name: "Hollow Lane Residents" });
    writeFileSync(join(record, "config.json"), JSON.stringify({ capture: { seconds: 180, diskMiB: 16_384 } }));
    await using site = await serve();
    const started = performance.now();
    const cache = join(folder, "cache");
    // The first start strips types, which takes memory of its own, and keeps what comes of it; so does the first capture.
    await placard(cache, "capture", `${site.url}small`, "--record", record, "--allow-private");
    const { said, peak } = await placard(cache, "capture", site.url, "--record", record, "--allow-private", "--json");
    const seconds = (performance.now() - started) / 1000;
    const outcome = JSON.parse(said) as { readonly outcome: string; readonly id: string };
    t.diagnostic(`peak ${Math.round(peak / 1e6)} MB, ${seconds.toFixed(1)} s`);
    assert.equal(outcome.outcome, "sealed", said);
    const { openContext } = await import("../../src/app/open-record.ts");
    await using opened = await openContext(record);
    const { findExhibit } = await import("../../src/app/acts.ts");
    const { fields } = await findExhibit(opened.context, outcome.id);
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
