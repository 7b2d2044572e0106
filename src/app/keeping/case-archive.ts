/** A case's folder as one ZIP, for a download. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { openScratch, removeScratch } from "../../capture/scratch.ts";
import { copied, readPieces } from "../../lib/pieces.ts";
import { writeZip, type ZipMember } from "../../lib/zip-writer.ts";
import type { RecordContext } from "../context.ts";
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
    const { names: _, ...made } = await fillCaseFolder(context, caseName, rows, folder, options);
    const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll("\\", "/"),
      )
      .toSorted();
    const members: ZipMember[] = [];
    for (const name of files) members.push(await memberOf(folder, name));
    return { made, pieces: () => copied(writeZip(members)), [Symbol.asyncDispose]: () => removeScratch(folder) };
  } catch (error) {
    await removeScratch(folder);
    throw error;
  }
}

/** Read once, for its checksum stands before it. */
export async function memberOf(folder: string, name: string): Promise<ZipMember> {
  let crc = 0;
  let bytes = 0;
  for await (const piece of readPieces(join(folder, name))) {
    crc = crc32(piece, crc);
    bytes += piece.length;
  }
  return { name, bytes, crc32: crc, chunks: () => readPieces(join(folder, name)) };
}
