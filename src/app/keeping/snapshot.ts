/**
 * A record's files as they are at one moment, while others go on working on it. The ledger's lock is held only for as long as
 * names are given to files: every file of ledger and vault is written once and never changed in place, so a second
 * name for it keeps what it holds, whatever becomes of the first.
 */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openScratch, removeScratch, writeScratch } from "../../capture/scratch.ts";
import type { Commit } from "../../ledger/backend.ts";
import { openSqliteCommitPoint } from "../../ledger/commit-sqlite.ts";
import { filesToDrop } from "../../ledger/files.ts";
import { linkLazily, makeFolder, removeLazily, TEMPORARY_PREFIX } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import type { RecordContext } from "../context.ts";
import { say } from "../said.ts";
import { COMMIT, DATABASES, FILES, isRecordName, KEY_FILE, SESSION_FILE } from "./contents.ts";

export interface Snapshot extends AsyncDisposable {
  /** Where the files lie, by the names that they have in a record. */
  readonly folder: string;
  readonly names: readonly string[];
  /** How many entries the ledger has. */
  readonly entries: number;
}

/** Throws `busy`, `storage`, `cancelled`. */
export async function takeSnapshot(context: RecordContext, signal?: AbortSignal): Promise<Snapshot> {
  const folder = await openScratch(context.folder.scratch);
  try {
    const taking = new Taking(context.folder.root, folder, signal);
    // Before the ledger: a link that is still waiting here though its capture is sealed there is not captured again.
    for (const name of DATABASES) await taking.database(name);
    // Nearly all there is, and most of the work; what comes and goes until the lock is had is made up for then.
    await taking.blobs(context);
    const entries = await context.commitPoint.exclusively(async (committed) => ({
      result: await takeUnderLock(taking, context, committed),
    }));
    return { folder, names: taking.names, entries, [Symbol.asyncDispose]: () => removeScratch(folder) };
  } catch (error) {
    await removeScratch(folder);
    throw error;
  }
}

async function takeUnderLock(taking: Taking, context: RecordContext, committed: Commit | undefined): Promise<number> {
  const size = committed?.size ?? 0;
  const paths = await context.backend.list("");
  const dropped = new Set(filesToDrop(paths, size));
  for (const path of paths) if (!dropped.has(path)) await taking.link(`ledger/${path}`);
  for (const path of await filesBelow(join(context.folder.vault, "acts"))) await taking.link(`vault/acts/${path}`);
  for (const name of await namesIn(join(context.folder.vault, "sessions"))) {
    if (SESSION_FILE.test(name)) await taking.link(`vault/sessions/${name}`);
  }
  for (const name of await namesIn(context.folder.keys)) if (KEY_FILE.test(name)) await taking.copy(`keys/${name}`);
  for (const name of FILES) await taking.copy(name);
  await taking.blobs(context);
  if (committed !== undefined) await taking.commitPoint(committed);
  return size;
}

/** Owns the folder that is being filled. */
class Taking {
  readonly #from: string;
  readonly #to: string;
  readonly #signal: AbortSignal | undefined;
  readonly #names = new Set<string>();
  readonly #folders = new Set<string>();

  constructor(from: string, to: string, signal: AbortSignal | undefined) {
    this.#from = from;
    this.#to = to;
    this.#signal = signal;
  }

  /** Those that people must have first come first: whoever cuts the file short has the keys and the ledger. */
  get names(): readonly string[] {
    const rank = (name: string): number =>
      [
        "record.json",
        "config.json",
        "keys/",
        COMMIT,
        "agenda",
        "members",
        "intake",
        "ledger/",
        "vault/acts/",
        "vault/",
      ].findIndex((start) => name.startsWith(start));
    return [...this.#names].toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  }

  async link(name: string): Promise<void> {
    if (this.#names.has(name) || !isRecordName(name)) return;
    if (await linkLazily(join(this.#from, name), await this.#place(name))) this.#names.add(name);
  }

  /** Of files that a person may change in place. */
  async copy(name: string): Promise<void> {
    const bytes = await readFile(join(this.#from, name)).catch(ifMissing);
    if (bytes === undefined) return;
    await writeScratch(await this.#place(name), bytes);
    this.#names.add(name);
  }

  /** What SQLite writes has no pages in it of what was deleted, and is whole whoever is writing meanwhile. */
  async database(name: string): Promise<void> {
    const path = join(this.#from, name);
    if (!existsSync(path)) return;
    const target = await this.#place(name);
    try {
      const database = new DatabaseSync(path, { timeout: 10_000 });
      try {
        database.prepare("VACUUM INTO ?").run(target);
      } finally {
        database.close();
      }
      if (name === "members.sqlite") dropWhatOpensDoors(target);
    } catch (cause) {
      throw new PlacardError("storage", `Could not copy ${name}: ${(cause as Error).message}`, { cause });
    }
    this.#names.add(name);
  }

  /** Made anew and not copied: nothing else may open and close the file it comes from (commit-sqlite.ts). */
  async commitPoint(commit: Commit): Promise<void> {
    const copy = openSqliteCommitPoint(await this.#place(COMMIT));
    try {
      await copy.exclusively(async () => ({ commit, result: undefined }));
    } finally {
      await copy.close();
    }
    this.#names.add(COMMIT);
  }

  /** All that are there now, and none that has been erased since an earlier call. */
  async blobs({ vault }: RecordContext): Promise<void> {
    const gone = new Set([...this.#names].filter((name) => name.startsWith("vault/blobs/")));
    for await (const { sha256 } of vault.listBlobs()) {
      if (this.#signal?.aborted) throw new PlacardError("cancelled", say("back_up_stopped"));
      const name = `vault/blobs/${sha256.slice(0, 2)}/${sha256}`;
      await this.link(name);
      gone.delete(name);
    }
    for (const name of gone) {
      await removeLazily(join(this.#to, name));
      this.#names.delete(name);
    }
  }

  async #place(name: string): Promise<string> {
    const path = join(this.#to, name);
    const folder = dirname(path);
    if (!this.#folders.has(folder)) await makeFolder(folder, { mode: 0o700 });
    this.#folders.add(folder);
    return path;
  }
}

/** What lets people in as it is, such as sessions: whoever has the back-up has the secret that they are signed with. */
const OPENS_DOORS: Readonly<Record<string, string>> = {
  session: "",
  verification: "",
  rateLimit: "",
  invitations: "",
  // That somebody came back by one, its member is still to be told.
  recoveries: "WHERE usedAt IS NULL",
};

function dropWhatOpensDoors(path: string): void {
  const copy = new DatabaseSync(path);
  try {
    // What is cut out of the copy must not go through a folder that others share.
    copy.exec("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");
    const tables = copy.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    for (const { name } of tables) {
      const which = OPENS_DOORS[String(name)];
      if (which !== undefined) copy.exec(`DELETE FROM "${String(name)}" ${which}`);
    }
    copy.exec("VACUUM");
  } finally {
    copy.close();
  }
}

const ifMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== "ENOENT") throw new PlacardError("storage", `Could not read: ${error.message}`, { cause: error });
};

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(ifMissing)) ?? [];
}

async function filesBelow(folder: string, prefix = ""): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of (await readdir(join(folder, prefix), { withFileTypes: true }).catch(ifMissing)) ?? []) {
    if (entry.name.startsWith(TEMPORARY_PREFIX)) continue;
    if (entry.isDirectory()) files.push(...(await filesBelow(folder, `${prefix}${entry.name}/`)));
    else files.push(prefix + entry.name);
  }
  return files;
}
