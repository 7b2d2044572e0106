/** Exhibits that are alike: of the same words, the same file, or a picture or video that looks the same. */
import type { DatabaseSync } from "node:sqlite";
import { isWithin, SAME_PICTURE } from "../capture/media/pdq.ts";
import { refresh } from "./columns.ts";
import type { ExhibitTable } from "./database.ts";
import { PLACES } from "./full-text.ts";

const MOST = 50;

export interface Like {
  readonly exhibit: ExhibitTable;
  readonly why: "same-words" | "same-file" | "picture-alike" | "video-alike";
}

/** `files`: content hashes of the post's own media. */
export function likeExhibit(raw: DatabaseSync, position: number, files: readonly string[]): readonly Like[] {
  const found = new Map<number, Like["why"]>();
  const note = (places: readonly number[], why: Like["why"]): void => {
    for (const place of places) if (place !== position && !found.has(place)) found.set(place, why);
  };
  note(sameWords(raw, position), "same-words");
  for (const sha256 of files)
    note(column(raw, "SELECT position FROM blobUses WHERE sha256 = ? LIMIT 200", sha256), "same-file");
  note(alikePictures(raw, position), "picture-alike");
  note(alikeVideos(raw, position), "video-alike");
  const one = raw.prepare("SELECT * FROM exhibits WHERE position = ? AND recaptureOf IS NULL AND state = 'sealed'");
  return [...found]
    .flatMap(([place, why]) => {
      const exhibit = one.get(place) as unknown as ExhibitTable | undefined;
      return exhibit === undefined ? [] : [{ exhibit, why }];
    })
    .slice(0, MOST);
}

function sameWords(raw: DatabaseSync, position: number): readonly number[] {
  return column(
    raw,
    "SELECT position FROM words WHERE digest = (SELECT digest FROM words WHERE position = ?) ORDER BY position DESC LIMIT 200",
    position,
  );
}

/** Of 32 bits, in a hash of 256. */
const WORDS = 8;

/** The hashes of one shelf, in memory: 100,000 are gone through in the time in which SQLite tells a few hundred. */
interface Hashes {
  readonly upTo: number;
  /** Of each hash, the place in the ledger that its picture has. */
  readonly places: readonly number[];
  /** … and which of its files it is of. */
  readonly media: readonly number[];
  readonly words: Uint32Array;
}

type Table = "pictures" | "frames";

const held: Readonly<Record<Table, WeakMap<DatabaseSync, Map<number, Hashes>>>> = {
  pictures: new WeakMap(),
  frames: new WeakMap(),
};

function hashesOf(raw: DatabaseSync, table: Table): Iterable<Hashes> {
  const shelves = held[table].get(raw) ?? new Map<number, Hashes>();
  held[table].set(raw, shelves);
  // One row for all of them: a row for each costs four times as much as the comparing.
  const all =
    raw.prepare(`SELECT group_concat(position) AS places, group_concat(media) AS media, group_concat(pdq, '') AS hashes
    FROM ${table} WHERE position >= ? AND position < ?`);
  refresh(raw, shelves, (shelf, upTo) => {
    const { places, media, hashes } = all.get(shelf * PLACES, (shelf + 1) * PLACES) ?? {};
    const isEmpty = typeof places !== "string" || typeof media !== "string" || typeof hashes !== "string";
    return isEmpty
      ? { upTo, places: [], media: [], words: new Uint32Array() }
      : { upTo, places: numbersIn(places), media: numbersIn(media), words: wordsOfHash(hashes) };
  });
  return shelves.values();
}

const numbersIn = (list: string): readonly number[] => list.split(",").map(Number);

function wordsOfHash(hashes: string): Uint32Array {
  return new Uint32Array(Uint8Array.from(Buffer.from(hashes, "hex")).buffer);
}

/** Each hash there is is held against it, most of them by their first words only. */
function alikePictures(raw: DatabaseSync, position: number): readonly number[] {
  const own = raw
    .prepare("SELECT pdq FROM pictures WHERE position = ?")
    .all(position)
    .map((row) => String(row["pdq"]));
  if (own.length === 0) return [];
  const wanted = own.map(wordsOfHash);
  const found: number[] = [];
  // By number: going through their entries costs as much as the comparing.
  for (const { places, words } of hashesOf(raw, "pictures"))
    for (const one of wanted)
      for (let i = 0; i < places.length; i++)
        if (isWithin(one, words, WORDS * i, SAME_PICTURE)) found.push(places[i] as number);
  return [...new Set(found)].toSorted((a, b) => a - b);
}

/** Of two videos half of the frames, of each, are like some of the other: one alone may be anybody's title. */
function alikeVideos(raw: DatabaseSync, position: number): readonly number[] {
  const own = raw.prepare("SELECT media, pdq FROM frames WHERE position = ?").all(position);
  const videos = [...Map.groupBy(own, ({ media }) => Number(media)).values()];
  if (videos.length === 0) return [];
  const wanted = videos.map((frames) => frames.map(({ pdq }) => wordsOfHash(String(pdq))));
  const found: number[] = [];
  for (const { places, media, words } of hashesOf(raw, "frames")) {
    // The frames of one video follow one another.
    for (let from = 0, to = 0; from < places.length; from = to) {
      while (to < places.length && places[to] === places[from] && media[to] === media[from]) to++;
      if (wanted.some((frames) => isLike(frames, words, from, to))) found.push(places[from] as number);
    }
  }
  return [...new Set(found)].toSorted((a, b) => a - b);
}

function isLike(frames: readonly Uint32Array[], words: Uint32Array, from: number, to: number): boolean {
  const theirs = new Set<number>();
  let ours = 0;
  for (const [at, one] of frames.entries()) {
    // Most videos have nothing in common: of these half is gone through.
    if (2 * (ours + frames.length - at) < frames.length) return false;
    let isAny = false;
    for (let i = from; i < to; i++) {
      if (!isWithin(one, words, WORDS * i, SAME_PICTURE)) continue;
      isAny = true;
      theirs.add(i);
    }
    if (isAny) ours++;
  }
  return 2 * ours >= frames.length && 2 * theirs.size >= to - from;
}

function column(raw: DatabaseSync, sql: string, value: string | number): readonly number[] {
  return raw
    .prepare(sql)
    .all(value)
    .map((row) => Number(row["position"]));
}

export interface ActAbout {
  readonly position: number;
  readonly id: string;
  readonly act: string;
  readonly at: string;
  readonly actor: string | null;
  /** Of a filing: what it changed (projection.ts); of a step to the public: what it says (src/show/acts.ts); as JSON. */
  readonly said: string | null;
}

/** Acts about an exhibit that are no recaptures of it, in the ledger's order. */
export function actsAbout(raw: DatabaseSync, id: string): readonly ActAbout[] {
  return raw
    .prepare("SELECT position, id, act, at, actor, said FROM actsAbout WHERE about = ? ORDER BY position")
    .all(id) as unknown as ActAbout[];
}
