/** A case that another record handed out (docs/formats/case-folder.md): each proof verified, and sealed as received. */
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fromUtf8, toHex } from "../../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import { isJsonObject, type Json, parseJson } from "../../lib/json.ts";
import { readPieces } from "../../lib/pieces.ts";
import { fillIn } from "../../lib/told.ts";
import { openAct } from "../../record/sd-jwt.ts";
import type { RecordContext } from "../context.ts";
import { type Imported, importFile } from "../import-files.ts";
import { PACKAGE } from "./case-package.ts";
import { type CaseSpeech, caseSpeech } from "./case-words.ts";

export interface ImportCaseOptions {
  /** Who handed it over, in words; the record that the folder names unless told. */
  readonly from?: string;
  /** Which case it becomes here; the folder's unless told. */
  readonly caseName?: string;
  /** Pseudonym of the member who took it in. */
  readonly actor?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, file: string) => void;
}

export type CaseItem =
  | ({ readonly outcome: "sealed" } & Imported)
  /** These very bytes were received for this case before. */
  | { readonly outcome: "there already"; readonly file: string; readonly id: string }
  | { readonly outcome: "refused"; readonly file: string; readonly error: PlacardError };

export interface ImportedCase {
  readonly caseName: string;
  readonly from: string;
  readonly items: readonly CaseItem[];
}

const MOST_PROOFS = 100_000;
const LONGEST_PACKAGE = 1 << 26;

/**
 * Takes in every proof in `folder`. What does not verify is refused with its reason, and the rest goes on; what an interruption left can
 * be done by asking again. Throws `not_found` (no such case there), `usage`, `too_large`, `cancelled`, and what keeps all from going on.
 */
export async function importCase(
  context: RecordContext,
  folder: string,
  options: ImportCaseOptions = {},
): Promise<ImportedCase> {
  const files = await proofsIn(folder);
  const said = await readPackage(folder, caseSpeech(context.settings.language));
  const from = options.from ?? said.from;
  const caseName = options.caseName ?? said.caseName;
  if (from === undefined || caseName === undefined) {
    throw new PlacardError("usage", "The folder does not say from whom it is, or of which case.", {
      next: 'Add --from "WHO GAVE IT TO YOU" and --case NAME.',
    });
  }
  const known = await receivedBefore(context, caseName);
  const items: CaseItem[] = [];
  for (const file of files) {
    if (options.signal?.aborted) throw stopped(items.length, files.length);
    options.onProgress?.(items.length, files.length, file);
    items.push(await takeIn(context, join(folder, "exhibits", file), { ...options, from, caseName }, known));
  }
  options.onProgress?.(files.length, files.length, "");
  return { caseName, from, items };
}

async function takeIn(
  context: RecordContext,
  file: string,
  { from, caseName, actor, signal }: ImportCaseOptions & { readonly from: string; readonly caseName: string },
  known: Map<string, string>,
): Promise<CaseItem> {
  try {
    const sha256 = await hashOf(file);
    const id = known.get(sha256);
    if (id !== undefined) return { outcome: "there already", file, id };
    const imported = await importFile(context, file, {
      from,
      caseName,
      ...(actor === undefined ? {} : { actor }),
      ...(signal === undefined ? {} : { signal }),
    });
    known.set(sha256, imported.id);
    return { outcome: "sealed", ...imported };
  } catch (error) {
    // What is wrong with one file; a full disk or a broken record is wrong with all.
    if (!isPlacardError(error) || !["malformed", "mismatch", "too_large", "unsupported"].includes(error.code))
      throw error;
    return { outcome: "refused", file, error };
  }
}

async function proofsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, "exhibits")).catch((cause: unknown) => {
    throw new PlacardError("not_found", `There is no case in ${folder}: it has no folder exhibits.`, {
      cause,
      next: "Name the folder that was handed out, unpacked if it came as a ZIP.",
    });
  });
  const files = names.filter((name) => name.endsWith(".placard")).toSorted();
  if (files.length > MOST_PROOFS)
    throw new PlacardError("too_large", `The folder has more than ${MOST_PROOFS} proofs.`);
  return files;
}

/** What the folder says of itself; anybody may have written it, so it names a sender and a case and decides nothing. */
async function readPackage(
  folder: string,
  { words }: CaseSpeech,
): Promise<{ readonly from?: string; readonly caseName?: string }> {
  const path = join(folder, PACKAGE);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile() || found.size > LONGEST_PACKAGE) return {};
  try {
    const limits = { length: LONGEST_PACKAGE, depth: 16 };
    const description = parseJson(fromUtf8(await readFile(path), PACKAGE), PACKAGE, limits);
    const about = isJsonObject(description) ? description["placard"] : undefined;
    if (!isJsonObject(about)) return {};
    const record = textOf(about["record"]);
    const caseName = textOf(about["case"]);
    return {
      ...(record === undefined ? {} : { from: fillIn(words.fromRecord, { record }) }),
      ...(caseName === undefined ? {} : { caseName }),
    };
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    return {};
  }
}

function textOf(value: Json | undefined): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .trim()
    .slice(0, 300);
  return text === "" ? undefined : text.toWellFormed();
}

/** By SHA-256, the exhibits of this case that were received as they are. */
async function receivedBefore(context: RecordContext, caseName: string): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for (const row of await context.index.list({ caseName })) {
    if (row.receivedFrom === null) continue;
    for await (const sealed of context.vault.readActs(row.position, row.position + 1)) {
      const { received } = openAct(sealed).act;
      if (isJsonObject(received) && typeof received["sha256"] === "string") known.set(received["sha256"], row.id);
    }
  }
  return known;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of readPieces(path)) hash.update(piece);
  return toHex(hash.digest());
}

function stopped(done: number, total: number): PlacardError {
  return new PlacardError("cancelled", `Stopped after ${done} of ${total}; those are sealed.`, {
    next: "The same command goes on with the rest.",
  });
}
