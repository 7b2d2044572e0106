/**
 * Opens `members.sqlite`: the tables of the library that signs people in, and ours beside them. Names and addresses are
 * in it, so it is private, and what is deleted is overwritten.
 */
import { existsSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { SqliteDialect } from "kysely";
import { createDurable } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import { transact } from "../../lib/sqlite.ts";
import { say } from "../said.ts";

const MOST_PREPARED = 100;
const VERSION = 1;
const SCHEMA = `
  CREATE TABLE invitations (
    id TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, role TEXT NOT NULL, invitedBy TEXT NOT NULL,
    createdAt INTEGER NOT NULL, expiresAt INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE signIns (
    at INTEGER NOT NULL, member TEXT, address TEXT, method TEXT NOT NULL, device TEXT NOT NULL, succeeded INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX signInsByMember ON signIns (member, at);
  CREATE INDEX signInsByAddress ON signIns (address, at);
  CREATE TABLE preferences (member TEXT PRIMARY KEY, chosen TEXT NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${VERSION};
`;
/** What came later, and does no harm to a Placard that does not know it. */
const ADDED = `
  CREATE TABLE IF NOT EXISTS recoveries (
    member TEXT PRIMARY KEY, token TEXT UNIQUE, madeBy TEXT, madeAt INTEGER NOT NULL, expiresAt INTEGER NOT NULL,
    usedAt INTEGER
  ) STRICT, WITHOUT ROWID;
`;

/** Makes the file (mode 0600) where it is missing. Throws `unsupported`, `storage`. */
export async function openMembersDatabase(path: string): Promise<DatabaseSync> {
  if (!existsSync(path)) await createDurable(path, new Uint8Array(), { mode: 0o600 });
  const raw = new DatabaseSync(path, { timeout: 10_000 });
  try {
    raw.exec(
      "PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA fullfsync = ON",
    );
    transact(raw, () => {
      const version = raw.prepare("PRAGMA user_version").get()?.["user_version"];
      if (version === 0) raw.exec(SCHEMA);
      else if (version !== VERSION) {
        throw new PlacardError("unsupported", say("members_other_version"), {
          next: say("use_newest"),
        });
      }
      raw.exec(ADDED);
    });
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

/** How the library reaches the same connection. Its own way would hold transactions open while others write here. */
export function dialectOf(raw: DatabaseSync): SqliteDialect {
  const prepared = new Map<string, StatementSync>();
  /** Each request asks the same two or three questions of who it is from. */
  const prepare = (sql: string): StatementSync => {
    const statement = prepared.get(sql) ?? raw.prepare(sql);
    if (prepared.size < MOST_PREPARED) prepared.set(sql, statement);
    return statement;
  };
  return new SqliteDialect({
    database: {
      close: () => raw.close(),
      prepare: (sql) => {
        const statement = prepare(sql);
        const bound = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...bound(parameters)),
          run: (parameters) => statement.run(...bound(parameters)),
          iterate: (parameters) => statement.iterate(...bound(parameters)),
        };
      },
    },
  });
}
