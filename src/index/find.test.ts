import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import type { Json } from "../lib/json.ts";
import { sha256 } from "../lib/sha256.ts";
import { chartExhibits, countExhibits, listCases } from "./counts.ts";
import { type ExhibitIndex, openIndex } from "./exhibit-index.ts";
import { type FindOptions, findExhibits, type Page } from "./find.ts";
import { likeExhibit } from "./likeness.ts";
import type { ProjectedAct } from "./projection.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-find-"));
});
after(() => rm(folder, { recursive: true }));

const minute = (position: number): string => new Date(1_767_225_600_000 + 60_000 * position).toISOString();
const act = (position: number, fields: Record<string, Json>): ProjectedAct => ({
  position,
  id: `PLC-${position}`,
  sealedAt: minute(position),
  fields: { act: "captured", ...fields },
});

async function indexOf(name: string, acts: readonly ProjectedAct[]): Promise<ExhibitIndex> {
  return openIndex(join(folder, name), {
    origin: "test",
    head: async () => ({ size: acts.length, root: sha256(utf8(String(acts.length))) }),
    rootAt: async (size) => sha256(utf8(String(size))),
    async *readActs(start, end) {
      yield* acts.slice(start, end);
    },
  });
}

const pdq = (hash: string): Json => ({ perceptualHash: { algorithm: "pdq", hash, quality: 90 } });
const POSTS: readonly Record<string, Json>[] = [
  {
    title: "Notice board",
    postText: "We were here before the lane",
    platform: "Townsquare",
    case: "spring",
    postedAt: "2026-01-05T10:00:00Z",
    author: "A Neighbour",
    handle: "@neighbour",
  },
  { title: "שלום לשכנים", postText: "הַשָּׁכֵן אמר דבר", platform: "Townsquare", postedAt: "2026-01-03T23:30:00+02:00" },
  {
    title: "مرحبا",
    postText: "قالَ الجارُ شيئًا 🐒🐒",
    platform: "Chatter",
    case: "spring",
    note: "compare with the lantern one",
  },
  {
    title: "Café – naïve",
    postText: "Say “it's” not over (or is it) NOT x",
    platform: "Chatter",
    postedAt: "2026-01-05T10:30:00",
  },
  { title: "Lantern", postText: "WE  were here before the lane", url: "https://townsquare.example/p/lantern" },
];
const sample = (): ProjectedAct[] => [
  ...POSTS.map((fields, i) => act(i, fields)),
  act(5, { act: "recaptured", recaptureOf: { id: "PLC-0" }, result: "gone", postText: "We were here" }),
  act(6, { act: "received", receivedFrom: "a friend", receivedBy: "Hollow Lane", claims: { title: "An archive" } }),
];
const ids = (index: ExhibitIndex, options: FindOptions): Promise<readonly string[]> =>
  index.ask((raw) => findExhibits(raw, options).exhibits.map(({ id }) => id));

test("finds by the beginnings of words, in any script, with or without points and accents", async () => {
  const index = await indexOf("a.sqlite", sample());
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["", ["PLC-6", "PLC-4", "PLC-3", "PLC-2", "PLC-1", "PLC-0"]],
    ["l", ["PLC-6", "PLC-4", "PLC-3", "PLC-2", "PLC-1", "PLC-0"]],
    ["lan", ["PLC-4", "PLC-0"]],
    ["here BEFORE", ["PLC-4", "PLC-0"]],
    // What was said is searched, and not who said it.
    ["neighb", []],
    ["השכן", ["PLC-1"]],
    ["الجار", ["PLC-2"]],
    ["شيئا", ["PLC-2"]],
    ["🐒", ["PLC-2"]],
    ["cafe naive", ["PLC-3"]],
    ["townsquare.example/p/lantern", ["PLC-4"]],
    ["archive friend", ["PLC-6"]],
    ["nothing of the kind", []],
  ];
  for (const [text, expected] of cases) assert.deepEqual(await ids(index, { text }), expected, text);
  assert.deepEqual(await ids(index, { text: "compare" }), []);
  assert.deepEqual(await ids(index, { text: "compare", notes: true }), ["PLC-2"]);
  index.close();
});

test("takes anything that can be typed", async () => {
  const index = await indexOf("b.sqlite", sample());
  const typed = [
    '"',
    "'",
    '"" OR 1',
    "a AND",
    "NOT",
    "NEAR(a b)",
    "said:lane",
    "{note} : x",
    "*",
    "^lane",
    "lane*",
    "-",
    "(",
    "%_",
    ";--",
    "\u0000lane",
    "\ud800",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "  ",
    "ab".repeat(5000),
    "lane ".repeat(2000),
    "\u202elane",
  ];
  for (const text of typed) {
    for (const sort of ["sealed", "posted"] as const) assert.ok(Array.isArray(await ids(index, { text, sort })), text);
    await index.ask((raw) => [countExhibits(raw, { text }), chartExhibits(raw, { text })]);
  }
  assert.deepEqual(await ids(index, { text: "lane*" }), ["PLC-4", "PLC-0"]);
  assert.deepEqual(await ids(index, { text: "?!" }), []);
  index.close();
});

test("marks what was looked for, as pieces of text", async () => {
  const index = await indexOf("c.sqlite", sample());
  const [, first] = await index.ask((raw) => findExhibits(raw, { text: "lane bef" }).exhibits);
  assert.deepEqual(first?.marks.text, [
    { text: "We were here " },
    { text: "before", found: true },
    { text: " the " },
    { text: "lane", found: true },
  ]);
  index.close();
});

test("narrows by what is chosen, and counts what another choice would show", async () => {
  const index = await indexOf("d.sqlite", sample());
  assert.deepEqual(await ids(index, { platforms: ["Chatter"], cases: ["spring"] }), ["PLC-2"]);
  assert.deepEqual(await ids(index, { standings: ["gone"] }), ["PLC-0"]);
  assert.deepEqual(await ids(index, { kinds: ["received"] }), ["PLC-6"]);
  assert.deepEqual(await ids(index, { actor: "Hollow Lane" }), ["PLC-6"]);
  const monday = Date.parse("2026-01-05T00:00:00Z") / 1000;
  assert.deepEqual(await ids(index, { by: "posted", from: monday, to: monday + 36_000 }), ["PLC-0"]);
  const counts = await index.ask((raw) => countExhibits(raw, { platforms: ["Chatter"] }));
  assert.equal(counts.total, 2);
  assert.deepEqual(counts.platforms, [
    { value: null, count: 2 },
    { value: "Chatter", count: 2 },
    { value: "Townsquare", count: 2 },
  ]);
  assert.deepEqual(counts.standings, [{ value: "unchecked", count: 2 }]);
  const { weeks, hours, withoutTime } = await index.ask((raw) => chartExhibits(raw, {}));
  assert.deepEqual(weeks, [
    { week: "2025-12-29", platform: "Townsquare", count: 1 },
    { week: "2026-01-05", platform: "Chatter", count: 1 },
    { week: "2026-01-05", platform: "Townsquare", count: 1 },
  ]);
  assert.deepEqual(
    hours.filter(({ count }) => count > 0),
    [
      { weekday: 0, hour: 10, count: 2 },
      { weekday: 5, hour: 21, count: 1 },
    ],
  );
  assert.equal(withoutTime, 3);
  assert.deepEqual(
    (await index.ask(listCases)).map(({ name, exhibits }) => [name, exhibits]),
    [["spring", 2]],
  );
  index.close();
});

test("pages follow one another without a gap, whatever is sealed meanwhile", async () => {
  const acts = Array.from({ length: 5000 }, (_, i) =>
    act(i, {
      title: `Post ${i % 7 === 0 ? "seven" : "other"}`,
      postedAt: new Date(1e12 + (i % 50) * 6e7).toISOString(),
    }),
  );
  const index = await indexOf("e.sqlite", acts);
  for (const sort of ["sealed", "posted"] as const) {
    const seen: string[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined; ) {
      const from: { readonly cursor?: string } = cursor === "" ? {} : { cursor };
      const page: Page = await index.ask((raw) => findExhibits(raw, { text: "seven", sort, limit: 199, ...from }));
      seen.push(...page.exhibits.map(({ id }) => id));
      cursor = page.next;
      acts.push(act(acts.length, { title: "Late other" }));
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.equal(seen.length, Math.ceil(5000 / 7));
  }
  await assert.rejects(ids(index, { cursor: "x; DROP" }), (error) => isPlacardError(error, "usage"));
  index.close();
});

test("of what is erased no word stays in the file, nor a part of one", async () => {
  const path = "f.sqlite";
  const word = (i: number): string =>
    Array.from(sha256(utf8(`w${i}`)).subarray(0, 12), (byte) => String.fromCharCode(97 + (byte % 26))).join("");
  const acts = Array.from({ length: 4500 }, (_, i) =>
    act(i, {
      title: `post q${word(i)}`,
      postText: `lane x${word(i)} z${i}`,
      note: `n${word(i)}`,
      handle: `@h${word(i)}`,
      media1About: pdq(Buffer.from(sha256(utf8(word(i)))).toString("hex")),
    }),
  );
  const index = await indexOf(path, acts);
  await index.catchUp();
  const gone = Array.from({ length: 225 }, (_, i) => i * 20);
  for (const i of gone) acts.push(act(acts.length, { act: "erased", of: `PLC-${i}`, reason: "asked for" }));
  await index.catchUp();
  assert.equal((await ids(index, { text: "lane", limit: 200 })).length, 200);
  assert.deepEqual(await ids(index, { text: `x${word(0)}` }), []);
  assert.deepEqual(await ids(index, { text: `x${word(1)}` }), ["PLC-1"]);
  index.close();
  const bytes = (await readFile(join(folder, path))).toString("latin1");
  const partsOf = (text: string): readonly string[] =>
    Array.from({ length: Math.max(0, text.length - 7) }, (_, at) => text.slice(at, at + 8));
  // Each run of letters in the file is taken apart once; to look through it for each part would take the longest of all.
  const held = new Set((bytes.match(/[a-z]{8,}/g) ?? []).flatMap(partsOf));
  assert.ok(partsOf(word(1)).every((part) => held.has(part)));
  assert.deepEqual(
    gone.filter((i) => partsOf(word(i)).some((part) => held.has(part))),
    [],
  );
  const hashes = gone.map((i) => Buffer.from(sha256(utf8(word(i)))).toString("hex"));
  assert.ok(hashes.every((hash) => !bytes.includes(hash)));
});

test("exhibits with a video of which half the frames are alike are found, and of an erased one no frame is left", async () => {
  const film = (...hashes: readonly string[]): Json => ({
    seconds: 4,
    perceptualHashes: {
      algorithm: "pdq",
      frames: hashes.map((hash, at) => ({ at, hash, quality: /^0+$/.test(hash) ? 3 : 90 })),
    },
  });
  const scene = (i: number): string => Buffer.from(sha256(utf8(`scene ${i}`))).toString("hex");
  const black = "0".repeat(64);
  const acts = [
    act(0, { title: "first", media1About: film(scene(1), scene(2), scene(3), black) }),
    act(1, { title: "in part", media2About: film(black, scene(2), scene(3), scene(4)) }),
    act(2, { title: "of one title", media1About: film(scene(1), scene(5), scene(6), scene(7)) }),
    act(3, { title: "dark", media1About: film(scene(1), black, black, black) }),
    act(4, { title: "a still of it", media1About: pdq(scene(1)) }),
    act(5, {
      title: "two videos",
      media1About: film(scene(8), scene(9)),
      media2About: film(scene(1), scene(2), scene(3)),
    }),
  ];
  const path = "films.sqlite";
  const index = await indexOf(path, acts);
  const like = (position: number) =>
    index.ask((raw) => likeExhibit(raw, position, []).map(({ exhibit, why }) => [exhibit.id, why]));
  assert.deepEqual(await like(0), [
    ["PLC-1", "video-alike"],
    ["PLC-5", "video-alike"],
  ]);
  for (const none of [2, 3, 4]) assert.deepEqual(await like(none), []);
  acts.push(act(6, { act: "erased", of: "PLC-5", reason: "asked for" }));
  await index.catchUp();
  assert.deepEqual(await like(0), [["PLC-1", "video-alike"]]);
  index.close();
  const bytes = (await readFile(join(folder, path))).toString("latin1");
  assert.ok(!bytes.includes(scene(9)) && bytes.includes(scene(7)));
});

test("exhibits of the same words, the same file or a like picture are found", async () => {
  const file: Json = { sha256: "ab", bytes: 1, mediaType: "image/png" };
  const near = `${"0".repeat(56)}0000ffff`;
  const acts = [
    ...sample().slice(0, 5),
    act(5, { title: "first", media1: file, media1About: pdq("0".repeat(64)) }),
    act(6, { title: "same file", media1: file }),
    act(7, { title: "like", media1About: pdq(near) }),
    act(8, { title: "unlike", media1About: pdq(`${"f".repeat(8)}${"0".repeat(56)}`) }),
  ];
  const index = await indexOf("g.sqlite", acts);
  const like = (position: number, files: readonly string[] = []) =>
    index.ask((raw) => likeExhibit(raw, position, files).map(({ exhibit, why }) => [exhibit.id, why]));
  assert.deepEqual(await like(0), [["PLC-4", "same-words"]]);
  assert.deepEqual(await like(5, ["ab"]), [
    ["PLC-6", "same-file"],
    ["PLC-7", "picture-alike"],
  ]);
  index.close();
});
