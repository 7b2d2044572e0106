/** Writes a `.placard` file (docs/formats/placard-file.md): the same parts give the same bytes. */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { writeZip, type ZipMember } from "../lib/zip-writer.ts";

export interface PlacardParts {
  /** SD-JWT with the disclosures to be shown. */
  readonly act: string;
  readonly proof: string;
  readonly vkey: string;
  readonly timestamps: readonly Uint8Array[];
  /** The screenshot where some of it is withheld (PNG), and what proves the rest. */
  readonly redacted?: { readonly picture: Uint8Array; readonly proof: Uint8Array };
  readonly blobs: readonly { readonly sha256: string; readonly blob: Blob }[];
}

/**
 * Never holds a blob whole; each is read twice, since its checksum comes first. Throws `mismatch`, before anything is
 * given, where a blob's bytes are not those of its name: whoever is handed such a file takes it for a forgery.
 */
export async function* writePlacardFile(parts: PlacardParts): AsyncGenerator<Uint8Array> {
  const blobs = parts.blobs.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  yield* writeZip([
    bytesMember("act.sdjwt", utf8(parts.act)),
    bytesMember("ledger.tlog-proof", utf8(parts.proof)),
    bytesMember("log.vkey", utf8(`${parts.vkey}\n`)),
    ...parts.timestamps.map((token, i) => bytesMember(`timestamps/${i}.tsr`, token)),
    ...redactedMembers(parts),
    ...(await Promise.all(blobs.map(({ sha256, blob }) => blobMember(sha256, blob)))),
  ]);
}

function redactedMembers({ redacted }: PlacardParts): readonly ZipMember[] {
  if (redacted === undefined) return [];
  return [bytesMember("tiles/screenshot.png", redacted.picture), bytesMember("tiles/screenshot.proof", redacted.proof)];
}

function bytesMember(name: string, bytes: Uint8Array): ZipMember {
  return { name, bytes: bytes.length, crc32: crc32(bytes), chunks: () => [bytes] };
}

async function blobMember(sha256: string, blob: Blob): Promise<ZipMember> {
  let crc = 0;
  const hash = createHash("sha256");
  for await (const chunk of blob.stream()) {
    crc = crc32(chunk, crc);
    hash.update(chunk);
  }
  if (hash.digest("hex") !== sha256) {
    throw new PlacardError("mismatch", "A file of this exhibit is damaged in the vault; nothing was handed out.", {
      next: "placard audit says which; a back-up of the vault folder brings it back. The rest can go without it: --withhold.",
    });
  }
  return { name: `blobs/${sha256}`, bytes: blob.size, crc32: crc, chunks: () => blob.stream() };
}
