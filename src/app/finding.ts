/** What an audit says of one thing it looked at. */
export interface Finding {
  /** What was looked at: "act", "blob", "ledger", "session". */
  readonly what: "act" | "blob" | "ledger" | "session";
  readonly state: "missing" | "altered" | "erased" | "unreferenced";
  readonly position?: number;
  readonly id?: string;
  readonly sha256?: string;
  /** Of an act: the field that points at the blob. */
  readonly field?: string;
  readonly why: string;
}

export type AuditProgress = (done: number, total: number, what: "acts" | "blobs") => void;
