/** record.json: what a record says of itself in public (docs/formats/record.md). */
import { z } from "zod";
import { equal, fromBase64, fromHex } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { isJsonObject, parseJson } from "../lib/json.ts";
import { say } from "./said.ts";

const LONGEST_FILE = 1 << 14;
/** DER of a SubjectPublicKeyInfo for an uncompressed point on P-384 (RFC 5480), up to the point's first coordinate. */
const P384_SPKI = fromHex("3076301006072a8648ce3d020106052b8104002203620004", 24);
const P384_SPKI_LENGTH = 120;

/** A signed-note key name: no spaces, no plus (C2SP signed-note). */
const originSchema = z.string().regex(/^[^\s+\p{Cc}]{1,255}$/u);

const NAME = /^(?!\s)[^\p{Cc}]{1,200}(?<!\s)$/u;

/** Whether a group's name may stand in a record: 1 to 200 characters on one line, no space at either end. */
export function isRecordName(name: string): boolean {
  return NAME.test(name);
}

const schema = z
  .strictObject({
    format: z.literal(1),
    name: z.string().regex(NAME),
    origin: originSchema,
    vkey: z.string().max(400),
    archiveKey: z.string().refine(isP384Key),
  })
  .refine(isKeyOfOrigin, { path: ["vkey"] });

export interface RecordFile {
  readonly format: 1;
  /** The group's name, as it stands on a placard. */
  readonly name: string;
  /** The ledger's origin: unlike any other's, and never looked up. */
  readonly origin: string;
  /** Signed-note verifier key of ledger and acts: `origin+id+key`. */
  readonly vkey: string;
  /** The ECDSA P-384 key that signs web archives: base64 of its SubjectPublicKeyInfo. */
  readonly archiveKey: string;
}

/** Throws `malformed`, `too_large`, or `unsupported` (a format newer than ours). */
export function parseRecordFile(text: string): RecordFile {
  const json = parseJson(text, "record.json", { length: LONGEST_FILE, depth: 4 });
  const format = isJsonObject(json) ? json["format"] : undefined;
  if (typeof format === "number" && format !== 1) {
    throw new PlacardError("unsupported", say("other_format", { format }), {
      next: say("newest_version"),
    });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") || "its members";
  throw new PlacardError("malformed", say("no_record_file", { where }), {
    cause: parsed.error,
    next: say("never_changes"),
  });
}

/** The file's text: members in fixed order, ending in a newline. Throws `malformed` for what could not be read back. */
export function formatRecordFile(file: RecordFile): string {
  const { format, name, origin, vkey, archiveKey } = file;
  const text = `${JSON.stringify({ format, name, origin, vkey, archiveKey }, undefined, 2)}\n`;
  parseRecordFile(text);
  return text;
}

function isKeyOfOrigin({ origin, vkey }: { readonly origin: string; readonly vkey: string }): boolean {
  return vkey.startsWith(`${origin}+`) && /^[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/.test(vkey.slice(origin.length + 1));
}

function isP384Key(text: string): boolean {
  if (text.length !== (P384_SPKI_LENGTH / 3) * 4) return false;
  try {
    return equal(fromBase64(text).subarray(0, P384_SPKI.length), P384_SPKI);
  } catch {
    return false;
  }
}
