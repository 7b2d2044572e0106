/** Lists of exhibits: what matches, newest first, a page at a time. */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { PlacardError } from "../lib/error.ts";
import type { ExhibitTable } from "./database.ts";
import { conditionOf, type Filter } from "./filter.ts";
import { matchesIn, shelvesOf } from "./full-text.ts";
import { say } from "./said.ts";
import { askedOf, excerpt, marked, matchOf, type Piece } from "./tokens.ts";

export interface FindOptions extends Filter {
  readonly sort?: "sealed" | "posted";
  /** From the page before. */
  readonly cursor?: string;
  readonly limit?: number;
}

export interface FoundExhibit extends ExhibitTable {
  readonly tags: readonly string[];
  /** In pieces, those marked that were looked for. Text, never markup. */
  readonly marks: {
    readonly title: readonly Piece[];
    readonly text: readonly Piece[];
    readonly note: readonly Piece[];
  };
}

export interface Page {
  readonly exhibits: readonly FoundExhibit[];
  /** Of the page after; undefined at the end. */
  readonly next?: string;
}

const LONGEST_PAGE = 200;
const USUAL_PAGE = 50;

/** Throws `usage` for a cursor that is none of ours. */
export function findExhibits(raw: DatabaseSync, options: FindOptions): Page {
  const { sort = "sealed", limit = USUAL_PAGE } = options;
  const most = Math.min(Math.max(1, Math.floor(limit)), LONGEST_PAGE);
  const { words: asked, isVain } = askedOf(options.text);
  if (isVain) return { exhibits: [] };
  const places = sort === "posted" ? byPosted(raw, options, asked, most + 1) : bySealed(raw, options, asked, most + 1);
  const shown = rowsAt(raw, places.slice(0, most), asked);
  const last = shown.at(-1);
  if (places.length <= most || last === undefined) return { exhibits: shown };
  return { exhibits: shown, next: sort === "posted" ? `${last.posted}.${last.position}` : String(last.position) };
}

export function expressionOf(asked: readonly string[], { notes }: Filter): string {
  return notes === true ? matchOf(asked) : matchOf(asked, "said");
}

type Places = readonly number[];

function placesOf(raw: DatabaseSync, sql: string, values: readonly SQLInputValue[]): Places {
  const statement = raw.prepare(sql);
  statement.setReturnArrays(true);
  return (statement.all(...values) as unknown as readonly (readonly [number])[]).map(([place]) => place);
}

/** Places in the ledger are the order of sealing, so a page takes only as many of them as it shows. */
function bySealed(raw: DatabaseSync, options: FindOptions, asked: readonly string[], most: number): Places {
  const { sql, values } = conditionOf(options, { samples: true });
  const before = options.cursor === undefined ? Number.MAX_SAFE_INTEGER : cursorNumbers(options.cursor, 1)[0];
  if (asked.length === 0) {
    const query = `SELECT e.position FROM exhibits e WHERE ${sql} AND e.position < ? ORDER BY e.position DESC LIMIT ?`;
    return placesOf(raw, query, [...values, before ?? 0, most]);
  }
  const found: number[] = [];
  for (const shelf of shelvesOf(raw).toReversed()) {
    const table = `search${shelf}`;
    const query = `SELECT e.position FROM ${table} CROSS JOIN exhibits e ON e.position = ${table}.rowid
      WHERE ${table} MATCH ? AND ${sql} AND e.position < ? ORDER BY ${table}.rowid DESC LIMIT ?`;
    found.push(...placesOf(raw, query, [expressionOf(asked, options), ...values, before ?? 0, most - found.length]));
    if (found.length >= most) break;
  }
  return found;
}

function byPosted(raw: DatabaseSync, options: FindOptions, asked: readonly string[], most: number): Places {
  const { sql, values } = conditionOf(options, { samples: true });
  const [posted = Number.MAX_SAFE_INTEGER, position = 0] =
    options.cursor === undefined ? [] : cursorNumbers(options.cursor, 2);
  const shelves = asked.length === 0 ? [] : shelvesOf(raw);
  const matching = asked.length === 0 ? "" : `AND +e.position IN (${matchesIn(shelves)})`;
  const query = `SELECT e.position FROM exhibits e WHERE ${sql} AND (e.posted, e.position) < (?, ?) ${matching}
    ORDER BY e.posted DESC, e.position DESC LIMIT ?`;
  const expressions = asked.length === 0 ? [] : Array(Math.max(1, shelves.length)).fill(expressionOf(asked, options));
  return placesOf(raw, query, [...values, posted, position, ...expressions, most]);
}

function cursorNumbers(cursor: string, count: 1 | 2): readonly number[] {
  const numbers = cursor.split(".").map(Number);
  if (numbers.length === count && numbers.every(Number.isSafeInteger)) return numbers;
  throw new PlacardError("usage", say("page_not_known"), { next: say("list_beginning") });
}

function rowsAt(raw: DatabaseSync, places: Places, asked: readonly string[]): readonly FoundExhibit[] {
  const one = raw.prepare(
    "SELECT e.*, w.postText, w.note FROM exhibits e LEFT JOIN words w USING (position) WHERE e.position = ?",
  );
  const tags = raw.prepare(TAGS);
  return places.map((place) => {
    const { postText, note, ...row } = one.get(place) as unknown as ExhibitTable & Said;
    const marks = {
      title: marked((row.title ?? "").slice(0, 500).toWellFormed(), asked),
      text: excerpt(postText ?? "", asked),
      note: excerpt(note ?? "", asked),
    };
    return { ...row, tags: tags.all(place).map(({ tag }) => String(tag)), marks };
  });
}

const TAGS = "SELECT tag FROM tags WHERE position = ? ORDER BY tag";

/** What the group has tagged an exhibit with. */
export function tagsAt(raw: DatabaseSync, position: number): readonly string[] {
  return raw
    .prepare(TAGS)
    .all(position)
    .map(({ tag }) => String(tag));
}

interface Said {
  readonly postText: string | null;
  readonly note: string | null;
}
