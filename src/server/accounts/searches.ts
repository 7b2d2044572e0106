/** Searches that members have named, each their own, and some shared with the group. */
import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../lib/clock.ts";
import { PlacardError } from "../../lib/error.ts";
import { transact } from "../../lib/sqlite.ts";
import { say } from "../said.ts";

const MOST_EACH = 200;

export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  /** What the list is narrowed to, as the address says it. */
  readonly search: Readonly<Record<string, string>>;
  readonly shared: boolean;
  /** Whether it is the asker's own. */
  readonly own: boolean;
}

interface Asker {
  readonly member: string;
  /** May take away what others have shared. */
  readonly leads: boolean;
}

export interface SearchStore {
  /** A member's own and the group's, by name. */
  list(member: string): readonly SavedSearch[];
  /** Durable when it returns. Throws `conflict` (they have one of that name), `too_large` (too many). */
  keep(member: string, search: Pick<SavedSearch, "name" | "search" | "shared">): SavedSearch;
  /** Throws `not_found`, `conflict`. */
  change(member: string, id: string, change: { readonly name?: string; readonly shared?: boolean }): SavedSearch;
  /** Throws `not_found`. */
  forget(asker: Asker, id: string): void;
}

/** Made where it is missing: another version of Placard takes no notice of it. `owner`: null of one who was removed. */
const TABLE = `CREATE TABLE IF NOT EXISTS searches (
  id TEXT PRIMARY KEY, owner TEXT, name TEXT NOT NULL, search TEXT NOT NULL, shared INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID`;

export function openSearches(raw: DatabaseSync, clock: Clock): SearchStore {
  raw.exec(TABLE);
  const seen = raw.prepare("SELECT * FROM searches WHERE owner = ? OR shared = 1");
  const insert = raw.prepare("INSERT INTO searches (id, owner, name, search, shared, at) VALUES (?, ?, ?, ?, ?, ?)");
  const update = raw.prepare("UPDATE searches SET name = ?, shared = ? WHERE id = ?");
  const remove = raw.prepare("DELETE FROM searches WHERE id = ? AND (owner = ? OR (shared = 1 AND ?))");
  const list = (member: string): readonly SavedSearch[] =>
    seen
      .all(member)
      .map((row) => toldTo(member, row))
      .toSorted((a, b) => a.name.localeCompare(b.name, "en") || (a.id < b.id ? -1 : 1));
  const refuseTwin = (member: string, name: string, but?: string): void => {
    if (!list(member).some((one) => one.own && one.name === name && one.id !== but)) return;
    throw new PlacardError("conflict", say("search_name_taken"), { next: say("another_name") });
  };
  return {
    list,
    keep: (member, { name, search, shared }) =>
      transact(raw, () => {
        refuseTwin(member, name);
        if (list(member).filter(({ own }) => own).length >= MOST_EACH)
          throw new PlacardError("too_large", say("too_many_searches", { count: MOST_EACH }), {
            next: say("delete_search"),
          });
        const id = randomBytes(16).toString("hex");
        insert.run(id, member, name, JSON.stringify(search), shared ? 1 : 0, clock.now());
        return { id, name, search, shared, own: true };
      }),
    change: (member, id, change) =>
      transact(raw, () => {
        const found = list(member).find((one) => one.id === id && one.own);
        if (found === undefined) throw notFound();
        const now = { ...found, ...change };
        refuseTwin(member, now.name, id);
        update.run(now.name, now.shared ? 1 : 0, id);
        return now;
      }),
    forget: ({ member, leads }, id) => {
      if (remove.run(id, member, leads ? 1 : 0).changes === 0) throw notFound();
    },
  };
}

/** Of a member who is removed: what they had shared stays, and is nobody's. */
export function forgetSearchesOf(raw: DatabaseSync, member: string): void {
  raw.exec(TABLE);
  raw.prepare("DELETE FROM searches WHERE owner = ? AND shared = 0").run(member);
  raw.prepare("UPDATE searches SET owner = NULL WHERE owner = ?").run(member);
}

const notFound = (): PlacardError => new PlacardError("not_found", say("no_such_search"));

function toldTo(member: string, row: Record<string, unknown>): SavedSearch {
  return {
    id: String(row["id"]),
    name: String(row["name"]),
    search: JSON.parse(String(row["search"])) as SavedSearch["search"],
    shared: row["shared"] === 1,
    own: row["owner"] === member,
  };
}
