/** Opens `agenda.sqlite`. What it holds is told nowhere else, so it is written to last and deleted to leave no trace. */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { createDurable } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import { isDamage, primaryCode, SQLITE_BUSY, transact } from "../lib/sqlite.ts";
import { say } from "./said.ts";

const VERSION = 3;
const SCHEMA = `
  CREATE TABLE batches (
    batch TEXT PRIMARY KEY, links INTEGER NOT NULL, options TEXT NOT NULL,
    askedAt INTEGER, shownWith TEXT, finishedAt INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE items (
    item TEXT PRIMARY KEY, batch TEXT NOT NULL, place INTEGER NOT NULL, url TEXT NOT NULL, outcome TEXT, exhibit TEXT,
    begun INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX itemsByBatch ON items (batch, place);
  CREATE TABLE times (
    item TEXT PRIMARY KEY, exhibit TEXT NOT NULL, due INTEGER NOT NULL, allowPrivate INTEGER NOT NULL, session TEXT, actor TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX timesByDue ON times (due);
  CREATE TABLE claims (name TEXT PRIMARY KEY, owner TEXT NOT NULL, beatAt INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${VERSION};
`;
/** Version 1 knew of no batches that somebody watches on a screen. */
const FROM_1 = `
  ALTER TABLE batches ADD COLUMN askedAt INTEGER;
  ALTER TABLE batches ADD COLUMN shownWith TEXT;
  ALTER TABLE batches ADD COLUMN finishedAt INTEGER;
  ALTER TABLE items ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;
`;
/** Version 2 knew of no times that a member asked for. */
const FROM_2 = `
  ALTER TABLE times ADD COLUMN actor TEXT;
  PRAGMA user_version = ${VERSION};
`;

/**
 * Makes the file (mode 0600) where it is missing. `secure_delete` overwrites what is deleted, as in the index; a commit
 * is on disk when it returns, and the removal of its journal too (`EXTRA`). Throws `busy`, `storage`, `malformed`.
 */
export async function openAgendaDatabase(path: string): Promise<DatabaseSync> {
  if (!existsSync(path)) await createDurable(path, new Uint8Array(), { mode: 0o600 }).catch(ifMadeMeanwhile);
  const raw = new DatabaseSync(path, { timeout: 10_000 });
  try {
    raw.exec(
      "PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA fullfsync = ON",
    );
    transact(raw, () => {
      const version = versionOf(raw);
      if (version === 0) raw.exec(SCHEMA);
      else if (version === 1) raw.exec(FROM_1 + FROM_2);
      else if (version === 2) raw.exec(FROM_2);
      else if (version !== VERSION) {
        throw new PlacardError("unsupported", "The record's agenda was written by another version of Placard.", {
          next: "Use the newest Placard on this machine.",
        });
      }
    });
    return raw;
  } catch (error) {
    raw.close();
    throw translate(error, path);
  }
}

/** Another process was quicker, and has tables in it already. */
function ifMadeMeanwhile(error: unknown): void {
  if (!(error instanceof PlacardError && error.code === "conflict")) throw error;
}

function versionOf(raw: DatabaseSync): unknown {
  return raw.prepare("PRAGMA user_version").get()?.["user_version"];
}

export function translate(cause: unknown, path: string): unknown {
  if ((cause as { code?: unknown }).code !== "ERR_SQLITE_ERROR") return cause;
  const { message } = cause as Error;
  if (primaryCode(cause) === SQLITE_BUSY) {
    const next = "Wait until the other command is done, then run this one again.";
    return new PlacardError("busy", say("agenda_busy"), { cause, next });
  }
  if (isDamage(cause)) {
    return new PlacardError("malformed", `${path} is damaged: ${message}`, {
      cause,
      next: "Delete it: what was sealed is not in it, only links that wait and times to look again.",
    });
  }
  const next = "Look at the disk and its permissions, then run the same command again.";
  return new PlacardError("storage", `Could not use ${path}: ${message}`, { cause, next });
}
