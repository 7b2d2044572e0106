/** Opens the disposable SQLite index, in the form of the day; an index in any other form is thrown away by the caller. */
import { chmodSync, statSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import {
  type CompiledQuery,
  DummyDriver,
  type Generated,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { PlacardError } from "../lib/error.ts";
import { isDamage, primaryCode, SQLITE_BUSY, transact } from "../lib/sqlite.ts";
import type { ExhibitKind } from "./projection.ts";
import { say } from "./said.ts";
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
  /** Who handed it over, of what others made; null of a capture. */
  readonly receivedFrom: string | null;
  readonly reason: string | null;
  readonly erasedAt: string | null;
  /** The key of the agenda's item that it was made for. */
  readonly agendaItem: string | null;
  /** Of a recapture: the exhibit it is of, and what came of it. */
  readonly recaptureOf: string | null;
  readonly result: string | null;
  /** Of what was recaptured, what follows from that (src/capture/recapture/fold.ts). */
  readonly recaptures: number;
  readonly standing: string | null;
  readonly standingSince: string | null;
  readonly lastSeenAt: string | null;
  readonly checkedAt: string | null;
  /** Null of what was erased. */
  readonly kind: ExhibitKind | null;
  readonly actor: string | null;
  /** Seconds since 1970, for sorting; `NOT_STATED` where no time could be read. */
  readonly posted: number;
  readonly sealed: number;
  readonly guarded: number;
  /** 1 of what was made of the sample, and of nothing else; it stays so when it is erased. */
  readonly sample: number;
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
    url TEXT, title TEXT, platform TEXT, author TEXT, postedAt TEXT, caseName TEXT, receivedFrom TEXT, reason TEXT, erasedAt TEXT,
    agendaItem TEXT, recaptureOf TEXT, result TEXT,
    recaptures INTEGER NOT NULL DEFAULT 0, standing TEXT, standingSince TEXT, lastSeenAt TEXT, checkedAt TEXT,
    kind TEXT, actor TEXT, posted INTEGER NOT NULL, sealed INTEGER NOT NULL, guarded INTEGER NOT NULL, sample INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE words (position INTEGER PRIMARY KEY, postText TEXT, note TEXT, digest TEXT) STRICT;
  CREATE INDEX wordsByDigest ON words (digest) WHERE digest IS NOT NULL;
  CREATE TABLE pictures (position INTEGER NOT NULL, media INTEGER NOT NULL, pdq TEXT NOT NULL, PRIMARY KEY (position, media)) STRICT, WITHOUT ROWID;
  CREATE TABLE frames (position INTEGER NOT NULL, media INTEGER NOT NULL, frame INTEGER NOT NULL, pdq TEXT NOT NULL, PRIMARY KEY (position, media, frame)) STRICT, WITHOUT ROWID;
  CREATE TABLE actsAbout (about TEXT NOT NULL, position INTEGER NOT NULL, act TEXT NOT NULL, at TEXT NOT NULL, actor TEXT, id TEXT NOT NULL, said TEXT, PRIMARY KEY (about, position)) STRICT, WITHOUT ROWID;
  CREATE TABLE tags (tag TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (tag, position)) STRICT, WITHOUT ROWID;
  CREATE INDEX tagsByPosition ON tags (position);
  CREATE TABLE touched (shelf INTEGER PRIMARY KEY, upTo INTEGER NOT NULL) STRICT;
  CREATE INDEX exhibitsByPosted ON exhibits (posted, position) WHERE recaptureOf IS NULL;
  CREATE INDEX exhibitsByActor ON exhibits (actor) WHERE recaptureOf IS NULL;
  CREATE INDEX exhibitsByCase ON exhibits (caseName, sealed, sample) WHERE recaptureOf IS NULL AND caseName IS NOT NULL;
  CREATE INDEX exhibitsByItem ON exhibits (agendaItem) WHERE agendaItem IS NOT NULL;
  CREATE INDEX exhibitsByFirst ON exhibits (recaptureOf) WHERE recaptureOf IS NOT NULL;
  CREATE INDEX exhibitsSample ON exhibits (position) WHERE sample = 1;
  CREATE INDEX exhibitsErased ON exhibits (id) WHERE state = 'erased';
  CREATE TABLE blobUses (sha256 TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (sha256, position)) STRICT, WITHOUT ROWID;
  CREATE INDEX blobUsesByPosition ON blobUses (position);
  CREATE TABLE pendingErasures (position INTEGER PRIMARY KEY) STRICT;
  CREATE TABLE progress (one INTEGER PRIMARY KEY CHECK (one = 1), origin TEXT NOT NULL, size INTEGER NOT NULL, root TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${INDEX_VERSION};
`;

export interface IndexDatabase {
  readonly raw: DatabaseSync;
  /** Which file this is: another process may put a new one in its place. */
  readonly file: string | undefined;
}

/** Builds queries and runs none: they are run in one go with what they must agree with, see `rowsOf`. */
export const query = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (database) => new SqliteIntrospector(database),
  },
});

/**
 * `secure_delete` overwrites what is deleted, and the journal is deleted after each transaction, so an erased exhibit
 * leaves no trace in the index or beside it. Returns undefined where the file is not an index of this form. Throws
 * `busy`, `storage`.
 */
export function openDatabase(path: string): IndexDatabase | undefined {
  const raw = new DatabaseSync(path, { timeout: 10_000 });
  try {
    raw.exec("PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL;");
    keepPrivate(path);
    const version = raw.prepare("PRAGMA user_version").get()?.["user_version"];
    if (version === 0) transact(raw, () => create(raw));
    if (version === 0 || version === INDEX_VERSION) return { raw, file: fileAt(path) };
  } catch (error) {
    raw.close();
    if (isDamage(error) || isForeign(error)) return undefined;
    throw translate(error);
  }
  raw.close();
  return undefined;
}

/** It holds titles and names, as the vault does. Its journal gets the same mode from SQLite. */
function keepPrivate(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // Another's, or a disk without modes; there the keys are no safer, of which loadKeys speaks.
  }
}

/** Whether another file, or none, lies where this one was opened: nothing is to be written to it any more. */
export function isReplaced(path: string, { file }: IndexDatabase): boolean {
  return fileAt(path) !== file;
}

function fileAt(path: string): string | undefined {
  const status = statSync(path, { bigint: true, throwIfNoEntry: false });
  return status && `${status.dev}/${status.ino}`;
}

function create(raw: DatabaseSync): void {
  if (raw.prepare("PRAGMA user_version").get()?.["user_version"] === 0) raw.exec(SCHEMA);
}

export function rowsOf<Row>(raw: DatabaseSync, built: { compile(): CompiledQuery<Row> }): readonly Row[] {
  const { sql, parameters } = built.compile();
  return raw.prepare(sql).all(...(parameters as SQLInputValue[])) as unknown as readonly Row[];
}

const SQLITE_ERROR = 1;

/** A database of somebody else's: it has other tables. */
function isForeign(error: unknown): boolean {
  return primaryCode(error) === SQLITE_ERROR;
}

export function translate(cause: unknown): unknown {
  if ((cause as { code?: unknown }).code !== "ERR_SQLITE_ERROR") return cause;
  const { message } = cause as Error;
  if (primaryCode(cause) === SQLITE_BUSY) {
    const next = "Wait until the other command is done, then run this one again.";
    return new PlacardError("busy", say("index_busy"), { cause, next });
  }
  return new PlacardError("storage", say("index_failed", { why: message }), {
    cause,
    next: say("rebuild_index"),
  });
}
