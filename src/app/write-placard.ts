/** Writes a `.placard` file (docs/formats/placard-file.md): the same parts give the same bytes. */
import { crc32 } from "node:zlib";
import { utf8 } from "../lib/bytes.ts";
import { writeZip, type ZipMember } from "../lib/zip-writer.ts";

export interface PlacardParts {
  /** SD-JWT with the disclosures to be shown. */
  readonly act: string;
  readonly proof: string;
  readonly vkey: string;
  readonly timestamps: readonly Uint8Array[];
  readonly blobs: readonly { readonly sha256: string; readonly blob: Blob }[];
}

/** Never holds a blob whole; each is read twice, since its checksum comes first. */
export async function* writePlacardFile(parts: PlacardParts): AsyncGenerator<Uint8Array> {
  const blobs = parts.blobs.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  yield* writeZip([
    bytesMember("act.sdjwt", utf8(parts.act)),
    bytesMember("ledger.tlog-proof", utf8(parts.proof)),
    bytesMember("log.vkey", utf8(`${parts.vkey}\n`)),
    ...parts.timestamps.map((token, i) => bytesMember(`timestamps/${i}.tsr`, token)),
    ...(await Promise.all(blobs.map(({ sha256, blob }) => blobMember(`blobs/${sha256}`, blob)))),
  ]);
}

function bytesMember(name: string, bytes: Uint8Array): ZipMember {
  return { name, bytes: bytes.length, crc32: crc32(bytes), chunks: () => [bytes] };
}

async function blobMember(name: string, blob: Blob): Promise<ZipMember> {
  let crc = 0;
  for await (const chunk of blob.stream()) crc = crc32(chunk, crc);
  return { name, bytes: blob.size, crc32: crc, chunks: () => blob.stream() };
}
