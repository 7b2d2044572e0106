/** kill −9 of a batch at any moment: run again, every link has exactly one outcome, and no host was pressed. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { audit } from "../../src/app/audit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import { killsAtLength } from "../fuzz-time.ts";
import { type ManyLinks, startManyLinks } from "../many-links-site.ts";
import { newFolder } from "./place.ts";

const script = join(import.meta.dirname, "batch-worker.ts");

interface Plan {
  readonly how: "browser" | "quick";
  readonly links: number;
  readonly hosts: number;
  readonly kills: number;
  /** The longest a child is let work before it is killed, milliseconds. */
  readonly longest: number;
  readonly gapSeconds: number;
}

const PLANS: readonly Plan[] = [
  { how: "browser", links: 40, hosts: 8, kills: 5, longest: 12_000, gapSeconds: 1 },
  { how: "quick", links: 500, hosts: 16, kills: killsAtLength(30), longest: 2_500, gapSeconds: 1 },
];

for (const plan of PLANS) {
  const { how, links: count, hosts, kills, gapSeconds } = plan;
  test(`${count} links, killed ${kills} times and run again (${how}): one outcome each, no host pressed`, async (t) => {
    const folder = await newFolder();
    await using site = await startManyLinks(hosts);
    try {
      const record = join(folder, "record");
      await initRecord(record, { name: "Hollow Lane Residents" });
      await writeFile(join(record, "config.json"), JSON.stringify({ capture: { atOnce: 4, gapSeconds } }));
      const links = site.links(count);
      const list = join(folder, "links.txt");
      await writeFile(list, `${links.join("\n")}\n`);
      const said = new Map<string, string>();
      let killed = 0;
      // Once all has been told, the same links are a new batch.
      for (let run = 0; run < kills && said.size < count; run++) {
        const lines = await work([record, list, how], plan.longest * Math.random());
        if (!lines.includes("done")) killed++;
        take(lines, said);
      }
      if (said.size < count) take(await work([record, list, how], undefined), said);
      assert.equal(said.size, count, "every link has an outcome");
      await checkRecord(record, links, said);
      checkPoliteness(site, 1000 * gapSeconds);
      const visits = [...site.visits.values()].flat().length;
      t.diagnostic(
        `${count} links, ${killed} kills while at work, ${visits} pages asked for, most of a host at once: ${site.mostAtOnce}`,
      );
      assert.ok(killed > 0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** Runs the worker and kills it after `patience` milliseconds, or when it is done where that is undefined; resolves to whole lines. */
async function work(args: readonly string[], patience: number | undefined): Promise<readonly string[]> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  while (!output.includes("ready\n") && isAlive()) await sleep(5);
  const until = performance.now() + (patience ?? 600_000);
  while (performance.now() < until && !output.endsWith("done\n") && isAlive()) await sleep(5);
  child.kill("SIGKILL");
  const [, signal] = await closed;
  assert.equal(signal, "SIGKILL", `the child ended by itself: ${errors}`);
  return output
    .slice(0, output.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1);
}

/** What was said of a link once is never taken back. */
function take(lines: readonly string[], said: Map<string, string>): void {
  for (const line of lines.filter((text) => text.startsWith("{"))) {
    const { url, outcome } = JSON.parse(line) as { url: string; outcome: string };
    assert.equal(said.get(url) ?? outcome, outcome, `${url} was said to be ${said.get(url)} before`);
    said.set(url, outcome);
  }
}

async function checkRecord(record: string, links: readonly string[], said: ReadonlyMap<string, string>): Promise<void> {
  await using opened = await openContext(record);
  const rows = await opened.context.index.list();
  const sealed = links.filter((url) => said.get(url) === "sealed");
  assert.deepEqual(rows.map(({ url }) => url).toSorted(), sealed.toSorted(), "each is sealed once, and none is lost");
  assert.equal(sealed.length, links.length - Math.floor(links.length / 10), "those that are gone are not captured");
  assert.equal(await opened.context.agenda.waiting(), 0);
  const agenda = await readFile(opened.context.folder.agenda);
  assert.ok(!agenda.includes("/note/"), "a link that is done is still in the agenda");
  assert.equal((await audit(opened.context)).verdict, "holds");
}

test("two batches of the same hosts at the same time: one pace", async () => {
  const folder = await newFolder();
  await using site = await startManyLinks(3);
  try {
    const record = join(folder, "record");
    await initRecord(record, { name: "Hollow Lane Residents" });
    await writeFile(join(record, "config.json"), JSON.stringify({ capture: { atOnce: 4, gapSeconds: 1 } }));
    const links = site.links(9);
    const batches = [links.slice(0, 5), links.slice(5)];
    const told = await Promise.all(
      batches.map(async (batch, i) => {
        const list = join(folder, `links-${i}.txt`);
        await writeFile(list, batch.join("\n"));
        return work([record, list, "quick"], undefined);
      }),
    );
    assert.equal(told.flat().filter((line) => line.startsWith("{")).length, 9);
    checkPoliteness(site, 1000);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** As the servers saw it, whatever was killed, and however many asked. */
function checkPoliteness({ visits, mostAtOnce }: ManyLinks, gap: number): void {
  assert.equal(mostAtOnce, 1, "two captures of one host at once");
  let soon = 0;
  for (const host of visits.values()) {
    for (const [i, visit] of host.entries()) {
      const before = host[i - 1];
      if (before !== undefined && visit.start - before.end < gap) soon++;
    }
  }
  assert.equal(soon, 0, `${soon} times a host was asked again within ${gap} ms`);
}
