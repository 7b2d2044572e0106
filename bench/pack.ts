/**
 * From a network log to a WACZ, 100 MB of bodies on the wire: each step beside `gzip -6` of the bodies, in turn. That is
 * less than what the steps are handed: the log is some four times as long, and heads are not among the bodies.
 */
import { spawnSync } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packWacz } from "../src/capture/archive/wacz.ts";
import { writeWarc } from "../src/capture/archive/warc.ts";
import { readNetLog } from "../src/capture/netlog/read.ts";
import { type Kind, recordLog } from "./pack-log.ts";
import { median, type Row } from "./row.ts";

const RUNS = 3;
const SOFTWARE = "bench";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });

/** Seconds of one round. */
interface Round {
  readonly gzip: number;
  readonly read: number;
  readonly warc: number;
  readonly wacz: number;
}

export async function bench(): Promise<readonly Row[]> {
  return [...(await measure("media")), ...(await measure("text"))];
}

async function measure(kind: Kind): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "placard-bench-"));
  try {
    const recorded = await recordLog(kind, folder);
    const rounds: Round[] = [];
    for (let i = 0; i <= RUNS; i++) {
      const round = { gzip: gzip(recorded.wire), ...(await pack(recorded.log, folder)) };
      if (i > 0) rounds.push(round); // The first fills the page cache.
    }
    const stored = (await stat(join(folder, "archive.wacz"))).size;
    return rowsOf(kind, rounds, stored / recorded.bytes);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function gzip(path: string): number {
  const started = performance.now();
  const { status, error } = spawnSync("sh", ["-c", 'gzip -6 -c < "$0" > "$0.gz"', path]);
  if (status !== 0) throw new Error(`gzip does not run: ${error?.message}`);
  return (performance.now() - started) / 1000;
}

async function pack(log: string, folder: string): Promise<Omit<Round, "gzip">> {
  const started = performance.now();
  await using read = await readNetLog(log, { scratch: folder });
  const done = { read: performance.now(), warc: 0, wacz: 0 };
  if (!read.complete || read.discrepancies.length > 0) throw new Error("The log was not recorded whole.");
  const warc = join(folder, "data.warc.gz");
  const { entries } = await writeWarc(read.exchanges, warc, { software: SOFTWARE, createdAt: 0 });
  done.warc = performance.now();
  await packWacz(
    {
      warc,
      entries,
      pages: [{ url: "https://townsquare.example/", title: "Bench", time: 0 }],
      software: SOFTWARE,
      created: 0,
      sign: (message) => sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" }),
      publicKeySpki: publicKey.export({ type: "spki", format: "der" }),
    },
    join(folder, "archive.wacz"),
  );
  done.wacz = performance.now();
  return {
    read: (done.read - started) / 1000,
    warc: (done.warc - done.read) / 1000,
    wacz: (done.wacz - done.warc) / 1000,
  };
}

function rowsOf(kind: Kind, rounds: readonly Round[], stored: number): readonly Row[] {
  const peer = median(rounds.map(({ gzip }) => gzip));
  const step = (what: string, seconds: (round: Round) => number, limited = true): Row => {
    const ratio = median(rounds.map((round) => seconds(round) / round.gzip));
    return {
      name: `${kind}, 100 MB: ${what} (peer: gzip -6)`,
      value: median(rounds.map(seconds)),
      unit: "s",
      peer,
      ratio,
      ...(limited ? { limit: "≤ 1 × peer", holds: ratio <= 1 } : {}),
    };
  };
  return [
    step("log → exchanges", ({ read }) => read),
    step("exchanges → WARC", ({ warc }) => warc),
    step("WARC → WACZ", ({ wacz }) => wacz),
    step("log → WACZ", ({ read, warc, wacz }) => read + warc + wacz, false),
    {
      name: `${kind}, 100 MB: bytes of the WACZ a byte served`,
      value: stored,
      unit: "",
      limit: "≤ 1.2",
      holds: stored <= 1.2,
    },
  ];
}
