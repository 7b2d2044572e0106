/** The archive that may be shared, which the vault keeps as its parts (docs/formats/shared.md). */
import { openParts } from "../capture/shared/parts.ts";
import { isPlacardError } from "../lib/error.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import type { Vault } from "../vault/vault.ts";

type Fields = Readonly<Record<string, Json>>;

/** The name of the field that is kept in parts, and of those that it is made from; the last of a recapture only. */
export const SHARED_ARCHIVE = "sharedArchive";
const MADE_FROM = ["sharedParts", "archive", "earlierArchive"] as const;

/** Of an act's fields, those that the shared archive is put together from. */
export function madeFrom(fields: Fields): Fields {
  const names = [SHARED_ARCHIVE, ...MADE_FROM];
  return Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));
}

/** A blob that a field points at, put together where it is kept in parts; undefined where the vault lacks it. Throws `malformed`, `mismatch`, `storage`. */
export async function openField(vault: Vault, fields: Fields, name: string): Promise<Blob | undefined> {
  const stored = await openNamed(vault, fields, name);
  if (stored !== undefined || name !== SHARED_ARCHIVE) return stored;
  const [parts, archive, earlierArchive] = await Promise.all(MADE_FROM.map((field) => openNamed(vault, fields, field)));
  if (parts === undefined || archive === undefined) return undefined;
  return openParts(parts, { archive, earlierArchive }).catch(asMissing);
}

function asMissing(error: unknown): undefined {
  if (!isPlacardError(error, "not_found")) throw error;
}

async function openNamed(vault: Vault, fields: Fields, name: string): Promise<Blob | undefined> {
  const ref = fields[name];
  return isJsonObject(ref) && typeof ref["sha256"] === "string" ? vault.openBlob(ref["sha256"]) : undefined;
}
