/** The checks of what lies in the vault: each file a shown field points at, web archives also from inside. */
import { toHex } from "../lib/bytes.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import type { BlobRef } from "../record/act.ts";
import { absent, fails, holds, mismatch, withheld } from "./check.ts";
import type { DigestBlob, OnBytes } from "./digest.ts";
import type { Check } from "./verdict.ts";
import { verifyWacz } from "./wacz.ts";
import { counted } from "./wording.ts";

export type Fields = Readonly<Record<string, Json>>;
type Blobs = ReadonlyMap<string, Blob>;

export interface Pointer extends BlobRef {
  readonly field: string;
}

const ARCHIVE_TYPE = "application/wacz";
/** What every capture has, and in the order in which it is told. */
const CAPTURED_BLOBS = ["archive", "screenshot", "visibleText"] as const;

const OTHER_CHECKS: ReadonlySet<string> = new Set(
  "file act signature disclosures ledger checkpoint trust witnesses timestamps withheld".split(" "),
);

/** The shown fields that point at blobs: an object of exactly hash, length and media type. */
export function pointersOf(fields: Fields): readonly Pointer[] {
  const found = Object.entries<unknown>(fields).flatMap(([field, value]) =>
    isBlobRef(value) ? [{ field, ...value }] : [],
  );
  return found.toSorted((a, b) => place(a.field) - place(b.field) || (a.field < b.field ? -1 : 1));
}

function place(field: string): number {
  return [...CAPTURED_BLOBS, field].indexOf(field);
}

/** The check of a blob bears its field's name, and never that of another check. */
function nameOf(field: string): string {
  return OTHER_CHECKS.has(field) ? `field ${field}` : field;
}

/** "file": the container was sound, and every blob in it is one that a shown field points at. */
export function checkFile(blobs: Blobs, pointers: readonly Pointer[] | undefined): Check {
  const stray = [...blobs.keys()].filter((hash) => pointers?.every((pointer) => pointer.sha256 !== hash));
  if (stray.length === 0) return holds("file", "The file is whole, and holds nothing that does not belong in it.");
  return fails("file", mismatch(`The file holds ${counted(stray.length, "blob")} that no shown field points at.`));
}

/** How many bytes checkBlobs will hash: archives twice, as a whole and member by member. */
export function bytesToHash(blobs: Blobs, pointers: readonly Pointer[]): number {
  const hashed = pointers.map(({ sha256, mediaType }) => {
    return (blobs.get(sha256)?.size ?? 0) * (mediaType === ARCHIVE_TYPE ? 2 : 1);
  });
  return hashed.reduce((sum, bytes) => sum + bytes, 0);
}

/** One check a blob field, named by it; two more for a web archive. */
export async function checkBlobs(
  blobs: Blobs,
  fields: Fields,
  digestBlob: DigestBlob,
  onBytes: OnBytes,
): Promise<readonly Check[]> {
  const pointers = pointersOf(fields);
  const checks: Check[] = [];
  for (const pointer of pointers) {
    const blob = blobs.get(pointer.sha256);
    if (blob === undefined) {
      checks.push(
        withheld(nameOf(pointer.field), "Withheld: the act says what it was, and the file does not hold it."),
      );
    } else {
      checks.push(...(await checkBlob(pointer, blob, fields, digestBlob, onBytes)));
    }
  }
  return [...checks, ...unshownBlobs(fields)];
}

async function checkBlob(
  { field, sha256, bytes, mediaType }: Pointer,
  blob: Blob,
  { archiveKey }: Fields,
  digestBlob: DigestBlob,
  onBytes: OnBytes,
): Promise<readonly Check[]> {
  const expectedKey = typeof archiveKey === "string" ? { expectedKey: archiveKey } : {};
  const [digest, inside] = await Promise.all([
    digestBlob(blob, onBytes),
    mediaType === ARCHIVE_TYPE ? verifyWacz(blob, { digestBlob, onBytes, ...expectedKey }) : { checks: [] },
  ]);
  const isSealed = blob.size === bytes && toHex(digest) === sha256;
  const whole = isSealed
    ? holds(nameOf(field), `Its ${counted(bytes, "byte")} are those that were sealed.`)
    : fails(nameOf(field), mismatch("Its bytes are not those that were sealed."));
  // "archive contents" is "<field> contents" where an act keeps its archive under another name.
  return [whole, ...inside.checks.map((check) => ({ ...check, name: check.name.replace(/^archive/, () => field) }))];
}

/** What a capture always has and this file does not show. An act that hides what it is might be one. */
function unshownBlobs(fields: Fields): readonly Check[] {
  const { act } = fields;
  if (act !== "captured" && act !== undefined) return [];
  const unshown = CAPTURED_BLOBS.filter((field) => !(field in fields));
  if (act === undefined) return unshown.map((field) => absent(field, "The file does not say whether there is one."));
  return unshown.map((field) => withheld(field, "Withheld, with everything the act says of it."));
}

function isBlobRef(value: unknown): value is BlobRef {
  if (!isJsonObject(value) || Object.keys(value).length !== 3) return false;
  const { sha256, bytes, mediaType } = value as Fields;
  return (
    typeof sha256 === "string" &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    Number.isSafeInteger(bytes) &&
    (bytes as number) >= 0 &&
    typeof mediaType === "string"
  );
}
