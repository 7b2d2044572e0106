/** What of a record's folder a back-up holds, and by which names (docs/formats/backup.md). */
import { z } from "zod";
import { fromUtf8, utf8 } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { parseJson } from "../../lib/json.ts";
import { say } from "../said.ts";

/** Says what is in the back-up; always the first member. */
export const DESCRIPTION = "backup.json";
export const COMMIT = "commit.sqlite";
/** Small databases beside the record, each taken as SQLite's own copy of it; some records lack some of them. */
export const DATABASES = ["agenda.sqlite", "members.sqlite", "intake.sqlite"] as const;
export const FILES = ["record.json", "config.json"] as const;

export const KEY_FILE = /^(?:log\.pem|archive\.pem|accounts\.secret|session-[0-9a-f]{32}\.key)$/;
export const SESSION_FILE = /^[0-9a-f]{32}$/;

const FOLDER = "(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*";
const SINGLE: ReadonlySet<string> = new Set([...FILES, COMMIT, ...DATABASES]);
const NAMES: readonly RegExp[] = [
  new RegExp(`^ledger/${FOLDER}$`),
  /^vault\/acts\/(?:x\d{3}\/)*\d{3}(?:\.p\/\d{1,3})?$/,
  /^vault\/blobs\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/,
  /^vault\/sessions\/[0-9a-f]{32}$/,
];
const LONGEST_NAME = 300;
const LONGEST_DESCRIPTION = 16_384;

const isKey = (name: string): boolean => name.startsWith("keys/") && KEY_FILE.test(name.slice("keys/".length));

/** Whether a back-up may have a member of this name; no other is ever written anywhere. */
export function isRecordName(name: string): boolean {
  return name.length <= LONGEST_NAME && (SINGLE.has(name) || NAMES.some((form) => form.test(name)) || isKey(name));
}

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const descriptionSchema = z.strictObject({
  format: z.literal(1),
  name: z.string().max(200),
  origin: z.string().max(255),
  /** RFC 3339, UTC, by the clock of the machine. */
  madeAt: z.string().max(40),
  software: z.string().max(200),
  /** How many entries the ledger has. */
  entries: count,
  /** Members after this one, and how many bytes they are together. */
  members: count,
  bytes: count,
});
export type Description = z.infer<typeof descriptionSchema>;

export function formatDescription(description: Description): Uint8Array<ArrayBuffer> {
  return utf8(`${JSON.stringify(description, undefined, 2)}\n`);
}

/** Throws `malformed`, `unsupported`, `too_large`. */
export async function readDescription(member: {
  readonly name: string;
  readonly bytes: number;
  chunks(): AsyncIterable<Uint8Array>;
}): Promise<Description> {
  if (member.name !== DESCRIPTION) throw notABackUp();
  if (member.bytes > LONGEST_DESCRIPTION) throw new PlacardError("too_large", `${DESCRIPTION} is larger than we read.`);
  const parts: Buffer[] = [];
  for await (const piece of member.chunks()) parts.push(Buffer.from(piece));
  const value = parseJson(fromUtf8(Buffer.concat(parts), DESCRIPTION), DESCRIPTION);
  const format = (value as { readonly format?: unknown } | null)?.format;
  if (typeof format === "number" && format > 1) {
    throw new PlacardError("unsupported", say("back_up_newer"), {
      next: say("newest_restores"),
    });
  }
  const parsed = descriptionSchema.safeParse(value);
  if (!parsed.success) throw notABackUp(parsed.error);
  return parsed.data;
}

export function notABackUp(cause?: unknown): PlacardError {
  return new PlacardError("malformed", say("no_back_up_in_it"), {
    ...(cause === undefined ? {} : { cause }),
    next: say("right_file"),
  });
}
