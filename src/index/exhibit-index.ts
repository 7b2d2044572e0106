/**
 * The index as the rest of the program sees it: stands where the ledger stands whenever it answers, and is never
 * believed. Other processes may catch it up, empty it or put another file in its place at any time.
 */
import { existsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { toHex } from "../lib/bytes.ts";
import { removeDurable } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import { isDamage, transact } from "../lib/sqlite.ts";
import {
  type ExhibitTable,
  type IndexDatabase,
  isReplaced,
  openDatabase,
  query,
  rowsOf,
  translate,
} from "./database.ts";
import { forgetAllSearch } from "./full-text.ts";
import { type ProjectedAct, REMARK_ACTS_IN_SQL } from "./projection.ts";
import { say } from "./said.ts";
import { writeActs } from "./write-acts.ts";

export type ExhibitSummary = ExhibitTable;

/** Where the index gets its facts from. */
export interface IndexSource {
  readonly origin: string;
  head(): Promise<{ readonly size: number; readonly root: Uint8Array }>;
  /** The tree's root when it had `size` entries. */
  rootAt(size: number): Promise<Uint8Array>;
  readActs(start: number, end: number): AsyncIterable<ProjectedAct>;
}

/** A filing that still says something while the exhibit it is of is erased. */
export interface FilingLeft {
  readonly id: string;
  readonly position: number;
  readonly about: string;
  /** Why the exhibit was erased. */
  readonly reason: string | null;
}

/** What the ledger says is erased and the vault may still hold. */
export interface ErasuresDue {
  readonly positions: readonly number[];
  /** Blobs of theirs that no other act points at. */
  readonly blobs: readonly string[];
}

/** Every question is answered as of the ledger's end. Throws what reading the acts throws, `busy`, `storage`. */
export interface ExhibitIndex {
  /** Projects what the ledger has gained since; returns the size it now stands at. */
  catchUp(): Promise<number>;
  /** Newest last, as in the ledger. */
  list(filter?: { readonly caseName?: string }): Promise<readonly ExhibitSummary[]>;
  find(id: string): Promise<ExhibitSummary | undefined>;
  /** Recaptures of an exhibit, oldest first. */
  recapturesOf(id: string): Promise<readonly ExhibitSummary[]>;
  /** Recaptures that still say something while the exhibit they are of is erased. */
  recapturesLeft(): Promise<readonly ExhibitSummary[]>;
  /** Filings of exhibits that are erased. */
  filingsLeft(): Promise<readonly FilingLeft[]>;
  /** What was sealed for these items of the agenda, by their keys. */
  sealedFor(items: readonly string[]): Promise<ReadonlyMap<string, ExhibitSummary>>;
  /** Any other question, answered in one transaction (find.ts, counts.ts, likeness.ts). */
  ask<T>(question: (raw: DatabaseSync) => T): Promise<T>;
  erasuresDue(): Promise<ErasuresDue>;
  /** The vault holds nothing of the act at `position` any more. */
  erasureDone(position: number): void;
  close(): void;
}

const CHUNK = 2048;
/** Others would have to empty the index this often between catching up and reading. */
const MOST_ATTEMPTS = 50;

/** Opens the index at `path`; one that is damaged, of another form or of another ledger is made anew. */
export async function openIndex(path: string, source: IndexSource): Promise<ExhibitIndex> {
  return new FileIndex(path, source, await openOwn(path, source));
}

/**
 * Makes the index forget everything. Its file stays where it can, for others may have it open: SQLite's journal goes by
 * the file's name, and a new file beside an old journal would be damaged by it.
 */
export async function emptyIndex(path: string): Promise<void> {
  if (!existsSync(path)) return;
  const database = openDatabase(path);
  try {
    if (database === undefined) return await deleteIndex(path);
    forget(database.raw);
  } catch (error) {
    if (!isDamage(error)) throw translate(error);
    await deleteIndex(path);
  } finally {
    if (database?.raw.isOpen) database.raw.close();
  }
}

async function openOwn(path: string, source: IndexSource): Promise<IndexDatabase> {
  const database = openDatabase(path);
  try {
    if (database !== undefined) {
      if (!(await belongs(database, source))) forget(database.raw);
      return database;
    }
  } catch (error) {
    database?.raw.close();
    if (!isDamage(error)) throw translate(error);
  }
  await deleteIndex(path);
  const fresh = openDatabase(path);
  if (fresh === undefined) throw new PlacardError("storage", `The index at ${path} could not be made.`);
  return fresh;
}

/** Deletes the index with everything SQLite keeps beside it, which must not outlive it. */
async function deleteIndex(path: string): Promise<void> {
  for (const suffix of ["-journal", "-wal", "-shm", ""]) {
    if (existsSync(path + suffix)) await removeDurable(path + suffix);
  }
}

const TABLES = [
  "progress",
  "pendingErasures",
  "blobUses",
  "exhibits",
  "words",
  "pictures",
  "frames",
  "actsAbout",
  "tags",
  "touched",
] as const;

function forget(raw: DatabaseSync): void {
  transact(raw, () => {
    for (const table of TABLES) raw.exec(`DELETE FROM ${table}`);
    forgetAllSearch(raw);
  });
}

async function belongs({ raw }: IndexDatabase, source: IndexSource): Promise<boolean> {
  const [progress] = rowsOf(raw, query.selectFrom("progress").selectAll());
  if (progress === undefined) return true;
  const { size } = await source.head();
  if (progress.origin !== source.origin || progress.size > size) return false;
  return toHex(await source.rootAt(progress.size)) === progress.root;
}

/** Owns the open database, and those it had open before. */
class FileIndex implements ExhibitIndex {
  readonly #path: string;
  readonly #source: IndexSource;
  #database: IndexDatabase;
  /** Closed only at the end, since somebody here may be in the midst of a catch-up with one. */
  readonly #replaced: IndexDatabase[] = [];

  constructor(path: string, source: IndexSource, database: IndexDatabase) {
    this.#path = path;
    this.#source = source;
    this.#database = database;
  }

  async catchUp(): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      if (isReplaced(this.#path, this.#database)) {
        this.#replaced.push(this.#database);
        this.#database = await openOwn(this.#path, this.#source);
      }
      const database = this.#database;
      try {
        return await catchUp(database, this.#source);
      } catch (error) {
        if (attempt === MOST_ATTEMPTS || !isReplaced(this.#path, database)) throw translate(error);
      }
    }
  }

  list(filter: { readonly caseName?: string } = {}): Promise<readonly ExhibitSummary[]> {
    let rows = query.selectFrom("exhibits").selectAll().orderBy("position");
    if (filter.caseName !== undefined) rows = rows.where("caseName", "=", filter.caseName);
    return this.#current((raw) => rowsOf(raw, rows));
  }

  find(id: string): Promise<ExhibitSummary | undefined> {
    return this.#current((raw) => rowsOf(raw, query.selectFrom("exhibits").selectAll().where("id", "=", id))[0]);
  }

  recapturesOf(id: string): Promise<readonly ExhibitSummary[]> {
    const rows = query.selectFrom("exhibits").selectAll().where("recaptureOf", "=", id).orderBy("position");
    return this.#current((raw) => rowsOf(raw, rows));
  }

  recapturesLeft(): Promise<readonly ExhibitSummary[]> {
    const erased = query.selectFrom("exhibits").select("id").where("state", "=", "erased");
    const rows = query
      .selectFrom("exhibits")
      .selectAll()
      .where("recaptureOf", "in", erased)
      .where("state", "=", "sealed")
      .orderBy("position");
    return this.#current((raw) => rowsOf(raw, rows));
  }

  filingsLeft(): Promise<readonly FilingLeft[]> {
    return this.#current(
      (raw) =>
        raw
          .prepare(
            `SELECT a.id, a.position, a.about, e.reason FROM exhibits e JOIN actsAbout a ON a.about = e.id
             WHERE e.state = 'erased' AND a.act IN (${REMARK_ACTS_IN_SQL}) ORDER BY a.position`,
          )
          .all() as unknown as readonly FilingLeft[],
    );
  }

  sealedFor(items: readonly string[]): Promise<ReadonlyMap<string, ExhibitSummary>> {
    return this.#current((raw) => {
      const found = items.flatMap((item) =>
        rowsOf(raw, query.selectFrom("exhibits").selectAll().where("agendaItem", "=", item)),
      );
      return new Map(found.map((row) => [row.agendaItem as string, row]));
    });
  }

  ask<T>(question: (raw: DatabaseSync) => T): Promise<T> {
    return this.#current(question);
  }

  erasuresDue(): Promise<ErasuresDue> {
    const pending = query.selectFrom("pendingErasures").select("position");
    const kept = query.selectFrom("blobUses").select("sha256").where("position", "not in", pending);
    const blobs = query
      .selectFrom("blobUses")
      .select("sha256")
      .distinct()
      .where("position", "in", pending)
      .where("sha256", "not in", kept);
    return this.#current((raw) => {
      const positions = rowsOf(raw, pending.orderBy("position")).map(({ position }) => position);
      return { positions, blobs: positions.length === 0 ? [] : rowsOf(raw, blobs).map(({ sha256 }) => sha256) };
    });
  }

  erasureDone(position: number): void {
    const { raw } = this.#database;
    try {
      transact(raw, () => {
        for (const table of ["pendingErasures", "blobUses"])
          raw.prepare(`DELETE FROM ${table} WHERE position = ?`).run(position);
      });
    } catch (error) {
      // The index that took its place says again that the erasure is due, and doing it again does no harm.
      if (!isReplaced(this.#path, this.#database)) throw translate(error);
    }
  }

  close(): void {
    for (const { raw } of [...this.#replaced, this.#database]) if (raw.isOpen) raw.close();
  }

  /** Reads in one transaction with the check that the index still stands where it was brought to. */
  async #current<T>(read: (raw: DatabaseSync) => T): Promise<T> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const size = await this.catchUp();
      const { raw } = this.#database;
      try {
        const answer = transact(raw, () => (progressOf(raw) < size ? undefined : { value: read(raw) }), "BEGIN");
        if (answer !== undefined) return answer.value;
      } catch (error) {
        throw translate(error);
      }
    }
    throw new PlacardError("busy", say("index_rebuilding"));
  }
}

/** One chunk a transaction, so that it can be stopped anywhere and two processes can do it at once. */
async function catchUp({ raw }: IndexDatabase, source: IndexSource): Promise<number> {
  const { size } = await source.head();
  let from = progressOf(raw);
  while (from < size) {
    const end = Math.min(size, from + CHUNK);
    const acts: ProjectedAct[] = [];
    for await (const act of source.readActs(from, end)) acts.push(act);
    writeChunk(raw, acts, { origin: source.origin, from, end, root: toHex(await source.rootAt(end)) });
    from = progressOf(raw);
  }
  return from;
}

interface Step {
  readonly origin: string;
  readonly from: number;
  readonly end: number;
  readonly root: string;
}

/** Writes nothing where another process has gone ahead meanwhile, or has emptied the index. */
function writeChunk(raw: DatabaseSync, acts: readonly ProjectedAct[], step: Step): void {
  transact(raw, () => {
    if (progressOf(raw) !== step.from) return;
    writeActs(raw, acts);
    raw
      .prepare("INSERT OR REPLACE INTO progress (one, origin, size, root) VALUES (1, ?, ?, ?)")
      .run(step.origin, step.end, step.root);
  });
}

function progressOf(raw: DatabaseSync): number {
  return rowsOf(raw, query.selectFrom("progress").select("size"))[0]?.size ?? 0;
}
