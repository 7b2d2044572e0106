/**
 * `npm run bench:web`: lists, filters and search over 100,000 exhibits, each beside the raw SQLite query and the whole answer of
 * its route, of the same run; then fifty people at a server while it captures (web-load.ts). `-- queries` or `-- load` does one of
 * them only. Ends with 1 where a limit is missed.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { chartExhibits, countExhibits, listCases } from "../src/index/counts.ts";
import { findExhibits } from "../src/index/find.ts";
import { shelfOf } from "../src/index/full-text.ts";
import { likeExhibit } from "../src/index/likeness.ts";
import { arrive, emailOf, emptyHouse, found, good } from "../test/server/house.ts";
import { median, verdictOf } from "./row.ts";
import { EXHIBITS, WORDS } from "./web-posts.ts";
import { fillRecord } from "./web-record.ts";

const RUNS = 40;
/** Ours, the raw query and the route in turn, so that what else the machine does slows all; the median round of each is told. */
const ROUNDS = 3;
/** Milliseconds; another only to see whether the measuring itself works. */
const LIMIT = Number(process.env["PLACARD_BENCH_LIMIT"] ?? 100);

/** Of the tables that words are looked for in, the one of the newest exhibits. */
const NEWEST = shelfOf(EXHIBITS - 1);

async function p95(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < RUNS; n += 1) {
    const started = performance.now();
    await run();
    times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(0.95 * RUNS)] ?? Number.NaN;
}

const [only] = process.argv.slice(2);
if (only !== "load") await benchQueries();
if (only !== "queries") await (await import("./web-load.ts")).benchLoad();

async function benchQueries(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "placard-bench-web-"));
  try {
    const record = join(folder, "record");
    await fillRecord(record, 1);
    await using house = await emptyHouse({ folder: record });
    await good(await found(house));
    const { cookie } = await arrive(house, emailOf("owner"));
    const path = join(record, "index.sqlite");
    const through = (route: string) => async () => {
      const answer = await house.ask(route, { cookie });
      if (answer.status !== 200) throw new Error(`${route}: ${answer.status} ${await answer.text()}`);
      return answer.text();
    };
    const listed = (query = "") => through(`/api/exhibits?limit=50${query}`);
    const counted = (query = "") => through(`/api/exhibits/counts${query}`);
    const charted = (query = "") => through(`/api/exhibits/charts${query}`);
    const raw = new DatabaseSync(path, { readOnly: true });
    const writer = new DatabaseSync(path);
    const oneMore = (): void => writer.exec(`UPDATE touched SET upTo = upTo + 1 WHERE shelf = ${NEWEST}`);
    const common = WORDS[0] as string;
    const [a, b] = [WORDS[40] as string, WORDS[90] as string];
    const beside = (sql: string, ...values: readonly (string | number)[]) => {
      const statement = raw.prepare(sql);
      statement.setReturnArrays(true);
      return () => statement.all(...values);
    };
    const newest = beside("SELECT * FROM exhibits ORDER BY position DESC LIMIT 50");
    const matching = (text: string) =>
      beside(`SELECT rowid FROM search${NEWEST} WHERE search${NEWEST} MATCH ? ORDER BY rowid DESC LIMIT 50`, text);
    const scan = beside("SELECT platform, count(*) FROM exhibits WHERE recaptureOf IS NULL GROUP BY platform");
    const find = (options: Parameters<typeof findExhibits>[1]) => () =>
      JSON.stringify(findExhibits(raw, { notes: true, ...options }));
    const measured: readonly (readonly [string, () => unknown, () => unknown, (() => Promise<string>)?])[] = [
      ["list, newest", find({}), newest, listed()],
      [
        "list, by time of posting",
        find({ sort: "posted" }),
        beside("SELECT * FROM exhibits ORDER BY posted DESC LIMIT 50"),
        listed("&sort=posted"),
      ],
      [
        "list, a platform and a case",
        find({ platforms: ["Meadow"], cases: ["Case 59"] }),
        beside(
          "SELECT * FROM exhibits WHERE platform = 'Meadow' AND caseName = 'Case 59' ORDER BY position DESC LIMIT 50",
        ),
        listed("&platform=Meadow&case=Case%2059"),
      ],
      [
        "list, a filter that nothing passes",
        find({ actor: "nobody" }),
        beside("SELECT * FROM exhibits WHERE actor = 'nobody' LIMIT 50"),
        listed("&actor=nobody"),
      ],
      [
        "list, a span of time",
        find({ by: "posted", from: 1_700_000_000, to: 1_700_100_000 }),
        beside("SELECT * FROM exhibits WHERE posted BETWEEN 1700000000 AND 1700100000 ORDER BY position DESC LIMIT 50"),
        listed("&by=posted&from=2023-11-14T22:13:20Z&to=2023-11-16T02:00:00Z"),
      ],
      ...[1, 2, 3, 4].map((length) => {
        const typed = common.slice(0, length);
        return [
          `search, “${typed}”`,
          find({ text: typed }),
          matching(`"${typed}"*`),
          listed(`&text=${typed}`),
        ] as const;
      }),
      ["search, two words", find({ text: `${a} ${b}` }), matching(`"${a}" "${b}"`), listed(`&text=${a}%20${b}`)],
      [
        "search, two letters, by time of posting",
        find({ text: "ba", sort: "posted" }),
        matching('"ba"*'),
        listed("&text=ba&sort=posted"),
      ],
      [
        "search, two words, by time of posting",
        find({ text: `${a} ${b}`, sort: "posted" }),
        matching(`"${a}" "${b}"`),
        listed(`&text=${a}%20${b}&sort=posted`),
      ],
      [
        "search, a word in a case",
        find({ text: common, cases: ["Case 59"] }),
        matching(`"${common}"`),
        listed(`&text=${common}&case=Case%2059`),
      ],
      ["search, what is nowhere", find({ text: "qqqqqq" }), matching('"qqqqqq"*'), listed("&text=qqqqqq")],
      ["counts", () => JSON.stringify(countExhibits(raw, { notes: true })), scan, counted()],
      [
        "counts, of a word",
        () => JSON.stringify(countExhibits(raw, { notes: true, text: common })),
        matching(`"${common}"`),
        counted(`?text=${common}`),
      ],
      [
        "counts, of two letters",
        () => JSON.stringify(countExhibits(raw, { notes: true, text: "ba" })),
        scan,
        counted("?text=ba"),
      ],
      ["charts", () => JSON.stringify(chartExhibits(raw, { notes: true })), scan, charted()],
      [
        "charts, of a word",
        () => JSON.stringify(chartExhibits(raw, { notes: true, text: common })),
        scan,
        charted(`?text=${common}`),
      ],
      ["cases", () => JSON.stringify(listCases(raw)), scan, through("/api/cases")],
      [
        "counts, after one more was sealed",
        () => {
          oneMore();
          return JSON.stringify(countExhibits(raw, { notes: true }));
        },
        scan,
        () => {
          oneMore();
          return counted()();
        },
      ],
      [
        "alike, one against all",
        () => JSON.stringify(likeExhibit(raw, 500, [])),
        beside("SELECT count(*) FROM pictures"),
      ],
    ];
    const row = (name: string, ...values: readonly (number | string)[]): string =>
      [
        name.padEnd(42),
        ...values.map((value) => (typeof value === "string" ? value : value.toFixed(1)).padStart(9)),
      ].join(" ");
    console.log(`${row("query, p95 in ms", "ours", "raw", "route")}  limit ${LIMIT} ms`);
    for (const [name, ours, peer, route] of measured) {
      const rounds: (readonly number[])[] = [];
      for (let n = 0; n < ROUNDS; n += 1)
        rounds.push([await p95(ours), await p95(peer), ...(route === undefined ? [] : [await p95(route)])]);
      const [own = Number.NaN, bare = Number.NaN, whole] = (rounds[0] ?? []).map((_, i) =>
        median(rounds.map((round) => round[i] ?? Number.NaN)),
      );
      console.log(`${row(name, own, bare, whole ?? "")}  ${verdictOf(own <= LIMIT && (whole ?? 0) <= LIMIT)}`);
    }
    const filled = await p95(() => {
      const fresh = new DatabaseSync(path, { readOnly: true });
      countExhibits(fresh, { notes: true });
      fresh.close();
    });
    console.log(`what counts are made of, read when the server opens the record: ${filled.toFixed(0)} ms`);
    raw.close();
    writer.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
