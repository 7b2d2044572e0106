/**
 * Verifying a placard file whose archive has a gibibyte, as a whole process, beside `openssl dgst -sha256` of that
 * archive. Verifying hashes it twice (as a whole, and the WARC within it), in two threads.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, openAsBlob } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { writePlacardFile } from "../src/app/write-placard.ts";
import { packWacz } from "../src/capture/archive/wacz.ts";
import { fromBase64 } from "../src/lib/bytes.ts";
import { serialise } from "../src/record/sd-jwt.ts";
import { ARCHIVE_KEY, prove, RECORD_KEY, SEALED_AT, seal } from "../test/placard-fixture.ts";
import { median, type Row } from "./row.ts";

const GIB = 1 << 30;
const RUNS = 5;

interface Run {
  readonly seconds: number;
  readonly output: string;
}

/** With the compile cache from the start, as `bin/placard.mjs` has it. */
function run(command: string, args: readonly string[]): Run {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "placard-bench-compiled") };
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", env });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  return { seconds: (performance.now() - started) / 1000, output: stdout };
}

export async function bench(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "placard-bench-"));
  try {
    const archive = join(folder, "archive.wacz");
    const file = join(folder, "large.placard");
    await writeFiles(folder, archive, file);
    const hashing: number[] = [];
    const verifying: number[] = [];
    const memory: number[] = [];
    for (let i = 0; i <= RUNS; i++) {
      const peer = run("openssl", ["dgst", "-sha256", archive]);
      const ours = run(process.execPath, [join(import.meta.dirname, "verify-once.ts"), file]);
      const { verdict, maxRss } = JSON.parse(ours.output) as { verdict: string; maxRss: number };
      if (verdict !== "holds") throw new Error(`The file does not hold: ${ours.output}`);
      if (i === 0) continue; // Fills the page cache.
      hashing.push(peer.seconds);
      verifying.push(ours.seconds);
      memory.push(maxRss / 1024);
    }
    return rows(median(verifying), median(hashing), Math.max(...memory));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rows(seconds: number, peer: number, memory: number): readonly Row[] {
  const ratio = peer / seconds;
  const limit = "≥ 0.8 × peer's speed";
  return [
    {
      name: "verify, 1 GiB archive (peer: openssl dgst -sha256)",
      value: seconds,
      unit: "s",
      peer,
      ratio,
      limit,
      holds: ratio >= 0.8,
    },
    { name: "verify, 1 GiB archive: memory", value: memory, unit: "MiB", limit: "< 200 MB", holds: memory < 190 },
  ];
}

async function writeFiles(folder: string, archive: string, file: string): Promise<void> {
  const warc = join(folder, "data.warc");
  const block = createHash("shake256", { outputLength: 1 << 22 })
    .update("bench")
    .digest();
  await pipeline(Readable.from(Array.from({ length: GIB / block.length }, () => block)), createWriteStream(warc));
  await packWacz(
    {
      warc,
      entries: [],
      pages: [{ url: "https://townsquare.example/", title: "Bench", time: SEALED_AT }],
      software: "bench",
      created: SEALED_AT,
      sign: ARCHIVE_KEY.sign,
      publicKeySpki: fromBase64(ARCHIVE_KEY.spki),
    },
    archive,
  );
  await rm(warc);
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(archive)) hash.update(chunk as Buffer);
  const blob = await openAsBlob(archive);
  const sha256 = hash.digest("hex");
  const sealed = seal({
    act: "captured",
    archive: { sha256, bytes: blob.size, mediaType: "application/wacz" },
    archiveKey: ARCHIVE_KEY.spki,
  });
  const { proof } = await prove(sealed);
  const parts = { act: serialise(sealed), proof, vkey: RECORD_KEY.vkey, timestamps: [], blobs: [{ sha256, blob }] };
  await pipeline(Readable.from(writePlacardFile(parts)), createWriteStream(file));
}
