/** Exhibits that are alike: of the same words, the same file, or a picture that looks the same. */
import type { DatabaseSync } from "node:sqlite";
import { isWithin, SAME_PICTURE } from "../capture/media/pdq.ts";
import { refresh } from "./columns.ts";
import type { ExhibitTable } from "./database.ts";
import { PLACES } from "./full-text.ts";

const MOST = 50;

export interface Like {
  readonly exhibit: ExhibitTable;
  readonly why: "same-words" | "same-file" | "picture-alike";
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
  readonly words: Uint32Array;
}

const held = new WeakMap<DatabaseSync, Map<number, Hashes>>();

function hashesOf(raw: DatabaseSync): Iterable<Hashes> {
  const shelves = held.get(raw) ?? new Map<number, Hashes>();
  held.set(raw, shelves);
  // One row for all of them: a row for each costs four times as much as the comparing.
  const all = raw.prepare(`SELECT group_concat(position) AS places, group_concat(pdq, '') AS hashes
    FROM pictures WHERE position >= ? AND position < ?`);
  refresh(raw, shelves, (shelf, upTo) => {
    const { places, hashes } = all.get(shelf * PLACES, (shelf + 1) * PLACES) ?? {};
    const isEmpty = typeof places !== "string" || typeof hashes !== "string";
    return isEmpty
      ? { upTo, places: [], words: new Uint32Array() }
      : { upTo, places: places.split(",").map(Number), words: wordsOfHash(hashes) };
  });
  return shelves.values();
}

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
  for (const { places, words } of hashesOf(raw))
    for (const one of wanted)
      for (let i = 0; i < places.length; i++)
        if (isWithin(one, words, WORDS * i, SAME_PICTURE)) found.push(places[i] as number);
  return [...new Set(found)].toSorted((a, b) => a - b);
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
  /** Of a filing: what it changed (projection.ts), as JSON. */
  readonly said: string | null;
}

/** Acts about an exhibit that are no recaptures of it, in the ledger's order. */
export function actsAbout(raw: DatabaseSync, id: string): readonly ActAbout[] {
  return raw
    .prepare("SELECT position, id, act, at, actor, said FROM actsAbout WHERE about = ? ORDER BY position")
    .all(id) as unknown as ActAbout[];
}

/** Ids of the acts of a kind that are about themselves, such as questions, in the ledger's order. */
export function idsOf(raw: DatabaseSync, act: string): readonly string[] {
  return raw
    .prepare("SELECT id FROM actsAbout WHERE act = ? AND id = about ORDER BY position")
    .all(act)
    .map((row) => String(row["id"]));
}
