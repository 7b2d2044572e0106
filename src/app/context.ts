import type { Agenda } from "../agenda/agenda.ts";
import type { Pace } from "../agenda/polite-pool.ts";
import type { SharedLanes } from "../agenda/shared-lanes.ts";
import type { ExhibitIndex } from "../index/exhibit-index.ts";
import type { CommitPoint, LedgerBackend } from "../ledger/backend.ts";
import type { Log } from "../ledger/log.ts";
import type { Clock } from "../lib/clock.ts";
import type { SealedAct } from "../record/act.ts";
import type { RecordFile } from "../record/record-file.ts";
import type { Keys } from "../vault/keys.ts";
import type { Vault } from "../vault/vault.ts";
import type { Environment } from "./environment.ts";
import type { RecordFolder } from "./record-folder.ts";
import type { Settings } from "./settings.ts";

/** What goes into the vault with an entry, and the blobs that must be there when it is committed. */
export interface SealItem {
  readonly act: SealedAct;
  readonly blobs: readonly string[];
}

/** Everything a use case needs of an open record. */
export interface RecordContext {
  readonly folder: RecordFolder;
  readonly file: RecordFile;
  /** As they stand now: asked for anew each time, what is changed on a screen holds without a restart. */
  readonly settings: Settings;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly vault: Vault;
  readonly backend: LedgerBackend;
  readonly commitPoint: CommitPoint;
  readonly log: Log<SealItem>;
  readonly index: ExhibitIndex;
  readonly agenda: Agenda;
  readonly lanes: SharedLanes;
}

/** How this record's captures ask servers, whichever command asks. */
export function paceOf({ settings, lanes }: Pick<RecordContext, "settings" | "lanes">): Pace {
  const { atOnce, perHost, gapSeconds } = settings.capture;
  return { atOnce, perHost, gap: 1000 * gapSeconds, lanes };
}
