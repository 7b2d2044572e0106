/**
 * The full-text tables. There is one for each 4,096 places of the ledger, because what is erased must leave no byte:
 * FTS5 keeps the beginnings of words that are gone (in its own `secure-delete` mode too; measured, one word in four
 * hundred), so the table an erased exhibit stood in is written anew, and that takes a tenth of a second and not four.
 */
import type { DatabaseSync } from "node:sqlite";
import { fed } from "./tokens.ts";

export const PLACES = 4096;
const tableOf = (shelf: number): string => `search${shelf}`;
export const shelfOf = (position: number): number => Math.floor(position / PLACES);

/** The numbers of the tables there are, ascending. */
export function shelvesOf(raw: DatabaseSync): readonly number[] {
  const named = raw.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE search%'",
  );
  return named
    .all()
    .map((row) => Number(String(row["name"]).slice("search".length)))
    .toSorted((a, b) => a - b);
}

/** A query for the places whose exhibits match, of one table or of all; takes the expression once for each. */
export function matchesIn(shelves: readonly number[]): string {
  if (shelves.length === 0) return "SELECT 0 AS place WHERE ? IS NULL";
  return shelves
    .map((shelf) => `SELECT rowid AS place FROM ${tableOf(shelf)} WHERE ${tableOf(shelf)} MATCH ?`)
    .join(" UNION ALL ");
}

/** The places of one table that match. */
export function placesMatching(raw: DatabaseSync, shelf: number, expression: string): readonly number[] {
  const matching = raw.prepare(`SELECT rowid FROM ${tableOf(shelf)} WHERE ${tableOf(shelf)} MATCH ?`);
  matching.setReturnArrays(true);
  return (matching.all(expression) as unknown as readonly (readonly [number])[]).map(([place]) => place);
}

const SEARCHED = `SELECT e.position, e.title, e.url, e.receivedFrom, e.caseName, w.postText, w.note,
    (SELECT json_group_array(tag ORDER BY tag) FROM tags t WHERE t.position = e.position) AS tags
  FROM exhibits e JOIN words w ON w.position = e.position WHERE e.state = 'sealed' AND e.recaptureOf IS NULL`;

/** Adds these rows, which are in the other tables already. */
export function addToSearch(raw: DatabaseSync, positions: readonly number[]): void {
  const one = raw.prepare(`${SEARCHED} AND e.position = ?`);
  for (const [shelf, places] of Map.groupBy(positions, shelfOf)) {
    raw.exec(
      `CREATE VIRTUAL TABLE IF NOT EXISTS ${tableOf(shelf)} USING fts5 (said, note, content = '', columnsize = 0, tokenize = 'ascii', prefix = '1 2 3')`,
    );
    fill(
      raw,
      shelf,
      places.flatMap((place) => one.all(place)),
    );
  }
}

/** Writes the tables anew in which these stood. */
export function forgetInSearch(raw: DatabaseSync, positions: readonly number[]): void {
  const there = new Set(shelvesOf(raw));
  for (const shelf of new Set(positions.map(shelfOf))) {
    if (!there.has(shelf)) continue;
    raw.exec(`INSERT INTO ${tableOf(shelf)} (${tableOf(shelf)}) VALUES ('delete-all')`);
    const rows = raw.prepare(`${SEARCHED} AND e.position >= ? AND e.position < ?`);
    fill(raw, shelf, rows.all(shelf * PLACES, (shelf + 1) * PLACES));
  }
}

export function forgetAllSearch(raw: DatabaseSync): void {
  for (const shelf of shelvesOf(raw)) raw.exec(`DROP TABLE ${tableOf(shelf)}`);
}

function fill(raw: DatabaseSync, shelf: number, rows: readonly Record<string, unknown>[]): void {
  const insert = raw.prepare(`INSERT INTO ${tableOf(shelf)} (rowid, said, note) VALUES (?, ?, ?)`);
  for (const row of rows) insert.run(...fedFrom(row));
}

function fedFrom(row: Record<string, unknown>): [position: number, said: string, note: string] {
  const text = (name: string): string | null => (typeof row[name] === "string" ? row[name] : null);
  // Not who wrote it: what was said is looked for, and not whom it was said by (docs/decisions/0042).
  const said = ["title", "postText", "url", "receivedFrom"].map(text);
  const tags = JSON.parse(text("tags") ?? "[]") as readonly string[];
  return [Number(row["position"]), fed(...said), fed(text("note"), text("caseName"), ...tags)];
}

/** Does `change` to what one exhibit is filed under, and has it found by that. */
export function refile(raw: DatabaseSync, position: number, change: () => void): void {
  const shelf = shelfOf(position);
  const row = raw.prepare(`${SEARCHED} AND e.position = ?`);
  const before = row.get(position);
  const isThere = before !== undefined && shelvesOf(raw).includes(shelf);
  change();
  if (!isThere) return;
  const table = tableOf(shelf);
  // What the words before were is told to it: a table of this kind keeps none. Their beginnings may stay in it until something of this shelf is erased.
  raw.prepare(`INSERT INTO ${table} (${table}, rowid, said, note) VALUES ('delete', ?, ?, ?)`).run(...fedFrom(before));
  fill(raw, shelf, row.all(position));
}
