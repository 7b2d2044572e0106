/** The checks of files: each that a shown field points at, by content hash and length; web archives also from inside. */
import { toHex } from "../lib/bytes.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import type { CheckList } from "./checks.ts";
import type { DigestBlob, OnBytes } from "./digest.ts";
import type { PlacardFile } from "./placard-file.ts";
import { verifyWacz } from "./wacz.ts";

interface Pointer {
  readonly field: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
}

type Fields = Readonly<Record<string, Json>>;

export async function checkBlobs(
  file: PlacardFile,
  fields: Fields,
  checks: CheckList,
  digestBlob: DigestBlob,
  onBytes: OnBytes,
): Promise<void> {
  const pointers = Object.entries(fields).flatMap(([field, value]) => pointer(field, value));
  for (const sha256 of file.blobs.keys()) {
    if (!pointers.some((one) => one.sha256 === sha256))
      checks.fail("file", `The file holds a blob ${sha256} that no fact shown points at.`);
  }
  for (const one of pointers) {
    const blob = file.blobs.get(one.sha256);
    if (blob === undefined)
      checks.add({ name: one.field, state: "withheld", why: "Its hash is shown; the file itself is withheld." });
    else await checkBlob(one, blob, fields, checks, digestBlob, onBytes);
  }
}

async function checkBlob(
  one: Pointer,
  blob: Blob,
  fields: Fields,
  checks: CheckList,
  digestBlob: DigestBlob,
  onBytes: OnBytes,
): Promise<void> {
  const isArchive = one.mediaType === "application/wacz";
  const expectedKey = fields["archiveKey"];
  const [digest, archive] = await Promise.all([
    digestBlob(blob, onBytes),
    isArchive
      ? verifyWacz(blob, { digestBlob, onBytes, ...(typeof expectedKey === "string" ? { expectedKey } : {}) })
      : undefined,
  ]);
  if (blob.size === one.bytes && toHex(digest) === one.sha256)
    checks.hold(one.field, `Its ${blob.size} bytes are those that were sealed.`);
  else checks.fail(one.field, "Its bytes are not those that were sealed.");
  for (const check of archive?.checks ?? []) checks.add(check);
}

function pointer(field: string, value: Json): readonly Pointer[] {
  if (!isJsonObject(value)) return [];
  const { sha256, bytes, mediaType } = value as Fields;
  if (typeof sha256 !== "string" || typeof bytes !== "number" || typeof mediaType !== "string") return [];
  return [{ field, sha256, bytes, mediaType }];
}

/** How many bytes will be hashed, archives twice. */
export function bytesToHash(file: PlacardFile): number {
  return [...file.blobs.values()].reduce((sum, blob) => sum + blob.size, 0);
}
