/**
 * Opens `intake.sqlite`: what strangers sent in, until it is taken or erased. Private, and what is deleted is overwritten and
 * its room given back. One transaction holds all of what one person sent, so that nothing is ever half there.
 */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { createDurable } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import { primaryCode, transact } from "../../lib/sqlite.ts";
import { say } from "../said.ts";

const VERSION = 1;
const SCHEMA = `
  CREATE TABLE door (
    one INTEGER PRIMARY KEY CHECK (one = 1), open INTEGER NOT NULL, greeting TEXT NOT NULL, reasons TEXT NOT NULL
  ) STRICT;
  CREATE TABLE sent (
    ref TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, state TEXT NOT NULL, lookedAt INTEGER,
    unread INTEGER NOT NULL DEFAULT 0, settledAt INTEGER, reason TEXT, contact TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sentByTime ON sent (at);
  CREATE TABLE parts (
    ref TEXT NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, url TEXT, picture BLOB, mediaType TEXT, bytes INTEGER NOT NULL,
    batch TEXT, item TEXT, PRIMARY KEY (ref, n)
  ) STRICT;
  CREATE TABLE words (ref TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
  CREATE INDEX wordsByRef ON words (ref, at);
  CREATE TABLE spent (work TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${VERSION};
`;

/** Makes the file (mode 0600) where it is missing. Throws `unsupported`, `storage`. */
export async function openIntakeDatabase(path: string): Promise<DatabaseSync> {
  if (!existsSync(path)) await createDurable(path, new Uint8Array(), { mode: 0o600 });
  const raw = new DatabaseSync(path, { timeout: 10_000 });
  try {
    raw.exec("PRAGMA auto_vacuum = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");
    raw.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA fullfsync = ON");
    transact(raw, () => {
      const version = raw.prepare("PRAGMA user_version").get()?.["user_version"];
      if (version === 0) raw.exec(SCHEMA);
      else if (version !== VERSION)
        throw new PlacardError("unsupported", say("sent_in_other_version"), {
          next: say("use_newest"),
        });
    });
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

/** SQLite's primary result codes: https://sqlite.org/rescode.html */
const READ_ONLY = 8;
const INPUT_OUTPUT = 10;
const FULL = 13;
const CANNOT_OPEN = 14;

/** All of `work`, on disk when this returns, or nothing of it. Throws `storage` where the disk does not take it. */
export function kept<T>(raw: DatabaseSync, work: () => T): T {
  try {
    return transact(raw, work);
  } catch (cause) {
    if (![READ_ONLY, INPUT_OUTPUT, FULL, CANNOT_OPEN].includes(primaryCode(cause))) throw cause;
    throw new PlacardError("storage", say("no_room_for_sent"), {
      cause,
      next: say("try_later"),
    });
  }
}
