/** A case as a folder that others can use (docs/formats/case-folder.md). */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { ExhibitSummary } from "../../index/exhibit-index.ts";
import { utf8 } from "../../lib/bytes.ts";
import { makeFolder, writeDurable } from "../../lib/durable.ts";
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import type { Json } from "../../lib/json.ts";
import { readPieces } from "../../lib/pieces.ts";
import { parseExhibitId } from "../../record/exhibit-id.ts";
import { findExhibit } from "../acts.ts";
import type { RecordContext } from "../context.ts";
import { exportExhibit } from "../export-exhibit.ts";
import { heldBack } from "../held-back.ts";
import { say } from "../said.ts";
import { openField, SHARED_ARCHIVE } from "../shared-archive.ts";
import { writeTarget } from "../write-target.ts";
import { type CaseExhibit, type FileOfCase, factsShown, sourcesShown } from "./case-exhibits.ts";
import { formatNotes } from "./case-notes.ts";
import { type CasePackage, formatPackage, formatReadme, NOTES, PACKAGE, README, SHEET } from "./case-package.ts";
import { formatSheet } from "./case-sheet.ts";
import { caseSpeech } from "./case-words.ts";
import { openWholeFolder } from "./whole-folder.ts";

export interface ExportCaseOptions {
  /** Exhibits besides those that say they are of the case; of an erased one nobody knows otherwise that it was. */
  readonly also?: readonly string[];
  readonly signal?: AbortSignal;
  /** Exhibits done, of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ExportedCase {
  readonly folder: string;
  readonly caseName: string;
  readonly exhibits: number;
  readonly erased: number;
  /** Of how many exhibits something was held back. */
  readonly heldBack: number;
  readonly bytes: number;
}

/**
 * Writes the case into `folder`, which must be missing or empty and is filled whole or not at all. Throws `not_found` (no such case),
 * `conflict`, `usage`, `cancelled`, `mismatch`, `storage`.
 */
export async function exportCase(
  context: RecordContext,
  caseName: string,
  folder: string,
  options: ExportCaseOptions = {},
): Promise<ExportedCase> {
  const rows = await rowsOf(context, caseName, options.also ?? []);
  const whole = await openWholeFolder(folder);
  try {
    const { names, files: _, ...made } = await fillCaseFolder(context, caseName, rows, whole.path, options);
    await whole.commit(names);
    return { folder, ...made };
  } finally {
    await whole.discard();
  }
}

/** Throws `not_found` where nothing is of the case, `usage` for what is no number of an exhibit. */
export async function rowsOf(
  context: RecordContext,
  caseName: string,
  also: readonly string[],
): Promise<readonly ExhibitSummary[]> {
  const rows = new Map((await context.index.list({ caseName })).map((row) => [row.id, row]));
  for (const given of also) {
    const { summary } = await findExhibit(context, parseExhibitId(given));
    rows.set(summary.id, summary);
  }
  if (rows.size > 0) return [...rows.values()].toSorted((a, b) => a.position - b.position);
  throw new PlacardError("not_found", say("no_such_case", { name: caseName }), {
    next: say("list_shows_cases"),
  });
}

/** Fills an empty folder; resolves to its files, and to the names in it, the one that says what all others are last. */
export async function fillCaseFolder(
  context: RecordContext,
  caseName: string,
  rows: readonly ExhibitSummary[],
  folder: string,
  { signal, onProgress }: ExportCaseOptions,
): Promise<
  Omit<ExportedCase, "folder"> & { readonly names: readonly string[]; readonly files: readonly FileOfCase[] }
> {
  for (const name of ["exhibits", "archives"]) await makeFolder(join(folder, name));
  const exhibits: CaseExhibit[] = [];
  for (const row of rows) {
    if (signal?.aborted) throw new PlacardError("cancelled", say("export_stopped"));
    exhibits.push(await writeExhibit(context, row, folder));
    onProgress?.(exhibits.length, rows.length);
  }
  const write = async (path: string, text: string): Promise<FileOfCase> => {
    await writeDurable(join(folder, path), utf8(text));
    return fileOf(folder, path);
  };
  const speech = caseSpeech(context.settings.language);
  const notes = formatNotes(caseName, exhibits, speech.words.attached);
  const about: CasePackage = {
    caseName,
    recordName: context.file.name,
    origin: context.file.origin,
    madeAt: new Date(context.clock.now()).toISOString(),
    exhibits,
    tables: [await write(SHEET, formatSheet(exhibits)), await write(NOTES, notes)],
    speech,
  };
  const beside = [await write(README, formatReadme(about)), await write(PACKAGE, formatPackage(about))];
  const ofExhibits = exhibits.flatMap(({ proof, archive }) => [proof, archive]).filter((file) => file !== undefined);
  const files = [...about.tables, ...ofExhibits];
  return {
    names: ["exhibits", "archives", SHEET, NOTES, README, PACKAGE],
    caseName,
    exhibits: exhibits.length,
    erased: exhibits.filter(({ state }) => state === "erased").length,
    heldBack: exhibits.filter((exhibit) => exhibit.heldBack.length > 0).length,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    files: [...beside, ...files],
  };
}

async function writeExhibit(context: RecordContext, row: ExhibitSummary, folder: string): Promise<CaseExhibit> {
  const { id } = row;
  const path = `exhibits/${id}.placard`;
  try {
    const { fields } = await findExhibit(context, id);
    const made = await exportExhibit(context, id, join(folder, path));
    const facts = factsShown(fields, made.withheld);
    return {
      ...summaryOf(row),
      words: made.words,
      facts,
      sources: sourcesShown(fields, facts),
      proof: await fileOf(folder, path),
      archive: await writeArchive(context, fields, folder, `archives/${id}.wacz`),
      heldBack: made.heldBack,
    };
  } catch (error) {
    // Before the export began, or while it went on.
    if (!isPlacardError(error)) throw error;
    if (error.code !== "erased") {
      const { code, message, next } = error;
      throw new PlacardError(code, `${id}: ${message}`, { cause: error, ...(next === undefined ? {} : { next }) });
    }
    const { summary, words } = await findExhibit(context, id);
    const nothing = { facts: {}, sources: {}, proof: undefined, archive: undefined, heldBack: [] };
    return { ...summaryOf(summary), words, ...nothing };
  }
}

function summaryOf(row: ExhibitSummary) {
  const { id, state, sealedAt, erasedAt, reason, recaptureOf, result, receivedFrom } = row;
  return { id, state, sealedAt, erasedAt, reason, recaptureOf, result, receivedFrom };
}

/** The archive made to be shared; the original only where it is not held back. */
async function writeArchive(
  context: RecordContext,
  fields: Readonly<Record<string, Json>>,
  folder: string,
  path: string,
): Promise<FileOfCase | undefined> {
  const name = SHARED_ARCHIVE in fields ? SHARED_ARCHIVE : "archive";
  if (heldBack(fields).includes(name)) return undefined;
  const blob = await openField(context.vault, fields, name);
  if (blob === undefined) return undefined;
  await writeTarget(join(folder, path), blob.stream());
  return fileOf(folder, path);
}

/** Read once, for all that is said of it elsewhere. */
export async function fileOf(folder: string, path: string): Promise<FileOfCase> {
  const hash = createHash("sha256");
  let [bytes, crc] = [0, 0];
  for await (const piece of readPieces(join(folder, path))) {
    hash.update(piece);
    crc = crc32(piece, crc);
    bytes += piece.length;
  }
  return { path, bytes, sha256: hash.digest("hex"), crc32: crc };
}
