/** The proofs of several exhibits as one ZIP, to be handed out. One that cannot be made is named in it, and the others are there. */
import { join } from "node:path";
import { openScratch, removeScratch } from "../../capture/scratch.ts";
import { utf8 } from "../../lib/bytes.ts";
import { writeDurable } from "../../lib/durable.ts";
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import { copied } from "../../lib/pieces.ts";
import { writeZip, type ZipMember } from "../../lib/zip-writer.ts";
import { parseExhibitId } from "../../record/exhibit-id.ts";
import type { RecordContext } from "../context.ts";
import { exportExhibit } from "../export-exhibit.ts";
import { say } from "../said.ts";
import { memberOf } from "./case-archive.ts";
import { fileOf } from "./export-case.ts";

export interface ProofsArchive extends AsyncDisposable {
  /** By id, why. */
  readonly missing: readonly { readonly id: string; readonly why: string }[];
  /** Pieces that are the caller's own. */
  pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

const MISSING = "not-included.txt";

/** Throws `cancelled`, `storage`, and where there is none to hand out, what keeps the first from it. */
export async function archiveProofs(
  context: RecordContext,
  ids: readonly string[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<ProofsArchive> {
  const folder = await openScratch(context.folder.scratch);
  try {
    const names: string[] = [];
    const missing: { id: string; why: string }[] = [];
    let first: unknown;
    for (const given of new Set(ids)) {
      if (signal?.aborted) throw new PlacardError("cancelled", say("proofs_stopped"));
      try {
        const name = `${parseExhibitId(given)}.placard`;
        await exportExhibit(context, given, join(folder, name));
        names.push(name);
      } catch (error) {
        if (!isPlacardError(error) || error.code === "storage") throw error;
        first ??= error;
        missing.push({ id: given, why: error.message });
      }
    }
    if (names.length === 0) throw first ?? new PlacardError("usage", say("no_exhibit_named"));
    if (missing.length > 0) {
      const lines = missing.map(({ id, why }) => `${id}: ${why.replace(/\s+/g, " ")}\n`);
      await writeDurable(join(folder, MISSING), utf8(lines.join("")));
      names.push(MISSING);
    }
    const members: ZipMember[] = [];
    for (const name of names) members.push(memberOf(folder, await fileOf(folder, name)));
    return { missing, pieces: () => copied(writeZip(members)), [Symbol.asyncDispose]: () => removeScratch(folder) };
  } catch (error) {
    await removeScratch(folder);
    throw error;
  }
}
