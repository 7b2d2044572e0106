/** The one composition root: puts a record's parts together, and takes them apart again. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { openIndex } from "../index/exhibit-index.ts";
import { openSqliteCommitPoint } from "../ledger/commit-sqlite.ts";
import { openDiskBackend } from "../ledger/disk.ts";
import { openLog } from "../ledger/log.ts";
import { type Clock, systemClock } from "../lib/clock.ts";
import { PlacardError } from "../lib/error.ts";
import { parseRecordFile } from "../record/record-file.ts";
import { openDiskVault } from "../vault/disk.ts";
import { loadKeys } from "../vault/keys.ts";
import { readEntries, readProjected } from "./acts.ts";
import type { RecordContext } from "./context.ts";
import { readEnvironment } from "./environment.ts";
import { finishErasures } from "./erase-exhibit.ts";
import { noteSigner } from "./note-signer.ts";
import { type RecordFolder, recordFolder } from "./record-folder.ts";
import { storeItems } from "./seal.ts";
import { parseSettings } from "./settings.ts";

export interface OpenRecordOptions {
  readonly clock?: Clock;
}

export interface OpenedRecord extends AsyncDisposable {
  readonly context: RecordContext;
}

/**
 * Opens the record in `folder`: recovers what a crash left, catches the index up, and finishes erasures that were
 * begun. Throws `not_found` (no record there), `malformed`, `inconsistent` (parts contradict one another), `storage`.
 */
export async function openContext(folder: string, options: OpenRecordOptions = {}): Promise<OpenedRecord> {
  const paths = recordFolder(folder);
  if (!existsSync(paths.recordFile)) {
    throw new PlacardError("not_found", `There is no record in ${folder}.`, {
      next: `placard init ${folder} --name "Your group" makes one; --record DIR names another folder.`,
    });
  }
  const parts = await openParts(paths, options.clock ?? systemClock);
  const { log, commitPoint } = parts;
  try {
    const index = await openIndex(paths.index, {
      origin: parts.file.origin,
      head: () => log.head(),
      rootAt: (size) => log.rootAt(size),
      readActs: (start, end) => readProjected(parts.vault, start, end),
    });
    const context: RecordContext = { ...parts, folder: paths, index };
    await index.catchUp();
    await finishErasures(context);
    return {
      context,
      [Symbol.asyncDispose]: async () => {
        index.close();
        await log.close();
        await commitPoint.close();
      },
    };
  } catch (error) {
    await log.close();
    await commitPoint.close();
    throw error;
  }
}

async function openParts(paths: RecordFolder, clock: Clock) {
  const file = parseRecordFile(await readFile(paths.recordFile, "utf8"));
  const settings = parseSettings(
    existsSync(paths.settingsFile) ? await readFile(paths.settingsFile, "utf8") : undefined,
  );
  const keys = await loadKeys(paths.keys);
  const vault = await openDiskVault(paths.vault);
  const backend = openDiskBackend(paths.ledger);
  const commitPoint = openSqliteCommitPoint(paths.commit);
  try {
    const log = await openLog({
      origin: file.origin,
      signer: noteSigner(file.origin, keys),
      backend,
      commitPoint,
      clock,
      beforeCommit: (start: number, items: Parameters<typeof storeItems>[2]) => storeItems(vault, start, items),
      recover: (size: number) => vault.recover(size),
      replay: (start: number, end: number) => readEntries(vault, start, end),
    });
    return { file, settings, environment: readEnvironment(), clock, keys, vault, backend, commitPoint, log };
  } catch (error) {
    await commitPoint.close();
    throw error;
  }
}
