/** The one composition root: puts a record's parts together, and takes them apart again. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { openAgenda } from "../agenda/agenda.ts";
import { openSharedLanes } from "../agenda/shared-lanes.ts";
import { type ExhibitIndex, openIndex } from "../index/exhibit-index.ts";
import { openSqliteCommitPoint } from "../ledger/commit-sqlite.ts";
import { openDiskBackend } from "../ledger/disk.ts";
import { openLog } from "../ledger/log.ts";
import { equal, toBase64 } from "../lib/bytes.ts";
import { type Clock, systemClock } from "../lib/clock.ts";
import { type FileSystem, realFileSystem } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import { parseRecordFile, type RecordFile } from "../record/record-file.ts";
import { entryOf } from "../record/sd-jwt.ts";
import { openDiskVault } from "../vault/disk.ts";
import { type Keys, loadKeys } from "../vault/keys.ts";
import { isVaultDamage, readEach, readEntries, readProjected } from "./acts.ts";
import type { RecordContext } from "./context.ts";
import { readEnvironment } from "./environment.ts";
import { finishErasures } from "./erase-exhibit.ts";
import { openSettings } from "./live-settings.ts";
import { noteSigner } from "./note-signer.ts";
import { type RecordFolder, recordFolder } from "./record-folder.ts";
import { storeItems } from "./seal.ts";

export interface OpenRecordOptions {
  readonly clock?: Clock;
  /** Opens also a record whose vault has lost acts, so that an audit can say which. Nothing can be sealed in it. */
  readonly forAudit?: boolean;
  /** What ledger and vault write with, so that a test can make each call fail. */
  readonly fs?: FileSystem;
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
  const parts = await openParts(paths, options);
  const { live, ...fixed } = parts;
  const { log, commitPoint } = parts;
  const agenda = openAgenda(paths.agenda);
  const lanes = openSharedLanes(paths.lanes);
  let index: ExhibitIndex | undefined;
  const close = async (): Promise<void> => {
    agenda.close();
    lanes.close();
    index?.close();
    await log.close();
    await commitPoint.close();
  };
  try {
    if (!options.forAudit) await assertVaultFits(parts);
    index = await openIndex(paths.index, {
      origin: parts.file.origin,
      head: () => log.head(),
      rootAt: (size) => log.rootAt(size),
      readActs: (start, end) => readProjected(parts.vault, start, end),
    });
    const context: RecordContext = {
      ...fixed,
      folder: paths,
      index,
      agenda,
      lanes,
      get settings() {
        return live.now();
      },
    };
    await finishErasures(context).catch((error: unknown) => {
      // One damaged act must not keep all others shut in; whoever asks for it is told, and the audit names it.
      if (!isVaultDamage(error)) throw error;
    });
    return { context, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A vault from an older backup, or of another record, lacks the newest act. Throws `inconsistent`. */
async function assertVaultFits({ log, vault }: Pick<RecordContext, "log" | "vault">): Promise<void> {
  const { size } = await log.head();
  if (size === 0) return;
  for await (const newest of readEach(vault, size - 1, size)) {
    if (newest instanceof PlacardError) throw vaultContradiction(newest);
    for await (const entry of log.readEntries(size - 1, size)) {
      if (equal(entry, entryOf(newest.jwt))) return;
      throw vaultContradiction(new Error(`Act ${size - 1} in the vault is not the one the ledger holds.`));
    }
  }
}

function vaultContradiction(cause: Error): PlacardError {
  return new PlacardError("inconsistent", `The record contradicts itself: ${cause.message} Nothing was changed.`, {
    cause,
    next: "Restore the vault folder from the newest backup; placard audit says all that is missing.",
  });
}

/** Files carry the key that record.json names: with another they would all fail, and nobody here would notice. */
function assertNamesKeys({ origin, vkey, archiveKey }: RecordFile, keys: Keys): void {
  if (noteSigner(origin, keys).vkey === vkey && toBase64(keys.archivePublicKey) === archiveKey) return;
  throw new PlacardError(
    "inconsistent",
    "The record contradicts itself: record.json names other keys than keys/ holds.",
    {
      next: "Restore record.json and keys/ from one backup of this record.",
    },
  );
}

async function openParts(
  paths: RecordFolder,
  { clock = systemClock, forAudit = false, fs = realFileSystem }: OpenRecordOptions,
) {
  const file = parseRecordFile(await readFile(paths.recordFile, "utf8"));
  const live = openSettings(paths.settingsFile);
  const keys = await loadKeys(paths.keys);
  assertNamesKeys(file, keys);
  const vault = await openDiskVault(paths.vault, { fs });
  const backend = openDiskBackend(paths.ledger, fs);
  const commitPoint = openSqliteCommitPoint(paths.commit);
  try {
    const log = await openLog({
      origin: file.origin,
      signer: noteSigner(file.origin, keys),
      backend,
      commitPoint,
      clock,
      beforeCommit: (start: number, items: Parameters<typeof storeItems>[2]) => storeItems(vault, start, items),
      recover: (size: number) =>
        vault.recover(size).catch((error: unknown) => {
          if (!isVaultDamage(error)) throw error;
          if (!forAudit) throw vaultContradiction(error);
        }),
      replay: (start: number, end: number) => readEntries(vault, start, end),
    });
    return { file, live, environment: readEnvironment(), clock, keys, vault, backend, commitPoint, log };
  } catch (error) {
    await commitPoint.close();
    throw error;
  }
}
