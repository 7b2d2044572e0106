/** A case's folder as one ZIP, for a download. */
import { join } from "node:path";
import { openScratch, removeScratch } from "../../capture/scratch.ts";
import { copied, readPieces } from "../../lib/pieces.ts";
import { writeZip, type ZipMember } from "../../lib/zip-writer.ts";
import type { RecordContext } from "../context.ts";
import type { FileOfCase } from "./case-exhibits.ts";
import { type ExportCaseOptions, type ExportedCase, fillCaseFolder, rowsOf } from "./export-case.ts";

export interface CaseArchive extends AsyncDisposable {
  readonly made: Omit<ExportedCase, "folder">;
  /** Pieces that are the caller's own. */
  pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/** Throws as `exportCase`. */
export async function archiveCase(
  context: RecordContext,
  caseName: string,
  options: ExportCaseOptions = {},
): Promise<CaseArchive> {
  const rows = await rowsOf(context, caseName, options.also ?? []);
  const folder = await openScratch(context.folder.scratch);
  try {
    const { names: _, files, ...made } = await fillCaseFolder(context, caseName, rows, folder, options);
    const members = files.map((file) => memberOf(folder, file)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return { made, pieces: () => copied(writeZip(members)), [Symbol.asyncDispose]: () => removeScratch(folder) };
  } catch (error) {
    await removeScratch(folder);
    throw error;
  }
}

export function memberOf(folder: string, { path: name, bytes, crc32 }: FileOfCase): ZipMember {
  return { name, bytes, crc32, chunks: () => readPieces(join(folder, name)) };
}
