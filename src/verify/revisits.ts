/**
 * Revisit records (WARC 1.1 §6.7): in the place of a payload they name one that is elsewhere, by its digest. An archive is
 * whole only where each of these payloads is found, in itself or in an archive that comes with it. Which records revisit is
 * read from the archive's index, where that is plain text.
 */
import { PlacardError } from "../lib/error.ts";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../lib/json.ts";
import { absent, fails, holds, type Looked, look, mismatch, withheld } from "./check.ts";
import { say } from "./said.ts";
import type { Check } from "./verdict.ts";
import { readWarcMember, type WarcMember } from "./warc-member.ts";
import { counted } from "./wording.ts";
import { openZip, readMember, type Zip } from "./zip.ts";

const REVISITS = "archive revisits";
const LONGEST_INDEX = 1 << 26;
const LINE = { length: 1 << 16, depth: 8 };
/** What may be unpacked of all the records that are looked at, in bytes. */
export const MOST_UNPACKED = 2 ** 31;
const MARK = "warc/revisit";
/** A page has some hundred parts. */
const MOST_REVISITS = 20_000;

interface Line {
  readonly digest: string;
  readonly filename: string;
  readonly offset: number;
  readonly length: number;
}

/** Undefined where the archive revisits nothing. `earlier`: archives that came with it; undefined where none could. */
export async function checkRevisits(
  zip: Zip,
  earlier: readonly Blob[] | undefined,
  budget: { left: number } = { left: MOST_UNPACKED },
): Promise<Check | undefined> {
  const found = await look(REVISITS, async (): Promise<Looked<Check>> => {
    const indexes = await readIndexes(zip);
    if (indexes === undefined) {
      const check = absent(REVISITS, "Its index is too large to be searched for payloads that are elsewhere.");
      return { check, value: check };
    }
    const revisits = linesWith(indexes, MARK).filter(({ mime }) => mime === MARK);
    if (revisits.length === 0) return { check: holds(REVISITS, say("revisits_nothing")) };
    const check = await judge(zip, indexes, revisits.map(lineOf), earlier, budget);
    return { check, value: check };
  });
  return found.check.state === "fails" ? found.check : found.value;
}

async function judge(
  zip: Zip,
  indexes: string,
  revisits: readonly Line[],
  earlier: readonly Blob[] | undefined,
  budget: { left: number },
): Promise<Check> {
  if (revisits.length > MOST_REVISITS) {
    throw new PlacardError("too_large", `The archive revisits more than ${MOST_REVISITS} payloads.`);
  }
  const wanted = new Set(revisits.map(({ digest }) => digest));
  const sources = [{ zip, indexes }, ...(await openAll(earlier ?? []))];
  const payloads = new Map(
    sources
      .toReversed()
      .flatMap((source) =>
        [...payloadLines(source.indexes, wanted)].map(([digest, line]) => [digest, { zip: source.zip, line }] as const),
      ),
  );
  for (const revisit of revisits) requireRevisit(await readWarcMember(sliceOf(zip, revisit), budget), revisit);
  for (const { zip: where, line } of payloads.values()) {
    requirePayload(await readWarcMember(sliceOf(where, line), budget), line);
  }
  const missing = revisits.filter(({ digest }) => !payloads.has(digest)).length;
  if (missing === 0) {
    const why = `${counted(revisits.length, "payload")} had not changed since an earlier capture, and ${revisits.length === 1 ? "lies" : "lie"} in an archive that is here, under the same digest.`;
    return holds(REVISITS, why);
  }
  const where = `${counted(missing, "of its payloads", "of its payloads")} ${missing === 1 ? "lies" : "lie"} in an earlier archive`;
  if (earlier === undefined) {
    return fails(REVISITS, new PlacardError("not_found", `This archive is not whole by itself: ${where}.`));
  }
  if (earlier.length > 0) return fails(REVISITS, mismatch(`${where}, and not in the one that is here.`));
  return withheld(REVISITS, `Not whole by itself: ${where}, which the file does not hold.`);
}

/** What cannot be opened has a check of its own that says so. */
async function openAll(archives: readonly Blob[]): Promise<readonly { readonly zip: Zip; readonly indexes: string }[]> {
  const opened = await Promise.all(
    archives.map(async (blob) => {
      const { value } = await look(REVISITS, async () => ({
        check: holds(REVISITS, say("it_opens")),
        value: await openZip(blob),
      }));
      const indexes = value && (await readIndexes(value));
      return value === undefined || indexes === undefined ? [] : [{ zip: value, indexes }];
    }),
  );
  return opened.flat();
}

/** All plain indexes of the archive as one text; undefined where they are too large. */
async function readIndexes(zip: Zip): Promise<string | undefined> {
  const members = zip.entries.filter(({ name }) => /^indexes\/[^/]+\.cdxj?$/.test(name));
  if (members.reduce((sum, { bytes }) => sum + bytes, 0) > LONGEST_INDEX) return undefined;
  const texts = await Promise.all(
    members.map(async (entry) => new TextDecoder().decode(await readMember(entry, LONGEST_INDEX))),
  );
  return texts.join("\n");
}

/** The objects of those lines that hold `text` somewhere; other lines cost nothing. */
function linesWith(indexes: string, text: string): readonly JsonObject[] {
  const found: JsonObject[] = [];
  for (let at = indexes.indexOf(text); at >= 0; ) {
    const start = indexes.lastIndexOf("\n", at) + 1;
    const end = indexes.indexOf("\n", at);
    const line = indexes.slice(start, end < 0 ? indexes.length : end);
    const open = line.indexOf("{");
    const value = open < 0 ? undefined : parseJson(line.slice(open), "archive's index", LINE);
    if (isJsonObject(value)) found.push(value);
    at = end < 0 ? -1 : indexes.indexOf(text, end);
  }
  return found;
}

function lineOf({ digest, filename, offset, length }: JsonObject): Line {
  const [from, size] = [placeOf(offset), placeOf(length)];
  if (typeof digest === "string" && typeof filename === "string" && from !== undefined && size !== undefined) {
    return { digest, filename, offset: from, length: size };
  }
  throw new PlacardError("malformed", "The archive's index does not say where a record lies.");
}

/** Other tools write numbers as text. */
function placeOf(value: Json | undefined): number | undefined {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** Where payloads with these digests lie, by digest; in one pass, whatever the index's length. */
function payloadLines(indexes: string, wanted: ReadonlySet<string>): ReadonlyMap<string, Line> {
  const found = new Map<string, Line>();
  for (const match of indexes.matchAll(/"digest": ?"([^"\n]{1,200})"/g)) {
    const [, digest = ""] = match;
    if (!wanted.has(digest) || found.has(digest)) continue;
    const start = indexes.lastIndexOf("\n", match.index) + 1;
    const end = indexes.indexOf("\n", match.index);
    const [line] = linesWith(indexes.slice(start, end < 0 ? indexes.length : end), '"digest"');
    if (line?.["digest"] === digest && line["mime"] !== MARK) found.set(digest, lineOf(line));
  }
  return found;
}

function sliceOf(zip: Zip, { filename, offset, length }: Line): Blob {
  const entry = zip.find(`archive/${filename}`);
  if (entry?.method === "stored" && offset + length <= entry.packed.size) {
    return entry.packed.slice(offset, offset + length);
  }
  throw new PlacardError("malformed", "The archive's index names a record that is not there.");
}

function requireRevisit({ fields }: WarcMember, { digest }: Line): void {
  const stated = fields.get("warc-payload-digest");
  if (fields.get("warc-type") === "revisit" && stated !== undefined && !differs(stated, digest)) return;
  throw mismatch("A record of the archive revisits something else than its index says.");
}

/** Other programs' indexes write a digest in another form than their records do: what cannot be compared is not called different. */
function differs(stated: string, indexed: string): boolean {
  const [one, other] = [stated, indexed].map((digest) => /^sha-?256:([0-9a-f]{64})$/i.exec(digest)?.[1]?.toLowerCase());
  return one !== undefined && other !== undefined
    ? one !== other
    : stated.length === indexed.length && stated !== indexed;
}

/**
 * Of a body in chunks the standard digests what they hold, and some programs the chunks as they came: either is the SHA-256 of
 * the bytes that are there. Digests in other algorithms than SHA-256 in hexadecimal are compared as they are named, not computed.
 */
function requirePayload({ fields, payload, entity }: WarcMember, { digest }: Line): void {
  const [, hex] = /^sha-?256:([0-9a-f]{64})$/.exec(digest) ?? [];
  if (fields.get("warc-type") === "response" && (hex === undefined || hex === payload || hex === entity)) return;
  throw mismatch("A payload that the archive revisits is not the one it names.");
}
