/** How long the command line takes to answer, as whole processes. */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initRecord } from "../src/app/init-record.ts";
import { openContext } from "../src/app/open-record.ts";
import { sealAll } from "../src/app/seal.ts";
import { median, type Row } from "./row.ts";

const main = join(import.meta.dirname, "../bin/placard.mjs");
const EXHIBITS = 100_000;
const RUNS = 7;

function time(args: readonly string[]): number {
  const runs: number[] = [];
  for (let i = 0; i <= RUNS; i++) {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`${args.join(" ")}: ${stderr.toString()}`);
    if (i > 0) runs.push(performance.now() - started);
  }
  return median(runs);
}

export async function bench(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "placard-bench-"));
  try {
    const record = join(folder, "record");
    await fill(record);
    const node = time(["-e", "0"]);
    const help = time([main, "--help"]);
    const list = time([main, "list", "--record", record]);
    return [
      {
        name: "placard --help (peer: node -e 0)",
        value: help,
        unit: "ms",
        peer: node,
        ratio: help / node,
        limit: "≤ 150 ms",
        holds: help <= 150,
      },
      {
        name: `placard list, ${EXHIBITS} exhibits (peer: node -e 0)`,
        value: list,
        unit: "ms",
        peer: node,
        ratio: list / node,
        limit: "≤ 300 ms",
        holds: list <= 300,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(record: string): Promise<void> {
  await initRecord(record, { name: "Bench" });
  await using opened = await openContext(record);
  const acts = Array.from({ length: EXHIBITS }, (_, i) => ({
    act: "captured",
    url: `https://townsquare.example/p/${i}`,
    title: `Townsquare post ${i}`,
    platform: "Townsquare",
    author: "A Neighbour",
    postedAt: "2026-03-14T21:07:00Z",
    case: "Spring",
  }));
  for (let i = 0; i < acts.length; i += 1024) await sealAll(opened.context, acts.slice(i, i + 1024));
  await opened.context.index.catchUp();
}
