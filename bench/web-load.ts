/**
 * Fifty members at work on a record of 100,000 exhibits while twenty captures run: a real server over HTTP on loopback, as behind
 * a reverse proxy. Each looks, searches, filters, opens exhibits and thumbnails, listens, and now and then tags an exhibit or keeps
 * a search. Beside it, from the same run, the same while nothing is captured, and by one member alone. A capture that fails
 * meanwhile is an error like any other.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { startForum } from "../src/sample/forum.ts";
import { verdictOf } from "./row.ts";
import { type Got, type Member, openHouseholds } from "./web-household.ts";
import { PLATFORMS, WORDS } from "./web-posts.ts";

const PEOPLE = Number(process.env["PLACARD_BENCH_PEOPLE"] ?? 50);
const CAPTURES = Number(process.env["PLACARD_BENCH_CAPTURES"] ?? 20);
const SECONDS = Number(process.env["PLACARD_BENCH_SECONDS"] ?? 60);
/** Milliseconds between what one person does and what they do next, at most twice this. */
const PAUSE = 1000;
const LIMIT = 250;
/** Of all that is done, the part that changes something. */
const WRITES = 1 / 20;

interface Measured {
  readonly times: { readonly kind: string; readonly time: number }[];
  readonly errors: string[];
  /** The same of what changes something. */
  readonly written: Omit<Measured, "written">;
}

export async function benchLoad(): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const forums = await Promise.all(Array.from({ length: CAPTURES }, async () => stack.use(await startForum())));
  const house = stack.use(await openHouseholds(PEOPLE, CAPTURES));
  const [first] = house.members;
  if (first === undefined) throw new Error("nobody is there");
  // Each once, so that what loads when it is first used is loaded.
  await atWork([first], 3);
  report("one member, nothing captured", await atWork([first], SECONDS / 4));
  report(`${PEOPLE} members, nothing captured`, await atWork(house.members, SECONDS / 2));
  const links = Array.from({ length: 40 * CAPTURES }, (_, i) => {
    const forum = forums[i % CAPTURES];
    return `${forum?.postUrl(forum.samplePost)}?n=${i}`;
  });
  const captured = await house.capture(links);
  const before = await captured();
  const measured = await atWork(house.members, SECONDS);
  const after = await captured();
  const known = new Set(before.failed);
  const failed = after.failed.filter((why) => !known.has(why)).map((why) => `not captured: ${why}`);
  measured.errors.push(...failed);
  report(`${PEOPLE} members, ${before.running} to ${after.running} captures running`, measured, LIMIT);
  const sealed = after.sealed - before.sealed;
  console.log(
    `${sealed} sealed meanwhile, ${failed.length} not captured; ${house.heard()} events heard by ${PEOPLE} listeners`,
  );
}

async function atWork(members: readonly Member[], seconds: number): Promise<Measured & { readonly seconds: number }> {
  const measured: Measured = { times: [], errors: [], written: { times: [], errors: [] } };
  const until = performance.now() + 1000 * seconds;
  await Promise.all(
    members.map(async (member) => {
      await sleep(Math.random() * Math.min(PAUSE, 500 * seconds));
      while (performance.now() < until) {
        await (Math.random() < WRITES ? writes : actOf(Math.random()))(member, measured);
        await sleep(Math.random() * 2 * PAUSE);
      }
    }),
  );
  return { ...measured, seconds };
}

type Deed = (member: Member, measured: Measured) => Promise<void>;

/** In every hundred that change nothing: 35 lists, 30 searches, 10 filters, 20 exhibits, 5 charts. */
function actOf(chance: number): Deed {
  if (chance < 0.35) return looks;
  if (chance < 0.65) return searches;
  if (chance < 0.75) return filters;
  return chance < 0.95 ? opens : draws;
}

const any = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T;

type Into = Omit<Measured, "written">;

async function timed(into: Into, path: string, ask: () => Promise<Got>, kind = kindOf(path)): Promise<unknown> {
  const started = performance.now();
  try {
    const { status, body, type } = await ask();
    into.times.push({ kind, time: performance.now() - started });
    if (status !== 200) into.errors.push(`${status} ${path.slice(0, 60)} ${body.toString().slice(0, 120)}`);
    return type.startsWith("application/json") ? (JSON.parse(body.toString()) as unknown) : undefined;
  } catch (error) {
    into.errors.push(`${path.slice(0, 60)}: ${String(error)}`);
    return undefined;
  }
}

const read = (member: Member, measured: Measured, path: string): Promise<unknown> =>
  timed(measured, path, () => member.get(path));

const write = (member: Member, { written }: Measured, path: string, json: unknown, kind: string): Promise<unknown> =>
  timed(written, path, () => member.post(path, json), kind);

const idsIn = (page: unknown): readonly string[] =>
  ((page as { exhibits?: { id: string }[] } | undefined)?.exhibits ?? []).map(({ id }) => id);

/** A page of the list, its counts, and the thumbnails that come into sight. */
const looks: Deed = async (member, measured) => {
  const [page] = await Promise.all([
    read(member, measured, `/api/exhibits?limit=50${any(["", "&sort=posted"])}`),
    read(member, measured, "/api/exhibits/counts"),
  ]);
  await thumbnails(member, measured, idsIn(page).slice(0, 8));
};

const thumbnails = (member: Member, measured: Measured, ids: readonly string[]) =>
  Promise.all(ids.map((id) => read(member, measured, `/api/exhibits/${id}/thumbnail`)));

/** Letter by letter, as the field asks. */
const searches: Deed = async (member, measured) => {
  const word = any(WORDS.slice(0, 2000));
  for (let length = 2; length <= Math.min(4, word.length); length += 1)
    await read(member, measured, `/api/exhibits?limit=50&text=${word.slice(0, length)}`);
};

const filters: Deed = async (member, measured) => {
  const query = `platform=${any(PLATFORMS)}&case=${encodeURIComponent(`Case ${Math.floor(60 * Math.random())}`)}`;
  await Promise.all([
    read(member, measured, `/api/exhibits?limit=50&${query}`),
    read(member, measured, `/api/exhibits/counts?${query}`),
  ]);
};

const opens: Deed = async (member, measured) => {
  const id = any(idsIn(await read(member, measured, `/api/exhibits?limit=50&platform=${any(PLATFORMS)}`)));
  if (id === undefined) return;
  await read(member, measured, `/api/exhibits/${id}`);
  await thumbnails(member, measured, [id]);
};

const draws: Deed = async (member, measured) => {
  await Promise.all([
    read(member, measured, "/api/exhibits/charts"),
    read(member, measured, "/api/cases"),
    read(member, measured, "/api/captures"),
  ]);
};

/** A tag on an exhibit, or a search that is kept; either is on disk when it is answered. */
const writes: Deed = async (member, measured) => {
  const text = any(WORDS);
  if (Math.random() < 0.5)
    return void (await write(
      member,
      measured,
      "/api/searches",
      { name: `${text} ${randomUUID()}`, search: { text }, shared: false },
      "a search kept",
    ));
  const id = any(idsIn(await read(member, measured, `/api/exhibits?limit=50&platform=${any(PLATFORMS)}`)));
  if (id !== undefined) await write(member, measured, "/api/filings", { ids: [id], tag: [text] }, "a tag");
};

function kindOf(path: string): string {
  const { pathname, searchParams } = new URL(path, "http://localhost");
  if (searchParams.has("text")) return "search";
  const [, , what = "", id, file] = pathname.split("/");
  if (id === undefined) return searchParams.has("platform") ? "filter" : what;
  return file ?? (id.startsWith("PLC-") ? "one exhibit" : id);
}

type Took = Measured & { readonly seconds: number };

function report(name: string, { times, errors, written, seconds }: Took, limit?: number): void {
  const told = figures(times.map(({ time }) => time));
  const holds = told.p95 <= (limit ?? 0) && errors.length === 0 && written.errors.length === 0;
  const verdict = limit === undefined ? "" : `  limit ${limit} ms, no error: ${verdictOf(holds)}`;
  const rate = `${(times.length / seconds).toFixed(0)} reads/s  ${errors.length} errors`;
  console.log(`${name.padEnd(44)} ${inWords(told)}  ${rate}${verdict}`);
  reportKinds(times, errors);
  if (written.times.length + written.errors.length === 0) return;
  const changes = figures(written.times.map(({ time }) => time));
  console.log(
    `  ${"beside these, changes".padEnd(42)} ${inWords(changes)}  ${written.times.length} writes  ${written.errors.length} errors`,
  );
  reportKinds(written.times, written.errors);
}

function reportKinds(times: Measured["times"], errors: readonly string[]): void {
  for (const [kind, those] of Object.entries(Object.groupBy(times, (one) => one.kind)))
    console.log(`  ${kind.padEnd(42)} ${inWords(figures((those ?? []).map(({ time }) => time)))}`);
  for (const error of [...new Set(errors)].slice(0, 5)) console.log(`  ${error}`);
}

interface Figures {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

function figures(times: readonly number[]): Figures {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(part * sorted.length)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function inWords({ p50, p95, p99 }: Figures): string {
  return `p50 ${p50.toFixed(0).padStart(4)} ms  p95 ${p95.toFixed(0).padStart(4)} ms  p99 ${p99.toFixed(0).padStart(4)} ms`;
}
