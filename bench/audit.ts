/** Rebuilding the tree of a million entries, beside nothing but the hashing that it takes. */

import { rebuildRoot } from "../src/ledger/rebuild.ts";
import { sha256 } from "../src/lib/sha256.ts";
import { median, type Row } from "./row.ts";

const ENTRIES = 1_000_000;
const RUNS = 3;

async function* entries(): AsyncIterable<Uint8Array> {
  const entry = new Uint8Array(32);
  const view = new DataView(entry.buffer);
  for (let i = 0; i < ENTRIES; i++) {
    view.setUint32(0, i);
    yield entry;
  }
}

/** A leaf is 33 bytes under the hash, a node 65; a tree of n leaves has n − 1 nodes. */
function bareHashing(): void {
  const leaf = new Uint8Array(33);
  const node = new Uint8Array(65);
  for (let i = 0; i < ENTRIES; i++) {
    sha256(leaf);
    if (i > 0) sha256(node);
  }
}

async function seconds(work: () => void | Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

export async function bench(): Promise<readonly Row[]> {
  const [rebuilding, hashing]: [number[], number[]] = [[], []];
  for (let i = 0; i < RUNS; i++) {
    rebuilding.push(await seconds(() => rebuildRoot(entries())));
    hashing.push(await seconds(bareHashing));
  }
  const [value, peer] = [median(rebuilding), median(hashing)];
  const name = `rebuilding the tree of ${ENTRIES.toLocaleString("en")} entries (peer: its hashing)`;
  return [{ name, value, unit: "s", peer, ratio: value / peer, limit: "< 2 × peer", holds: value / peer < 2 }];
}
