/** The archive that may be shared, made beside the sealed original and kept as its parts. */
import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { utf8 } from "../../lib/bytes.ts";
import { openPending } from "../../lib/durable.ts";
import { writeZip } from "../../lib/zip-writer.ts";
import type { BlobRef } from "../../record/act.ts";
import { bytesMember, WARC_MEMBER, type WaczContents, waczMembers } from "../archive/wacz.ts";
import { compose, joinParts, type Part, partsHeader, type Sources } from "./parts.ts";
import type { SharedWarc } from "./shared-warc.ts";

export interface SharedArchive {
  /** File of the parts (parts.ts). */
  readonly parts: string;
  readonly ref: BlobRef;
}

/** `own`: path of the changed records; `sources`: what parts are counted in. Throws `storage`. */
export async function packSharedArchive(
  warc: SharedWarc,
  own: string,
  sources: Sources,
  contents: Omit<WaczContents, "warc" | "entries">,
): Promise<SharedArchive> {
  const records = await openAsBlob(own);
  const byteRecord = compose(warc.parts, sources, records);
  const { sha256, crc } = await digestsOf(byteRecord);
  const member = { name: WARC_MEMBER, bytes: byteRecord.size, crc32: crc, sha256, chunks: () => [] };
  const members = waczMembers({ ...contents, entries: warc.entries }, member, [
    bytesMember("removed.jsonl", utf8(warc.removals.map((removal) => `${JSON.stringify(removal)}\n`).join(""))),
  ]);
  const before: Uint8Array[] = [];
  const after: Uint8Array[] = [];
  let at = before;
  const [first, ...rest] = members;
  // The zip writer asks for the byte record between its header and all that follows.
  const marked = { ...member, ...first, chunks: () => ((at = after), []) };
  for await (const chunk of writeZip([marked, ...rest])) at.push(chunk);
  const parts = joinParts([{ own: sizeOf(before) }, ...warc.parts, { own: sizeOf(after) }]);
  const path = join(dirname(own), "shared-parts");
  const ownBytes = new Blob([...(before as BlobPart[]), records, ...(after as BlobPart[])]);
  await writeParts(path, parts, ownBytes);
  const whole = compose(parts, sources, ownBytes);
  const digest = await digestsOf(whole);
  return { parts: path, ref: { sha256: digest.sha256, bytes: whole.size, mediaType: "application/wacz" } };
}

async function writeParts(path: string, parts: readonly Part[], own: Blob): Promise<void> {
  const file = await openPending(dirname(path), { mode: 0o600, scratch: true });
  try {
    await file.write(partsHeader(parts));
    for await (const chunk of own.stream()) await file.write(chunk);
    await file.commit(path);
  } finally {
    await file.discard();
  }
}

async function digestsOf(blob: Blob): Promise<{ readonly sha256: string; readonly crc: number }> {
  const hash = createHash("sha256");
  let crc = 0;
  for await (const chunk of blob.stream()) {
    hash.update(chunk);
    crc = crc32(chunk, crc);
  }
  return { sha256: hash.digest("hex"), crc };
}

function sizeOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}
