/** However large a body is, reading its log and writing its WARC takes the same memory. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const deep = process.env["PLACARD_DEEP"] === "1";
const MEBIBYTES = deep ? 1024 : 48;
const PIECE = 60 * 1024;

/** A recorded log whose first response is made `mebibytes` long. */
function writeLog(path: string, mebibytes: number): void {
  const lines = readFileSync(join(import.meta.dirname, "../vectors/netlog/http1.json"), "utf8").split("\n");
  const received = lines.findIndex((line) => line.includes('"byte_count"') && line.includes("SFRUUC8xLjE")); // "HTTP/1.1"
  const event = JSON.parse((lines[received] as string).replace(/,$/, ""));
  const count = Math.ceil((mebibytes * 1024 * 1024) / PIECE);
  const line = (bytes: Buffer): string =>
    `${JSON.stringify({ ...event, params: { byte_count: bytes.length, bytes: bytes.toString("base64") } })},\n`;
  const file = openSync(path, "w");
  writeSync(file, `${lines.slice(0, received).join("\n")}\n`);
  writeSync(file, line(Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${count * PIECE}\r\n\r\n`)));
  const piece = line(randomBytes(PIECE));
  for (let i = 0; i < count; i++) writeSync(file, piece);
  writeSync(file, lines.slice(received + 1).join("\n"));
  closeSync(file);
}

const CHILD = `
  const [log, scratch, root] = process.argv.slice(1);
  const { readNetLog } = await import(root + "/src/capture/netlog/read.ts");
  const { writeWarc } = await import(root + "/src/capture/archive/warc.ts");
  await using read = await readNetLog(log, { scratch });
  const { bytes } = await writeWarc(read.exchanges, scratch + "/data.warc.gz", { software: "test", createdAt: 0 });
  console.log(JSON.stringify({ bytes, peak: process.resourceUsage().maxRSS }));`;

test(`a body of ${MEBIBYTES} MiB is read and written in less than 250 MB`, () => {
  const folder = mkdtempSync(join(tmpdir(), "placard-memory-"));
  try {
    const log = join(folder, "net.json");
    writeLog(log, MEBIBYTES);
    const root = join(import.meta.dirname, "../..");
    const child = spawnSync(process.execPath, ["--input-type=module", "-e", CHILD, log, folder, root], {
      encoding: "utf8",
    });
    assert.equal(child.status, 0, child.stderr);
    const { bytes, peak } = JSON.parse(child.stdout) as { bytes: number; peak: number };
    assert.ok(bytes > MEBIBYTES * 100_000, `the WARC has only ${bytes} bytes`);
    assert.ok(peak * 1024 < 250_000_000, `it took ${Math.round(peak / 1024)} MiB`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
