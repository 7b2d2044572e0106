/** A record as a program uses it: every verb as a method. Heavy parts (browser, print) load when first used. */
import type { ExhibitSummary } from "../index/exhibit-index.ts";
import { emptyIndex } from "../index/exhibit-index.ts";
import type { PlacardSize } from "../show/placard.ts";
import { type ExhibitDetail, findExhibit } from "./acts.ts";
import type { Attestation } from "./attest.ts";
import type { AuditProgress, AuditResult } from "./audit.ts";
import type { CaptureOptions, CaptureOutcome } from "./capture-exhibit.ts";
import type { RecordContext } from "./context.ts";
import type { ErasureResult } from "./erase-exhibit.ts";
import type { ExportResult } from "./export-exhibit.ts";
import type { Imported, ImportOptions } from "./import-files.ts";

export { conflictSentences, sourcesOf } from "../verify/sources.ts";
export { counted, momentInWords } from "../verify/wording.ts";
export type { Attestation } from "./attest.ts";
export type { CaptureOutcome } from "./capture-exhibit.ts";

/** What an exhibit says, by name. */
export type ExhibitFields = ExhibitDetail["fields"];

import { type OpenRecordOptions, openContext } from "./open-record.ts";
import type { PrintResult } from "./print-placards.ts";
import { recordFolder } from "./record-folder.ts";
import type { LoginOptions, SessionSummary, Sessions } from "./sessions.ts";

export interface PlacardRecord extends AsyncDisposable {
  readonly name: string;
  readonly origin: string;
  /** Verifier key of the record's ledger (C2SP signed-note). */
  readonly vkey: string;
  /** Captures and seals each link, a bounded number at once; then attests, where configured. */
  capture(urls: readonly string[], options?: CaptureOptions): Promise<readonly CaptureOutcome[]>;
  /** Seals a file others made (WACZ, WARC, HAR, HTML) as received, never as captured. */
  import(path: string, options: ImportOptions): Promise<Imported>;
  list(filter?: { readonly caseName?: string }): Promise<readonly ExhibitSummary[]>;
  show(id: string): Promise<ExhibitDetail>;
  export(id: string, target: string, withheld?: readonly string[], show?: readonly string[]): Promise<ExportResult>;
  print(
    ids: readonly string[],
    target: string,
    options?: { readonly size?: PlacardSize; readonly headline?: string },
  ): Promise<PrintResult>;
  timestamp(signal?: AbortSignal): Promise<readonly Attestation[]>;
  cosign(signal?: AbortSignal): Promise<readonly Attestation[]>;
  /** Attests the newest checkpoint by whatever is configured; never throws for what others fail at. */
  attest(): Promise<readonly Attestation[]>;
  audit(onProgress?: AuditProgress, signal?: AbortSignal): Promise<AuditResult>;
  erase(id: string, reason: string): Promise<ErasureResult>;
  /** Opens a window to sign in; what makes the browser signed in is kept sealed, under this name. */
  logIn(name: string, url: string, options?: LoginOptions): Promise<SessionSummary>;
  sessions(): Promise<Sessions>;
  forgetSession(name: string): Promise<void>;
}

/**
 * Opens the record in `folder`. Throws `not_found`, `malformed`, `inconsistent`, `storage`.
 *
 *     await using record = await openRecord("./record");
 *     for (const exhibit of await record.list()) console.log(exhibit.id);
 */
export async function openRecord(folder: string, options: OpenRecordOptions = {}): Promise<PlacardRecord> {
  const opened = await openContext(folder, options);
  return bind(opened.context, () => opened[Symbol.asyncDispose]());
}

/** Empties the index and builds it again from the vault and the ledger. */
export async function rebuildIndex(folder: string): Promise<{ readonly exhibits: number }> {
  await emptyIndex(recordFolder(folder).index);
  await using record = await openRecord(folder);
  return { exhibits: (await record.list()).length };
}

function bind(context: RecordContext, close: () => PromiseLike<void>): PlacardRecord {
  const { file } = context;
  return {
    name: file.name,
    origin: file.origin,
    vkey: file.vkey,
    capture: async (urls, options) => (await import("./capture-exhibit.ts")).captureAll(context, urls, options),
    import: async (path, options) => (await import("./import-files.ts")).importFile(context, path, options),
    list: (filter) => context.index.list(filter),
    show: (id) => findExhibit(context, id),
    export: async (id, target, withheld, show) =>
      (await import("./export-exhibit.ts")).exportExhibit(context, id, target, withheld, show),
    print: async (ids, target, options) =>
      (await import("./print-placards.ts")).printExhibits(context, ids, target, options),
    timestamp: async (signal) => {
      const { requireConfigured, timestampHead } = await import("./attest.ts");
      requireConfigured("timestampAuthorities", context);
      return timestampHead(context, signal);
    },
    cosign: async (signal) => {
      const { requireConfigured, cosignHead } = await import("./attest.ts");
      requireConfigured("witnesses", context);
      return cosignHead(context, signal);
    },
    attest: async () => (await import("./attest.ts")).attestHead(context),
    audit: async (onProgress, signal) => (await import("./audit.ts")).audit(context, onProgress, signal),
    erase: async (id, reason) => (await import("./erase-exhibit.ts")).eraseExhibit(context, id, reason),
    logIn: async (name, url, options) => (await import("./sessions.ts")).logIn(context, name, url, options),
    sessions: async () => (await import("./sessions.ts")).listSessions(context),
    forgetSession: async (name) => (await import("./sessions.ts")).forgetSession(context, name),
    [Symbol.asyncDispose]: close,
  };
}
