/** A case that was handed out as a ZIP, taken in as its folder is: unpacked aside, within bounds, whatever is in the ZIP. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { openScratch, removeScratch } from "../../capture/scratch.ts";
import { openPending } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import { openZip, type Zip, type ZipEntry } from "../../verify/zip.ts";
import type { RecordContext } from "../context.ts";
import { openFileBlob } from "../file-blob.ts";
import { say } from "../said.ts";
import { PACKAGE } from "./case-package.ts";
import { type ImportCaseOptions, type ImportedCase, importCase } from "./import-case.ts";

/** Of the whole, unpacked; what is larger is taken in as a folder, on the command line. */
const MOST_UNPACKED = 2 ** 32;
/** In the ZIP itself, or in a folder of it, as those who pack a folder anew have it. Names are kept, so they are held to a form. */
const PROOF = /^(?<folder>[^/]+\/)?exhibits\/(?<name>[\p{L}\p{N}][\p{L}\p{N} ._-]{0,150}\.placard)$/u;

interface Unpacking {
  readonly entry: ZipEntry;
  /** Below the folder. */
  readonly to: string;
}

/**
 * Takes in every proof of the ZIP `file`. Throws as `importCase` does, and `malformed`, `unsupported`, `mismatch`, `too_large` where
 * it is no ZIP of a case; nothing is taken in then.
 */
export async function importCaseArchive(
  context: RecordContext,
  file: string,
  options: ImportCaseOptions = {},
): Promise<ImportedCase> {
  await using archive = await openFileBlob(file);
  const wanted = membersOf(await openZip(archive.blob, { most: 100_000 }));
  const folder = await openScratch(context.folder.scratch);
  try {
    await mkdir(join(folder, "exhibits"), { mode: 0o700 });
    for (const { entry, to } of wanted) {
      if (options.signal?.aborted) throw new PlacardError("cancelled", say("stopped_nothing_taken"));
      await unpack(entry, join(folder, to), folder);
    }
    return await importCase(context, folder, options);
  } finally {
    await removeScratch(folder);
  }
}

function membersOf(zip: Zip): readonly Unpacking[] {
  const proofs = zip.entries.flatMap((entry) => {
    const { folder = "", name } = PROOF.exec(entry.name)?.groups ?? {};
    return name === undefined ? [] : [{ entry, folder, to: join("exhibits", name) }];
  });
  const [first] = proofs;
  if (first === undefined || proofs.some(({ folder }) => folder !== first.folder)) {
    throw new PlacardError("malformed", say("no_case_in_file"), {
      next: say("choose_case_zip"),
    });
  }
  const described = zip.find(`${first.folder}${PACKAGE}`);
  const wanted = [...proofs, ...(described === undefined ? [] : [{ entry: described, to: PACKAGE }])];
  if (wanted.reduce((sum, { entry }) => sum + entry.bytes, 0) > MOST_UNPACKED) {
    throw new PlacardError("too_large", say("case_over_4"), {
      next: say("unpack_and_take"),
    });
  }
  return wanted;
}

/** Held to the length and the checksum that the ZIP says; never held in memory. */
async function unpack(entry: ZipEntry, path: string, folder: string): Promise<void> {
  const pending = await openPending(folder, { mode: 0o600, scratch: true });
  let [bytes, crc] = [0, 0];
  try {
    for await (const piece of piecesOf(entry)) {
      bytes += piece.length;
      if (bytes > entry.bytes) break;
      crc = crc32(piece, crc);
      await pending.write(piece);
    }
    if (bytes !== entry.bytes || crc !== entry.crc32)
      throw new PlacardError("mismatch", say("entry_damaged", { name: JSON.stringify(entry.name) }));
    await pending.commit(path);
  } finally {
    await pending.discard();
  }
}

async function* piecesOf({ method, packed, name }: ZipEntry): AsyncGenerator<Uint8Array> {
  const stream =
    method === "stored" ? packed.stream() : packed.stream().pipeThrough(new DecompressionStream("deflate-raw"));
  try {
    for await (const piece of stream) yield piece;
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new PlacardError("malformed", say("not_unpacked", { name: JSON.stringify(name) }), { cause });
  }
}
