/** The index as the rest of the program sees it: catches up with the ledger on open, answers lists, is never believed. */
import { existsSync } from "node:fs";
import { toHex } from "../lib/bytes.ts";
import { removeDurable } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import { type ExhibitTable, type IndexDatabase, openDatabase } from "./database.ts";
import { type ProjectedAct, project } from "./projection.ts";

export type ExhibitSummary = ExhibitTable;

/** Where the index gets its facts from. */
export interface IndexSource {
  readonly origin: string;
  head(): Promise<{ readonly size: number; readonly root: Uint8Array }>;
  /** The tree's root when it had `size` entries. */
  rootAt(size: number): Promise<Uint8Array>;
  readActs(start: number, end: number): AsyncIterable<ProjectedAct>;
}

export interface ExhibitIndex {
  /** Projects what the ledger has gained since; returns the size it now stands at. */
  catchUp(): Promise<number>;
  /** Newest last, as in the ledger. */
  list(filter?: { readonly caseName?: string }): Promise<readonly ExhibitSummary[]>;
  find(id: string): Promise<ExhibitSummary | undefined>;
  /** Blobs that only the act at `position` points at. */
  blobsOnlyOf(position: number): Promise<readonly string[]>;
  isBlobUsed(sha256: string): Promise<boolean>;
  pendingErasures(): Promise<readonly number[]>;
  /** The vault holds nothing of the act at `position` any more. */
  erasureDone(position: number): Promise<void>;
  close(): void;
}

const CHUNK = 2048;

/** Opens the index at `path`; one that is damaged, of another form or of another ledger is deleted and built again. */
export async function openIndex(path: string, source: IndexSource): Promise<ExhibitIndex> {
  const database = openDatabase(path);
  if (database !== undefined) {
    if (await belongs(database, source)) return asIndex(database, source);
    database.raw.close();
  }
  await deleteIndex(path);
  const fresh = openDatabase(path);
  if (fresh === undefined) throw new PlacardError("storage", `The index at ${path} could not be made.`);
  return asIndex(fresh, source);
}

/** Deletes the index with everything SQLite keeps beside it. */
export async function deleteIndex(path: string): Promise<void> {
  for (const suffix of ["", "-journal", "-wal", "-shm"]) {
    if (existsSync(path + suffix)) await removeDurable(path + suffix);
  }
}

async function belongs(database: IndexDatabase, source: IndexSource): Promise<boolean> {
  try {
    const progress = await database.query.selectFrom("progress").selectAll().executeTakeFirst();
    if (progress === undefined) return true;
    const { size } = await source.head();
    if (progress.origin !== source.origin || progress.size > size) return false;
    return toHex(await source.rootAt(progress.size)) === progress.root;
  } catch (error) {
    if (error instanceof PlacardError) throw error;
    return false;
  }
}

function asIndex(database: IndexDatabase, source: IndexSource): ExhibitIndex {
  const { query, raw } = database;
  return {
    catchUp: () => catchUp(database, source),
    list: (filter = {}) => {
      let rows = query.selectFrom("exhibits").selectAll().orderBy("position");
      if (filter.caseName !== undefined) rows = rows.where("caseName", "=", filter.caseName);
      return rows.execute();
    },
    find: (id) => query.selectFrom("exhibits").selectAll().where("id", "=", id).executeTakeFirst(),
    blobsOnlyOf: async (position) => {
      const rows = await query
        .selectFrom("blobUses as mine")
        .select("mine.sha256")
        .where("mine.position", "=", position)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom("blobUses as other")
                .select("other.position")
                .whereRef("other.sha256", "=", "mine.sha256")
                .where("other.position", "!=", position),
            ),
          ),
        )
        .execute();
      return rows.map((row) => row.sha256);
    },
    isBlobUsed: async (sha256) =>
      (await query.selectFrom("blobUses").select("position").where("sha256", "=", sha256).executeTakeFirst()) !==
      undefined,
    pendingErasures: async () =>
      (await query.selectFrom("pendingErasures").select("position").orderBy("position").execute()).map(
        (row) => row.position,
      ),
    erasureDone: async (position) => {
      await query.transaction().execute(async (step) => {
        await step.deleteFrom("pendingErasures").where("position", "=", position).execute();
        await step.deleteFrom("blobUses").where("position", "=", position).execute();
      });
    },
    close: () => raw.close(),
  };
}

/** One chunk a transaction, so that it can be stopped anywhere and two processes can do it at once. */
async function catchUp(database: IndexDatabase, source: IndexSource): Promise<number> {
  const { size } = await source.head();
  let from = await progressOf(database);
  while (from < size) {
    const end = Math.min(size, from + CHUNK);
    const acts: ProjectedAct[] = [];
    for await (const act of source.readActs(from, end)) acts.push(act);
    writeChunk(database, acts, { origin: source.origin, from, end, root: toHex(await source.rootAt(end)) });
    from = await progressOf(database);
  }
  return from;
}

interface Step {
  readonly origin: string;
  readonly from: number;
  readonly end: number;
  readonly root: string;
}

/** Writes nothing where another process has gone ahead meanwhile. Synchronous, so nothing comes between. */
function writeChunk(database: IndexDatabase, acts: readonly ProjectedAct[], step: Step): void {
  const { raw } = database;
  raw.exec("BEGIN IMMEDIATE");
  try {
    const stands = Number(raw.prepare("SELECT size FROM progress").get()?.["size"] ?? 0);
    if (stands === step.from) {
      writeActs(database, acts);
      raw
        .prepare("INSERT OR REPLACE INTO progress (one, origin, size, root) VALUES (1, ?, ?, ?)")
        .run(step.origin, step.end, step.root);
    }
    raw.exec("COMMIT");
  } catch (error) {
    raw.exec("ROLLBACK");
    throw error;
  }
}

async function progressOf(database: IndexDatabase): Promise<number> {
  return (await database.query.selectFrom("progress").select("size").executeTakeFirst())?.size ?? 0;
}

const INSERT_EXHIBIT = `INSERT INTO exhibits
  (position, id, state, sealedAt, url, title, platform, author, postedAt, caseName) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
/** An erased exhibit keeps its id and times, and nothing of what it said. */
const ERASE_EXHIBIT = `UPDATE exhibits SET state = 'erased', reason = ?, erasedAt = ?,
  url = NULL, title = NULL, platform = NULL, author = NULL, postedAt = NULL, caseName = NULL WHERE id = ?`;
const INSERT_PENDING = "INSERT OR IGNORE INTO pendingErasures (position) SELECT position FROM exhibits WHERE id = ?";

function writeActs({ raw }: IndexDatabase, acts: readonly ProjectedAct[]): void {
  const { exhibits, blobUses, erasures } = project(acts);
  const insert = raw.prepare(INSERT_EXHIBIT);
  for (const row of exhibits) {
    const { position, id, state, sealedAt, url, title, platform, author, postedAt, caseName } = row;
    insert.run(position, id, state, sealedAt, url, title, platform, author, postedAt, caseName);
  }
  const use = raw.prepare("INSERT OR IGNORE INTO blobUses (sha256, position) VALUES (?, ?)");
  for (const { sha256, position } of blobUses) use.run(sha256, position);
  for (const { id, reason, erasedAt } of erasures) {
    raw.prepare(ERASE_EXHIBIT).run(reason, erasedAt, id);
    raw.prepare(INSERT_PENDING).run(id);
  }
}
