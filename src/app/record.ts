/** A record as a program uses it: every verb as a method. Heavy parts (browser, print) load when first used. */
import type { ExhibitSummary } from "../index/exhibit-index.ts";
import { emptyIndex } from "../index/exhibit-index.ts";
import { isPlacardError } from "../lib/error.ts";
import { parseExhibitId } from "../record/exhibit-id.ts";
import { type ExhibitDetail, findExhibit } from "./acts.ts";
import type { Questions } from "./ask/asking.ts";
import type { AskedLinks, Asking } from "./asked.ts";
import type { Attestation } from "./attest.ts";
import type { AuditProgress, AuditResult } from "./audit.ts";
import type { BatchListener, CaptureOptions, CaptureOutcome } from "./capture-outcome.ts";
import type { RecordContext } from "./context.ts";
import type { Dossier, DossierForm, DossierOptions, WrittenDossier } from "./dossier/dossier.ts";
import type { ErasureResult } from "./erase-exhibit.ts";
import type { ExportResult } from "./export-exhibit.ts";
import type { Filed, Filing } from "./file-exhibits.ts";
import type { History } from "./history.ts";
import type { Imported, ImportOptions } from "./import-files.ts";
import type { BackUpOptions, BackUpResult, Packing } from "./keeping/back-up.ts";
import type { CaseArchive } from "./keeping/case-archive.ts";
import type { ExportCaseOptions, ExportedCase } from "./keeping/export-case.ts";
import type { ImportCaseOptions, ImportedCase } from "./keeping/import-case.ts";
import type { ProofsArchive } from "./keeping/proofs-archive.ts";
import type { RestoreOptions, RestoreResult } from "./keeping/restore.ts";
import { lazily } from "./lazily.ts";
import type { AgainTerms, AskedAgain, AskedOfMany } from "./look-again-soon.ts";
import { type Looking, lookingIn } from "./looking.ts";
import type { PlannedLooks } from "./planned-looks.ts";
import type { Recaptured, RecaptureOptions } from "./recapture-exhibit.ts";
import type { Upload } from "./take-upload.ts";
import type { WatchListener } from "./watch.ts";

export { conflictSentences, sourcesOf } from "../verify/sources.ts";
export { counted, momentInWords, plainly } from "../verify/wording.ts";
export type { Attestation } from "./attest.ts";
export type { CaptureOutcome } from "./capture-exhibit.ts";
export { suggestPassphrase } from "./keeping/passphrase.ts";
export type { RestoreOptions, RestoreResult } from "./keeping/restore.ts";
export type { SitePublishing } from "./publish/publish-site.ts";

/** What an exhibit says, by name. */
export type ExhibitFields = ExhibitDetail["fields"];

import { type OpenRecordOptions, openContext } from "./open-record.ts";
import type { PrintOptions, PrintResult } from "./print-placards.ts";
import type { Publications } from "./publication/publication.ts";
import type { PublishSiteOptions, SitePublishing } from "./publish/publish-site.ts";
import { recordFolder } from "./record-folder.ts";
import { type Redacting, redactingIn } from "./redact/redacting.ts";
import { type Sample, sampleIn } from "./sample-case.ts";
import type { LoginOptions, SessionSummary, Sessions } from "./sessions.ts";
import { type SettingUp, settingUpIn } from "./setting-up.ts";

export interface PlacardRecord extends AsyncDisposable {
  readonly name: string;
  readonly origin: string;
  /** Verifier key of the record's ledger (C2SP signed-note). */
  readonly vkey: string;
  /** False once the disk has failed at a write: it then answers nothing until it is opened anew (ledger/log.ts). */
  isAlive(): Promise<boolean>;
  /** Captures and seals each link, a bounded number at once; then attests, where configured. */
  capture(urls: readonly string[], options?: CaptureOptions): Promise<readonly CaptureOutcome[]>;
  /** Goes on with what an interruption left of earlier captures. */
  resumeCaptures(listener?: BatchListener): Promise<readonly CaptureOutcome[]>;
  /** How many links earlier captures left, that nobody is at work on. */
  waitingLinks(): Promise<number>;
  /** Forgets them; resolves to how many they were. */
  discardWaitingLinks(): Promise<number>;
  /** Puts links down to be saved by the capture process; durable when it resolves. */
  askFor(links: string | readonly string[], asking: Asking): Promise<AskedLinks>;
  /** What was asked for so, newest first, and what became of it. */
  asked(): Promise<readonly AskedLinks[]>;
  /** The batch a link was asked for in. */
  askedFor(item: string): Promise<AskedLinks>;
  cancelAsked(item: string): Promise<void>;
  retryAsked(item: string): Promise<void>;
  /** Forgets links that were asked for; what is under way of them is given up before it is sealed. */
  forgetAskedLinks(items: readonly string[]): Promise<void>;
  /** What was sealed for these keys, of links or of files that were handed in. */
  sealedFor(keys: readonly string[]): Promise<ReadonlyMap<string, ExhibitSummary>>;
  /** Whether there is anything for the capture process to do. */
  hasCaptureWork(): Promise<boolean>;
  /** Writes what is sent in to a file that is deleted when it is disposed of. */
  takeUpload(chunks: AsyncIterable<Uint8Array>): Promise<Upload>;
  /** Captures the link of an exhibit again and seals what came of it, compared with the first capture. */
  recapture(id: string, options?: RecaptureOptions): Promise<Recaptured>;
  /** Has its link looked at again by whoever works off what is planned; durable when it resolves. */
  lookAgainSoon(id: string, terms: AgainTerms): Promise<AskedAgain>;
  /** The same for many, each told of by itself. */
  lookAgainAtMany(ids: readonly string[], terms: AgainTerms): Promise<readonly AskedOfMany[]>;
  /** Has it looked at again so many milliseconds from now; durable when it resolves. */
  planLooks(id: string, after: readonly number[], terms: AgainTerms): Promise<PlannedLooks>;
  /** Takes that back: all that is not due yet, or what the member of this pseudonym has planned. */
  takeBackLooks(id: string, of?: string): Promise<PlannedLooks>;
  /** Runs planned recaptures as they fall due, until the signal is given; with `once`, those that are due now. */
  watch(options: { readonly once?: boolean }, listener?: WatchListener): Promise<void>;
  /** Forgets when an exhibit was to be captured again. */
  forgetTimes(id: string): Promise<{ readonly id: string; readonly times: number }>;
  /** Its recaptures, oldest first, and when it is captured again. */
  history(id: string): Promise<History>;
  /** Seals a file others made (WACZ, WARC, HAR, HTML) as received, never as captured. */
  import(path: string, options: ImportOptions): Promise<Imported>;
  list(filter?: { readonly caseName?: string }): Promise<readonly ExhibitSummary[]>;
  show(id: string): Promise<ExhibitDetail>;
  export(id: string, target: string, withheld?: readonly string[], show?: readonly string[]): Promise<ExportResult>;
  /** How far exhibits are on their way to the public, and the next step. */
  readonly publications: Publications;
  /** Builds the group's site and tells what would change at a folder, `s3://…` or `sftp://…`; see src/app/publish/publish-site.ts. */
  publish(target: string, options?: PublishSiteOptions): Promise<SitePublishing>;
  /** The file for anyone of what may be shown. */
  exportRedacted(id: string, target: string): Promise<ExportResult>;
  print(ids: readonly string[], target: string, options?: PrintOptions): Promise<PrintResult>;
  timestamp(signal?: AbortSignal): Promise<readonly Attestation[]>;
  cosign(signal?: AbortSignal): Promise<readonly Attestation[]>;
  /** Attests the newest checkpoint by whatever is configured; never throws for what others fail at. */
  attest(): Promise<readonly Attestation[]>;
  audit(onProgress?: AuditProgress, signal?: AbortSignal): Promise<AuditResult>;
  /** `actor`: the pseudonym of who asks for it. */
  erase(id: string, reason: string, actor?: string): Promise<ErasureResult>;
  /** Tags exhibits, or puts them in a case, after they were sealed; acts in the record. */
  fileUnder(ids: readonly string[], filing: Filing, actor: string): Promise<readonly Filed[]>;
  /** The whole record as one encrypted file, verified after writing. */
  backUp(target: string, passphrase: string, options?: BackUpOptions): Promise<BackUpResult>;
  /** The same as a stream, which is whole only where it was verified; dispose of it when done. */
  streamBackUp(passphrase: string, options?: BackUpOptions): Promise<Packing>;
  /** A case as a folder for others. */
  exportCase(caseName: string, folder: string, options?: ExportCaseOptions): Promise<ExportedCase>;
  /** The same as a ZIP; dispose of it when done. */
  archiveCase(caseName: string, options?: ExportCaseOptions): Promise<CaseArchive>;
  /** A report of a case, of what may be shown of it, as a web page or a PDF. */
  dossier(caseName: string, form: DossierForm, options?: DossierOptions): Promise<Dossier>;
  /** The same as a file, whose name says its form. */
  writeDossier(caseName: string, file: string, options?: DossierOptions): Promise<WrittenDossier>;
  /** The proofs of several as a ZIP, those that can be made; dispose of it when done. */
  archiveProofs(ids: readonly string[], options?: { readonly signal?: AbortSignal }): Promise<ProofsArchive>;
  /** Takes in a case that another record handed out: each proof verified, and sealed as received. */
  importCase(folder: string, options?: ImportCaseOptions): Promise<ImportedCase>;
  /** Opens a window to sign in; what makes the browser signed in is kept sealed, under this name. */
  logIn(name: string, url: string, options?: LoginOptions): Promise<SessionSummary>;
  sessions(): Promise<Sessions>;
  forgetSession(name: string): Promise<void>;
  /** Finding exhibits, looking at one, and making placards of them, as the workbench does it. */
  readonly looking: Looking;
  /** Questions that are put to office-holders. */
  readonly questions: Questions;
  /** Deciding what of an exhibit is for the public. */
  readonly redacting: Redacting;
  /** Its settings, as an owner sees and changes them on a screen. */
  readonly settingUp: SettingUp;
  /** The sample to play with. */
  readonly sample: Sample;
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

/** Puts a back-up back into a folder that is empty or missing; see src/app/keeping/restore.ts. */
export async function restoreRecord(
  file: string | AsyncIterable<Uint8Array>,
  folder: string,
  passphrase: string,
  options?: RestoreOptions,
): Promise<RestoreResult> {
  return (await import("./keeping/restore.ts")).restore(file, folder, passphrase, options);
}

/** Throws where the passphrase does not open the back-up that begins so; see src/app/keeping/restore.ts. */
export async function tryBackUp(beginning: Uint8Array, passphrase: string): Promise<void> {
  return (await import("./keeping/restore.ts")).tryBackUp(beginning, passphrase);
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
    isAlive: () =>
      context.log.head().then(
        () => true,
        (error: unknown) => !isPlacardError(error, "storage"),
      ),
    capture: async (urls, options) => (await import("./capture-exhibit.ts")).captureAll(context, urls, options),
    resumeCaptures: async (listener) => (await import("./capture-exhibit.ts")).resumeCaptures(context, listener),
    recapture: async (id, options) => (await import("./recapture-exhibit.ts")).recaptureExhibit(context, id, options),
    lookAgainSoon: async (id, terms) => (await import("./look-again-soon.ts")).lookAgainSoon(context, id, terms),
    lookAgainAtMany: async (ids, terms) => (await import("./look-again-soon.ts")).lookAgainAtMany(context, ids, terms),
    planLooks: async (id, after, terms) => (await import("./planned-looks.ts")).planLooks(context, id, after, terms),
    takeBackLooks: async (id, of) => (await import("./planned-looks.ts")).takeBackLooks(context, id, of),
    watch: async (options, listener) => (await import("./watch.ts")).watch(context, options, listener),
    forgetTimes: async (id) => (await import("./watch.ts")).forgetTimes(context, id),
    history: async (id) => (await import("./history.ts")).historyOf(context, parseExhibitId(id)),
    waitingLinks: () => context.agenda.waiting(),
    discardWaitingLinks: () => context.agenda.discard(),
    import: async (path, options) => (await import("./import-files.ts")).importFile(context, path, options),
    askFor: async (links, asking) => (await import("./asked.ts")).askFor(context, links, asking),
    asked: async () => (await import("./asked.ts")).listAsked(context),
    askedFor: async (item) => (await (await import("./asked.ts")).findAsked(context, item)).batch,
    cancelAsked: async (item) => (await import("./asked.ts")).cancelAsked(context, item),
    retryAsked: async (item) => (await import("./asked.ts")).retryAsked(context, item),
    forgetAskedLinks: (items) => context.agenda.forget([], items),
    sealedFor: (keys) => context.index.sealedFor(keys),
    hasCaptureWork: async () => (await context.agenda.hasAsked()) || (await context.agenda.times()).length > 0,
    takeUpload: async (chunks) => (await import("./take-upload.ts")).takeUpload(context, chunks),
    list: (filter) => context.index.list(filter),
    show: (id) => findExhibit(context, id),
    export: async (id, target, withheld, show) =>
      (await import("./export-exhibit.ts")).exportExhibit(context, id, target, withheld, show),
    exportRedacted: async (id, target) => (await import("./redact/hand-out.ts")).exportRedacted(context, id, target),
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
    erase: async (id, reason, actor) => {
      const erased = await (await import("./erase-exhibit.ts")).eraseExhibit(context, id, reason, actor);
      (await import("./thumbnail.ts")).forgetThumbnails();
      (await import("./reading.ts")).forgetReadings();
      return erased;
    },
    fileUnder: async (ids, filing, actor) =>
      (await import("./file-exhibits.ts")).fileExhibits(context, ids, filing, actor),
    backUp: async (target, passphrase, options) =>
      (await import("./keeping/back-up.ts")).backUp(context, target, passphrase, options),
    streamBackUp: async (passphrase, options) =>
      (await import("./keeping/back-up.ts")).pack(context, passphrase, options),
    exportCase: async (caseName, target, options) =>
      (await import("./keeping/export-case.ts")).exportCase(context, caseName, target, options),
    archiveCase: async (caseName, options) =>
      (await import("./keeping/case-archive.ts")).archiveCase(context, caseName, options),
    dossier: async (caseName, form, options) =>
      (await import("./dossier/dossier.ts")).makeDossier(context, caseName, form, options),
    writeDossier: async (caseName, file, options) =>
      (await import("./dossier/dossier.ts")).writeDossier(context, caseName, file, options),
    archiveProofs: async (ids, options) =>
      (await import("./keeping/proofs-archive.ts")).archiveProofs(context, ids, options),
    importCase: async (source, options) =>
      (await import("./keeping/import-case.ts")).importCase(context, source, options),
    logIn: async (name, url, options) => (await import("./sessions.ts")).logIn(context, name, url, options),
    sessions: async () => (await import("./sessions.ts")).listSessions(context),
    forgetSession: async (name) => (await import("./sessions.ts")).forgetSession(context, name),
    publications: lazily(async () => (await import("./publication/publication.ts")).publicationsIn(context)),
    publish: async (target, options) =>
      (await import("./publish/publish-site.ts")).publishSite(context, target, options),
    looking: lookingIn(context),
    questions: lazily(async () => (await import("./ask/asking.ts")).questionsIn(context)),
    redacting: redactingIn(context),
    settingUp: settingUpIn(context),
    sample: sampleIn(context),
    [Symbol.asyncDispose]: close,
  };
}
