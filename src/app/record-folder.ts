/** Where things lie in a record's folder (docs/architecture.md). */
import { join } from "node:path";

export interface RecordFolder {
  readonly root: string;
  readonly recordFile: string;
  readonly settingsFile: string;
  readonly keys: string;
  readonly ledger: string;
  readonly vault: string;
  readonly commit: string;
  readonly index: string;
  /** Links that wait, and times to look again. */
  readonly agenda: string;
  /** Which hosts are being asked now. */
  readonly lanes: string;
  /** Who may use the workbench, and as what. */
  readonly members: string;
  /** What people without an account sent in, and what became of it. */
  readonly intake: string;
  /** The site as it was built last; disposable but for what an undo goes back to. */
  readonly site: string;
  /** Letters on their way, and which mails were taken in. */
  readonly outbox: string;
  /** Unfinished captures; emptied when the record is next opened for capture. */
  readonly scratch: string;
}

export function recordFolder(root: string): RecordFolder {
  return {
    root,
    recordFile: join(root, "record.json"),
    settingsFile: join(root, "config.json"),
    keys: join(root, "keys"),
    ledger: join(root, "ledger"),
    vault: join(root, "vault"),
    commit: join(root, "commit.sqlite"),
    index: join(root, "index.sqlite"),
    agenda: join(root, "agenda.sqlite"),
    lanes: join(root, "lanes.sqlite"),
    members: join(root, "members.sqlite"),
    intake: join(root, "intake.sqlite"),
    site: join(root, "site"),
    outbox: join(root, "outbox.sqlite"),
    scratch: join(root, "scratch"),
  };
}
