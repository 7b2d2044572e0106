/** A dossier's numbers are the index's, and what a count over the acts alone gives; nothing that may not be shown is in it. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { numbersSaid } from "../../../test/dossier-numbers.ts";
import { SECRETS, secretCase } from "../../../test/secret-case.ts";
import { findSeeds } from "../../../test/seeded-secrets.ts";
import { NOTE } from "../../../test/server/on-the-way.ts";
import { sealActs } from "../../../test/server/sealed-exhibits.ts";
import { chartExhibits, countExhibits } from "../../index/counts.ts";
import { leafHash } from "../../ledger/merkle.ts";
import { fromUtf8, toHex } from "../../lib/bytes.ts";
import type { Json } from "../../lib/json.ts";
import { exhibitId } from "../../record/exhibit-id.ts";
import { entryOf, openAct } from "../../record/sd-jwt.ts";
import { dossierHtml } from "../../show/dossier/dossier.ts";
import { initRecord } from "../init-record.ts";
import { openContext } from "../open-record.ts";
import { openRecord, type PlacardRecord } from "../record.ts";
import { gather } from "./dossier.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-dossier-"));
});
after(() => rm(folder, { recursive: true }));

const CASE = "Lamps";
const PLATFORMS = ["Townsquare", "Lamplight"] as const;
const RESULTS = ["unchanged", "edited", "page-changed", "gone", "not-reachable"] as const;

interface Made {
  readonly isReceived: boolean;
  readonly isOfCase: boolean;
  /** Put into the case, or out of it, after it was sealed. */
  readonly isMoved: boolean;
  readonly isErased: boolean;
  readonly passes: boolean;
  readonly platform: (typeof PLATFORMS)[number] | undefined;
  readonly posted: number | undefined;
  readonly results: readonly (typeof RESULTS)[number][];
}

const made: fc.Arbitrary<Made> = fc.record({
  isReceived: fc.boolean(),
  isOfCase: fc.boolean(),
  isMoved: fc.boolean(),
  isErased: fc.nat(4).map((n) => n === 0),
  passes: fc.boolean(),
  platform: fc.option(fc.constantFrom(...PLATFORMS), { nil: undefined }),
  posted: fc.option(fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 2, 1) }), { nil: undefined }),
  results: fc.array(fc.constantFrom(...RESULTS), { maxLength: 3 }),
});

const DEEP = process.env["PLACARD_DEEP"] === "1";
/** Something of each kind, and enough times for the charts of times. */
const EVERY_KIND: Made[] = Array.from({ length: 12 }, (_, i) => ({
  isReceived: i % 4 === 3,
  isOfCase: i !== 5,
  isMoved: i === 5 || i === 6,
  isErased: i === 7,
  passes: i % 3 === 0,
  platform: PLATFORMS[i % 3],
  posted: i % 5 === 4 ? undefined : Date.UTC(2026, 0, 4 + 3 * i, (7 * i) % 24),
  results: RESULTS.slice(i % 5, (i % 5) + (i % 3)),
}));

async function passGates({ redacting, publications }: PlacardRecord, id: string): Promise<void> {
  await redacting.seal(id, {}, "actor-x");
  const redaction = (await publications.of(id)).standing.redaction?.id ?? "";
  const cleared = (await publications.take(id, { act: "cleared", redaction }, "actor-x")).standing.cleared ?? "";
  const noted = await publications.take(id, { act: "reasoned", note: NOTE, masked: [], unmasked: [] }, "actor-x");
  await publications.take(id, { act: "approved", cleared, note: noted.standing.note?.id ?? "" }, "actor-y");
}

async function recordOf(path: string, all: readonly Made[]): Promise<readonly string[]> {
  await initRecord(path, { name: "Hollow Lane Residents" });
  const ids = await sealActs(
    path,
    all.map(({ isReceived, isOfCase, platform, posted }) => ({
      ...(isReceived ? { act: "received", receivedFrom: "a neighbour" } : {}),
      ...(isOfCase ? { case: CASE } : {}),
      ...(platform === undefined ? {} : { platform }),
      ...(posted === undefined ? {} : { postedAt: new Date(posted).toISOString() }),
    })),
  );
  const looks = all.flatMap(({ results }, i) =>
    results.map((result) => ({ act: "recaptured", recaptureOf: { id: ids[i] ?? "" }, result })),
  );
  if (looks.length > 0) await sealActs(path, looks);
  await using record = await openRecord(path);
  for (const [i, { isMoved, isOfCase, isErased, passes }] of all.entries()) {
    const id = ids[i] ?? "";
    if (isMoved) await record.fileUnder([id], { tag: ["lamp"], caseName: isOfCase ? null : CASE }, "actor-x");
    if (passes) await passGates(record, id);
    if (isErased) await record.erase(id, "asked for");
  }
  return ids;
}

/** A count of its own: over the acts in the vault and nothing else. */
async function countedByHand(path: string) {
  await using opened = await openContext(path);
  const { vault, log } = opened.context;
  const found = new Map<
    string,
    {
      act: Json;
      case: Json;
      platform: Json;
      posted: Json;
      results: string[];
      approvedBy: Set<string>;
      position: number;
      leaf: string;
    }
  >();
  let position = 0;
  for await (const sealed of vault.readActs(0, (await log.head()).size)) {
    const { act: fields } = openAct(sealed);
    const leaf = leafHash(entryOf(sealed.jwt));
    const of = typeof fields["of"] === "string" ? found.get(fields["of"]) : undefined;
    if (fields["act"] === "captured" || fields["act"] === "received") {
      found.set(exhibitId(leaf), {
        act: fields["act"],
        case: fields["case"] ?? null,
        platform: fields["platform"] ?? null,
        posted: fields["postedAt"] ?? null,
        results: [],
        approvedBy: new Set(),
        position,
        leaf: toHex(leaf),
      });
    }
    if (fields["act"] === "recaptured") {
      const first = found.get((fields["recaptureOf"] as { id: string }).id);
      if (fields["result"] !== "not-reachable" || first?.results.length === 0)
        first?.results.push(String(fields["result"]));
    }
    if (of !== undefined && fields["act"] === "filed" && "case" in fields) of.case = fields["case"] ?? null;
    if (of !== undefined && fields["act"] === "approved") of.approvedBy.add(String(fields["actor"]));
    position++;
  }
  const all = [...found.values()].filter((one) => one.case === CASE);
  const weeks: Record<string, number> = {};
  const hours = Array.from({ length: 24 }, () => Array.from({ length: 7 }, () => 0));
  for (const { posted } of all) {
    if (posted === null) continue;
    const time = new Date(String(posted));
    const weekday = (time.getUTCDay() + 6) % 7;
    const monday = new Date(time.getTime() - weekday * 86_400_000).toISOString().slice(0, 10);
    weeks[monday] = (weeks[monday] ?? 0) + 1;
    const row = hours[time.getUTCHours()] as number[];
    row[weekday] = (row[weekday] ?? 0) + 1;
  }
  return { all, weeks, hours };
}

test("in any case the numbers are the index's and those of the acts themselves", { timeout: 120_000 }, async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(made, { minLength: 1, maxLength: 14 }), async (all) => {
      const path = join(folder, `case-${run++}`);
      const ids = await recordOf(path, all);
      const erased = ids.filter((_, i) => all[i]?.isErased);
      const { all: counted, weeks, hours } = await countedByHand(path);
      await using opened = await openContext(path);
      const { context } = opened;
      if (counted.length === 0) {
        await assert.rejects(gather(context, CASE, {}), { code: "not_found" });
        return;
      }
      const said = numbersSaid(dossierHtml(await gather(context, CASE, { also: erased })));
      const [counts, charts] = await context.index.ask(
        (raw) => [countExhibits(raw, { cases: [CASE] }), chartExhibits(raw, { cases: [CASE] })] as const,
      );
      const total = counted.length;
      const last = counted.map(({ results }) => results.findLast((result) => result !== "not-reachable") ?? results[0]);
      const are = (...names: readonly string[]): number =>
        last.filter((name) => names.includes(name ?? "unchecked")).length;
      const looked = total - are("unchecked");
      const passed = counted.filter(({ approvedBy }) => approvedBy.size > 0);
      assert.deepEqual(said.counts, {
        total: [counts.total],
        captured: [counts.kinds.find(({ value }) => value === "captured")?.count ?? 0, counts.total],
        received: [counts.kinds.find(({ value }) => value === "received")?.count ?? 0, counts.total],
        looked: [looked, total],
        up: [are("unchanged", "edited", "page-changed"), looked],
        gone: [are("gone"), looked],
        lost: [are("not-reachable"), looked],
        passed: [passed.length, total],
        isPublic: [0, passed.length],
        wasPublic: [0, total],
        erased: [erased.length],
      });
      assert.equal(counts.total, total);
      assert.equal(said.counts["captured"]?.[0], counted.filter(({ act }) => act === "captured").length);
      for (const [name, count] of Object.entries(said.standings)) {
        assert.equal(count, are(name), name);
        assert.equal(count, charts.standings.find(({ value }) => value === name)?.count ?? 0, name);
      }
      const timed = counted.filter(({ posted }) => posted !== null).length;
      assert.equal(timed, charts.total - charts.withoutTime);
      assert.deepEqual(said.weeks, timed < 5 ? {} : weeks);
      assert.deepEqual(said.hours, timed < 5 ? [] : hours);
      for (const { weekday, hour, count } of timed < 5 ? [] : charts.hours)
        assert.equal(said.hours[hour]?.[weekday], count);
      const places = new Map(said.platforms);
      assert.equal(
        [...places.values()].reduce((sum, count) => sum + count, 0),
        total,
      );
      for (const platform of PLATFORMS) {
        const isTold = passed.some((one) => one.platform === platform);
        const there = counted.filter((one) => one.platform === platform).length;
        assert.equal(places.get(platform), isTold ? there : undefined);
        assert.equal(charts.platforms.find(({ value }) => value === platform)?.count ?? 0, there);
      }
      assert.deepEqual(
        said.listed.filter(([, , print]) => !print.startsWith("Erased")).map(([, place, print]) => [place, print]),
        counted.map(({ position, leaf }) => [position, leaf]),
      );
      assert.deepEqual(
        said.listed
          .filter(([, , print]) => print.startsWith("Erased"))
          .map(([id]) => id)
          .toSorted(),
        erased.toSorted(),
      );
    }),
    { numRuns: DEEP ? 40 : 2, examples: [[EVERY_KIND]] },
  );
});

test("nothing that may not be shown is in the page, and what may be is", async () => {
  const path = join(folder, "secrets");
  const { way, erased, caseName } = await secretCase(path);
  await using record = await openRecord(path);
  for (const language of ["en", "he"] as const) {
    const file = join(folder, `${language}.html`);
    const told = await record.writeDossier(caseName, file, { language, also: [erased] });
    assert.deepEqual([told.exhibits, told.passed, told.shown], [11, 4, 4]);
    const html = await readFile(file);
    assert.deepEqual(await findSeeds(file, html, SECRETS), []);
    const text = fromUtf8(html);
    const passed = [way.published.id, way.corrected.id, way.confirmed.id, way.withdrawn.id];
    assert.deepEqual(numbersSaid(text).shown.toSorted(), passed.toSorted());
    assert.equal(text.match(/<img /g)?.length, 4);
    for (const part of ["The lamps of the lane", "They said it at the notice board.", "It was a day before."])
      assert.ok(text.includes(part), part);
    for (const { id } of Object.values(way)) assert.ok(text.includes(id));
    assert.doesNotMatch(text, /<script|javascript:|(?:src|href)="(?!data:|#)/);
  }
});

test("what there is no room for is counted, and said", async () => {
  const path = join(folder, "cut");
  const all: Made[] = Array.from({ length: 8 }, (_, i) => ({
    isReceived: false,
    isOfCase: true,
    isMoved: false,
    isErased: false,
    passes: i < 4,
    platform: "Townsquare",
    posted: undefined,
    results: [],
  }));
  await recordOf(path, all);
  await using opened = await openContext(path);
  const html = dossierHtml(await gather(opened.context, CASE, {}, { shown: 3, listed: 5 }));
  const said = numbersSaid(html);
  assert.deepEqual([said.shown.length, said.listed.length, said.counts["passed"]], [3, 5, [4, 8]]);
  assert.match(html, /Shown here: 3 of the 4 exhibits .* There is room for 3/);
  assert.match(html, /Listed: 5 of 8 exhibits.* There is room for 5; the last 3 are left out/);
});

test("names that a group or a page gave are text, in the style sheet and the title too", async () => {
  const path = join(folder, "hostile");
  await recordOf(path, EVERY_KIND);
  await using opened = await openContext(path);
  const hostile = `</style><script>alert(1)</script>"}*{display:none}\\a${"x".repeat(200)}`;
  const content = await gather(opened.context, CASE, {});
  const html = dossierHtml({ ...content, caseName: hostile, group: hostile, method: [hostile], about: hostile });
  assert.equal(html.match(/<script/g), null);
  assert.equal(html.match(/<\/style>/g)?.length, 1);
  assert.ok(!/<style>[^]*\}\*\{display[^]*<\/style>/.test(html));
});

test("what cannot be a dossier is refused with a reason", async () => {
  const path = join(folder, "refused");
  const [id = ""] = await recordOf(path, [
    {
      isReceived: false,
      isOfCase: true,
      isMoved: false,
      isErased: false,
      passes: false,
      platform: undefined,
      posted: undefined,
      results: [],
    },
  ]);
  await using record = await openRecord(path);
  await assert.rejects(record.dossier("None", "html"), { code: "not_found" });
  await assert.rejects(record.dossier(CASE, "html", { also: [id] }), { code: "usage" });
  await assert.rejects(record.writeDossier(CASE, join(folder, "dossier.txt")), { code: "usage" });
  const signal = AbortSignal.abort();
  await passGates(record, id);
  await assert.rejects(record.dossier(CASE, "html", { signal }), { code: "cancelled" });
});
