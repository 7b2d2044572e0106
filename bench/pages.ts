/**
 * Captures beside bare Chromium on the same pages, in turn: time and processor time a page, pages a minute, and what the
 * archive takes. Both sides run for the whole bench in a process of their own; each visit starts a browser.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { initRecord } from "../src/app/init-record.ts";
import { BROWSED, browsedPages, bytesOf, type Site, serve } from "./browse-pages.ts";
import { watchCpu } from "./cpu.ts";
import { isZip } from "./field-tools.ts";
import { median, type Row } from "./row.ts";

/** As many as make two benches agree to a few hundredths; of five, medians differed by a tenth. */
const RUNS = 11;
const MOST = 1.3;
/** Visited at once, on a machine of two cores. */
const AT_ONCE = 2;

interface Visit {
  readonly ms: number;
  readonly cpu: number;
}

interface Side extends Disposable {
  visit(urls: readonly string[]): Promise<Visit>;
}

export async function bench(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "placard-bench-"));
  try {
    await using stack = new AsyncDisposableStack();
    const record = join(folder, "record");
    await initRecord(record, { name: "Bench" });
    const site = await serve(await browsedPages(), stack);
    const bare = stack.use(await startSide("bare", record));
    const ours = stack.use(await startSide("placard", record));
    const rows: Row[] = [];
    const all: (readonly Pair[])[] = [];
    for (const name of BROWSED) {
      const pairs = await inTurn([`${site.main.origin}/${name}/`], RUNS, bare, ours);
      rows.push(...rowsOf(name, pairs));
      all.push(pairs);
    }
    rows.push(...rowsOf("all these, mean", meansOf(all)));
    rows.push(rateOf(await inTurn(manyOf(site), 2, bare, ours)));
    return [...rows, ...(await storedRows(site, ours, record))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startSide(what: "bare" | "placard", record: string): Promise<Side> {
  const worker = join(import.meta.dirname, "browse-worker.ts");
  const child = spawn(process.execPath, [worker, what, record], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answered = async (): Promise<void> => {
    if ((await answers.next()).done) throw new Error(`${what} failed.`);
  };
  const cpu = watchCpu(child.pid as number);
  await answered();
  return {
    visit: async (urls) => {
      const [started, before] = [performance.now(), cpu.spent()];
      child.stdin.write(`${urls.join(" ")}\n`);
      await answered();
      return { ms: performance.now() - started, cpu: cpu.spent() - before };
    },
    [Symbol.dispose]: () => {
      cpu[Symbol.dispose]();
      child.stdin.end();
    },
  };
}

interface Pair {
  readonly bare: Visit;
  readonly ours: Visit;
}

/** Bare, Placard, bare, Placard …; the first of each fills caches and is not counted. */
async function inTurn(urls: readonly string[], runs: number, bare: Side, ours: Side): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let i = 0; i <= runs; i++) {
    const pair = { bare: await bare.visit(urls), ours: await ours.visit(urls) };
    if (i > 0) pairs.push(pair);
  }
  return pairs;
}

/** Of each run over all pages, the mean of a page. */
function meansOf(all: readonly (readonly Pair[])[]): readonly Pair[] {
  const mean = (visits: readonly Visit[]): Visit => ({
    ms: visits.reduce((sum, { ms }) => sum + ms, 0) / visits.length,
    cpu: visits.reduce((sum, { cpu }) => sum + cpu, 0) / visits.length,
  });
  return Array.from({ length: RUNS }, (_, run) => {
    const pairs = all.flatMap((one) => one[run] ?? []);
    return { bare: mean(pairs.map(({ bare }) => bare)), ours: mean(pairs.map(({ ours }) => ours)) };
  });
}

function rowsOf(name: string, pairs: readonly Pair[]): readonly Row[] {
  const row = (what: string, of: (visit: Visit) => number): Row => {
    const ratio = median(pairs.map(({ bare, ours }) => of(ours) / of(bare)));
    return {
      name: `${name}: ${what} a page (peer: Chromium alone)`,
      value: median(pairs.map(({ ours }) => of(ours))),
      unit: "ms",
      peer: median(pairs.map(({ bare }) => of(bare))),
      ratio,
      limit: `≤ ${MOST} ×`,
      holds: ratio <= MOST,
    };
  };
  return [row("time", ({ ms }) => ms), row("processor time", ({ cpu }) => cpu)];
}

/** Different addresses of the same page, as different links are. */
function manyOf({ main }: Site): readonly string[] {
  return Array.from({ length: AT_ONCE }, (_, i) => `${main.origin}/thread/?${i}`);
}

function rateOf(pairs: readonly Pair[]): Row {
  const rate = ({ ms }: Visit): number => (AT_ONCE * 60_000) / ms;
  const [value, peer] = [median(pairs.map(({ ours }) => rate(ours))), median(pairs.map(({ bare }) => rate(bare)))];
  return {
    name: `thread, ${AT_ONCE} at once (peer: Chromium alone)`,
    value,
    unit: "pages/min",
    peer,
    ratio: value / peer,
  };
}

async function storedRows(site: Site, ours: Side, record: string): Promise<readonly Row[]> {
  const total = { served: 0, archive: 0, all: 0 };
  for (const name of BROWSED) {
    const [before, seen] = [await storedIn(record), site.servedAll().length];
    await ours.visit([`${site.main.origin}/${name}/?stored`]);
    const after = await storedIn(record);
    total.served += site
      .servedAll()
      .slice(seen)
      .reduce((sum, one) => sum + bytesOf(one), 0);
    total.archive += after.archives - before.archives;
    total.all += after.all - before.all;
  }
  const archive = total.archive / total.served;
  return [
    {
      name: "archive's bytes a byte served, all these pages",
      value: archive,
      unit: "",
      limit: "≤ 1.2",
      holds: archive <= 1.2,
    },
    { name: "… with pictures, texts, acts and ledger", value: total.all / total.served, unit: "" },
  ];
}

/** Bytes of all files of a record, and of its archives among them: the ZIP files. */
async function storedIn(record: string): Promise<{ readonly archives: number; readonly all: number }> {
  const names = await readdir(record, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  let [archives, all] = [0, 0];
  for (const file of files.filter((path) => !path.endsWith("bare.png"))) {
    const { size } = await stat(file);
    all += size;
    if (await isZip(file)) archives += size;
  }
  return { archives, all };
}
