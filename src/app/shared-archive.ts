/** The archive that may be shared, which the vault keeps as its parts (docs/formats/shared.md). */
import { openParts } from "../capture/shared/parts.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import type { Vault } from "../vault/vault.ts";

type Fields = Readonly<Record<string, Json>>;

/** The name of the field that is kept in parts, and of the two that it is made from. */
export const SHARED_ARCHIVE = "sharedArchive";
const MADE_FROM = ["sharedParts", "archive"] as const;

/** Of an act's fields, those that the shared archive is put together from. */
export function madeFrom(fields: Fields): Fields {
  const names = [SHARED_ARCHIVE, ...MADE_FROM];
  return Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));
}

/** A blob that a field points at, put together where it is kept in parts; undefined where the vault lacks it. Throws `malformed`, `mismatch`, `storage`. */
export async function openField(vault: Vault, fields: Fields, name: string): Promise<Blob | undefined> {
  const stored = await openNamed(vault, fields, name);
  if (stored !== undefined || name !== SHARED_ARCHIVE) return stored;
  const [parts, original] = await Promise.all(MADE_FROM.map((field) => openNamed(vault, fields, field)));
  return parts === undefined || original === undefined ? undefined : openParts(parts, original);
}

async function openNamed(vault: Vault, fields: Fields, name: string): Promise<Blob | undefined> {
  const ref = fields[name];
  return isJsonObject(ref) && typeof ref["sha256"] === "string" ? vault.openBlob(ref["sha256"]) : undefined;
}
