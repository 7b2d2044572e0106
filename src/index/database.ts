/** Opens the disposable SQLite index, in the form of the day; an index in any other form is thrown away by the caller. */
import { DatabaseSync } from "node:sqlite";
import { type Generated, Kysely, SqliteDialect } from "kysely";
import { INDEX_VERSION } from "./version.ts";

export interface ExhibitTable {
  readonly position: number;
  readonly id: string;
  readonly state: "sealed" | "erased";
  readonly sealedAt: string;
  readonly url: string | null;
  readonly title: string | null;
  readonly platform: string | null;
  readonly author: string | null;
  readonly postedAt: string | null;
  readonly caseName: string | null;
  readonly reason: string | null;
  readonly erasedAt: string | null;
}

interface Tables {
  exhibits: ExhibitTable;
  /** Which acts point at which blobs: a blob goes when the last act that points at it is erased. */
  blobUses: { readonly sha256: string; readonly position: number };
  /** Erasures that are in the ledger and not yet confirmed in the vault. */
  pendingErasures: { readonly position: number };
  progress: { readonly one: Generated<number>; readonly origin: string; readonly size: number; readonly root: string };
}

const SCHEMA = `
  CREATE TABLE exhibits (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, sealedAt TEXT NOT NULL,
    url TEXT, title TEXT, platform TEXT, author TEXT, postedAt TEXT, caseName TEXT, reason TEXT, erasedAt TEXT
  ) STRICT;
  CREATE TABLE blobUses (sha256 TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (sha256, position)) STRICT, WITHOUT ROWID;
  CREATE INDEX blobUsesByPosition ON blobUses (position);
  CREATE TABLE pendingErasures (position INTEGER PRIMARY KEY) STRICT;
  CREATE TABLE progress (one INTEGER PRIMARY KEY CHECK (one = 1), origin TEXT NOT NULL, size INTEGER NOT NULL, root TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${INDEX_VERSION};
`;

export interface IndexDatabase {
  readonly raw: DatabaseSync;
  readonly query: Kysely<Tables>;
}

/**
 * `secure_delete` overwrites what is deleted, and the journal is deleted after each transaction, so an erased exhibit
 * leaves no trace in the index or beside it. Returns undefined where the file is not an index of this form.
 */
export function openDatabase(path: string): IndexDatabase | undefined {
  const raw = new DatabaseSync(path, { timeout: 10_000 });
  try {
    raw.exec("PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL;");
    const version = raw.prepare("PRAGMA user_version").get()?.["user_version"];
    if (version === 0) create(raw);
    else if (version !== INDEX_VERSION) throw new Error(`index version ${String(version)}`);
  } catch {
    raw.close();
    return undefined;
  }
  return { raw, query: new Kysely<Tables>({ dialect: new SqliteDialect({ database: asKyselyDatabase(raw) }) }) };
}

function create(raw: DatabaseSync): void {
  raw.exec("BEGIN IMMEDIATE");
  try {
    if (raw.prepare("PRAGMA user_version").get()?.["user_version"] === 0) raw.exec(SCHEMA);
    raw.exec("COMMIT");
  } catch (error) {
    raw.exec("ROLLBACK");
    throw error;
  }
}

type Value = null | number | bigint | string | Uint8Array;

/** Kysely's SQLite dialect speaks to better-sqlite3; `node:sqlite` differs in how parameters are passed. */
function asKyselyDatabase(raw: DatabaseSync): ConstructorParameters<typeof SqliteDialect>[0]["database"] & object {
  const prepare = (sql: string) => {
    const statement = raw.prepare(sql);
    return {
      reader: statement.columns().length > 0,
      all: (parameters: readonly unknown[]) => statement.all(...(parameters as Value[])),
      run: (parameters: readonly unknown[]) => {
        const { changes, lastInsertRowid } = statement.run(...(parameters as Value[]));
        return { changes, lastInsertRowid };
      },
      iterate: (parameters: readonly unknown[]) => statement.iterate(...(parameters as Value[])),
    };
  };
  return { prepare, close: () => raw.close() } as never;
}
