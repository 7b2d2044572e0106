/** The checks of what lies in the vault: each file a shown field points at, web archives also from inside. */
import { toHex } from "../lib/bytes.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import type { BlobRef } from "../record/act.ts";
import { absent, fails, holds, malformed, mismatch, withheld } from "./check.ts";
import { type DigestBlob, noticeBegun } from "./digest.ts";
import { say } from "./said.ts";
import type { Check } from "./verdict.ts";
import { newBudget, verifyWacz, type WaczOptions } from "./wacz.ts";
import { counted } from "./wording.ts";

export type Fields = Readonly<Record<string, Json>>;
type Blobs = ReadonlyMap<string, Blob>;
/** How to hash; `onBytes` is told of progress. */
export type Hashing = Omit<WaczOptions, "expectedKey" | "earlier"> & Required<Pick<WaczOptions, "onBytes">>;

export interface Pointer extends BlobRef {
  readonly field: string;
}

const ARCHIVE_TYPE = "application/wacz";
/** What every capture has, and in the order in which it is told. */
const CAPTURED_BLOBS = ["archive", "screenshot", "visibleText"] as const;
/** The archive made for sharing, beside the original. */
const SHARED_ARCHIVE = "sharedArchive";
/** What every act of its kind points at. An act that hides what it is might be a capture. Of a recapture, see below. */
const ALWAYS_BLOBS: ReadonlyMap<unknown, readonly string[]> = new Map<unknown, readonly string[]>([
  ["captured", CAPTURED_BLOBS],
  [undefined, CAPTURED_BLOBS],
  ["received", ["received"]],
]);

const OTHER_CHECKS: ReadonlySet<string> = new Set([
  ..."file act signature disclosures ledger checkpoint trust witnesses timestamps origin withheld".split(" "),
  "byte record",
  "redacted picture",
]);

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
  if (pointers === undefined) return holds("file", say("whole_untold"));
  const stray = [...blobs.keys()].filter((hash) => pointers.every((pointer) => pointer.sha256 !== hash));
  if (stray.length === 0) return holds("file", say("whole"));
  return fails("file", mismatch(`The file holds ${counted(stray.length, "blob")} that no shown field points at.`));
}

/** By its type or by its field's name: no act can keep its archive from being looked into. */
function isArchive({ field, mediaType }: Pointer): boolean {
  return mediaType === ARCHIVE_TYPE || field === "archive" || field === SHARED_ARCHIVE;
}

/** How many bytes checkBlobs will hash: each blob once, and archives once more, member by member. */
export function bytesToHash(blobs: Blobs, pointers: readonly Pointer[]): number {
  const whole = new Set(pointers.map(({ sha256 }) => sha256));
  const inside = new Set(pointers.filter(isArchive).map(({ sha256 }) => sha256));
  return [...whole, ...inside].reduce((sum, hash) => sum + (blobs.get(hash)?.size ?? 0), 0);
}

export interface BlobChecks {
  /** One check a blob field, named by it; two more for a web archive. */
  readonly checks: Promise<readonly Check[]>;
  /** Resolves when what takes longest is under way: the hashing of an archive, within and as a whole. */
  readonly begun: Promise<unknown>;
}

export function checkBlobs(blobs: Blobs, fields: Fields, hashing: Hashing): BlobChecks {
  const { begun, digestBlob } = noticeBegun(hashing.digestBlob);
  const checks = checkEach(blobs, fields, hashing, digestBlob);
  const settled = checks.catch(() => undefined);
  const hasArchive = pointersOf(fields).some((pointer) => isArchive(pointer) && blobs.has(pointer.sha256));
  return { checks, begun: hasArchive ? Promise.race([begun, settled]) : Promise.resolve() };
}

async function checkEach(
  blobs: Blobs,
  fields: Fields,
  hashing: Hashing,
  digestInside: DigestBlob,
): Promise<readonly Check[]> {
  const budget = newBudget();
  const leansOn = blobOf(fields["earlierArchive"], blobs);
  const looks: Looks = {
    digest: onceABlob((blob) => hashing.digestBlob(blob, hashing.onBytes)),
    // Looking inside takes long: a small file could else ask for it a hundred times.
    inside: onceABlob(async (blob) => {
      const { checks } = await verifyWacz(blob, {
        ...hashing,
        digestBlob: digestInside,
        ...expectedKey(fields),
        budget,
        earlier: leansOn === undefined || leansOn === blob ? [] : [leansOn],
      });
      return { checks: fields["act"] === "received" ? checks.map(asReceived) : checks };
    }),
  };
  const checks: Check[] = [];
  for (const pointer of pointersOf(fields)) {
    const blob = blobs.get(pointer.sha256);
    if (blob === undefined) {
      checks.push(withheld(nameOf(pointer.field), say("blob_withheld")));
    } else {
      checks.push(...(await checkBlob(pointer, blob, looks)));
    }
  }
  return [...checks, ...otherBlobs(fields)];
}

function blobOf(value: unknown, blobs: Blobs): Blob | undefined {
  return isBlobRef(value) ? blobs.get(value.sha256) : undefined;
}

/** Fields may point at one blob many times; it is looked at the first time. */
function onceABlob<T>(work: (blob: Blob) => Promise<T>): (blob: Blob) => Promise<T> {
  const done = new Map<Blob, Promise<T>>();
  return (blob) => {
    const found = done.get(blob) ?? work(blob);
    done.set(blob, found);
    return found;
  };
}

/** An act that names something other than a key is held to it all the same, and no archive is signed with that. */
function expectedKey({ archiveKey }: Fields): { readonly expectedKey?: string } {
  if (archiveKey === undefined) return {};
  return { expectedKey: typeof archiveKey === "string" ? archiveKey : JSON.stringify(archiveKey) };
}

interface Looks {
  readonly digest: (blob: Blob) => Promise<Uint8Array>;
  readonly inside: (blob: Blob) => Promise<{ readonly checks: readonly Check[] }>;
}

async function checkBlob(pointer: Pointer, blob: Blob, looks: Looks): Promise<readonly Check[]> {
  const { field, sha256, bytes } = pointer;
  const [digest, inside] = await Promise.all([
    looks.digest(blob),
    isArchive(pointer) ? looks.inside(blob) : { checks: [] },
  ]);
  const isSealed = blob.size === bytes && toHex(digest) === sha256;
  const whole = isSealed
    ? holds(
        nameOf(field),
        say(
          field === SHARED_ARCHIVE ? "bytes_sealed_shared" : "bytes_sealed",
          { count: bytes },
          { count: counted(bytes, "byte") },
        ),
      )
    : fails(nameOf(field), mismatch(say("bytes_differ")));
  // "archive contents" is "<field> contents" where an act keeps its archive under another name.
  return [whole, ...inside.checks.map((check) => ({ ...check, name: check.name.replace(/^archive/, () => field) }))];
}

/** That somebody else's archive is unsound is said, and does not speak against its having been received as it is. */
function asReceived(check: Check): Check {
  return check.state === "fails" ? absent(check.name, say("received_like_this", { why: check.why })) : check;
}

/** What an act of its kind always has, and this one does not point at. */
function otherBlobs(fields: Fields): readonly Check[] {
  const { act } = fields;
  const captures = act === "recaptured" && !saysNothingSeen(fields);
  const shared = SHARED_ARCHIVE in fields ? [SHARED_ARCHIVE] : [];
  return [...(captures ? CAPTURED_BLOBS : (ALWAYS_BLOBS.get(act) ?? [])), ...shared]
    .filter((field) => !isBlobRef(fields[field]))
    .map((field) => {
      if (field in fields) return fails(field, malformed("What the act says of it points at no file."));
      if (act === undefined || (act === "recaptured" && fields["result"] === undefined)) {
        return absent(field, say("blob_not_said"));
      }
      return withheld(field, say("blob_all_withheld"));
    });
}

/** Of a recapture: that there was nothing to capture. */
export function saysNothingSeen({ act, result }: Fields): boolean {
  return act === "recaptured" && (result === "gone" || result === "not-reachable");
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
