/** Opens `outbox.sqlite`. That a letter was handed over is told nowhere else until its act is sealed, so it is written to last. */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { createDurable } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import { primaryCode, SQLITE_BUSY, transact } from "../../lib/sqlite.ts";
import { say } from "../said.ts";

const VERSION = 1;
const SCHEMA = `
  CREATE TABLE letters (
    messageId TEXT PRIMARY KEY, question TEXT NOT NULL, letter TEXT NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL,
    mail BLOB NOT NULL, state TEXT NOT NULL, owner TEXT, at INTEGER NOT NULL, detail TEXT NOT NULL DEFAULT '', noted INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE taken (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${VERSION};
`;

/** Makes the file (mode 0600) where it is missing; a commit is on disk when it returns. Throws `busy`, `storage`, `unsupported`. */
export async function openOutboxDatabase(path: string): Promise<DatabaseSync> {
  if (!existsSync(path))
    await createDurable(path, new Uint8Array(), { mode: 0o600 }).catch((error: unknown) => {
      if (!(error instanceof PlacardError && error.code === "conflict")) throw error;
    });
  const raw = new DatabaseSync(path, { timeout: 10_000 });
  try {
    raw.exec(
      "PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA fullfsync = ON",
    );
    transact(raw, () => {
      const version = raw.prepare("PRAGMA user_version").get()?.["user_version"];
      if (version === 0) raw.exec(SCHEMA);
      else if (version !== VERSION) throw new PlacardError("unsupported", say("outbox_other_version"));
    });
    return raw;
  } catch (error) {
    raw.close();
    throw translate(error);
  }
}

export function translate(cause: unknown): unknown {
  if ((cause as { code?: unknown }).code !== "ERR_SQLITE_ERROR") return cause;
  if (primaryCode(cause) === SQLITE_BUSY) return new PlacardError("busy", say("outbox_busy"), { cause });
  return new PlacardError("storage", say("outbox_unusable", { why: (cause as Error).message }), { cause });
}
