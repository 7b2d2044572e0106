/** Links in a spreadsheet (XLSX, ODS): what its cells say, what they lead to, and what their formulas name. Nothing is calculated. */
import { fromUtf8 } from "../../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import { openZip, readMember, type Zip, type ZipEntry } from "../../verify/zip.ts";
import { say } from "../said.ts";
import { xmlPieces } from "./xml-texts.ts";

export const LONGEST_SPREADSHEET = 1 << 25;
const MOST_MEMBERS = 1_000;
/** Unpacked: of one member, and of all that are read. */
const LONGEST_MEMBER = 1 << 23;
const LONGEST_IN_ALL = 1 << 24;
/** More than may be asked for at once; by then it is said how many may. */
const MOST_LINKS = 2_000;

const LINK = /^https?:\/\/[^\s"<>]+$/i;
const QUOTED = /"(https?:\/\/[^\s"<>]+)"/gi;
/** By their first member, the name of which follows on a header of 30 bytes. */
// oxlint-disable-next-line no-control-regex -- the first bytes of a file
const BEGINNING = /^PK\u0003\u0004[^]{26}(?:\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/|mimetype)/i;
const ODS = "application/vnd.oasis.opendocument.spreadsheet";

/** What is read, in this order. Sheets and their links by number, so that they come as they stand. */
const XLSX_PARTS = [
  /^xl\/sharedStrings\.xml$/i,
  /^xl\/worksheets\/[^/]+\.xml$/i,
  /^xl\/worksheets\/_rels\/[^/]+\.rels$/i,
] as const;

/**
 * The links in it, one a line; undefined where the file is no spreadsheet. Throws `malformed`, `too_large`, `unsupported`
 * (encrypted, or packed as no spreadsheet is), `usage` (no link in it). What is past `most` links is left out.
 */
export async function linksInSpreadsheet(file: Blob, most = MOST_LINKS): Promise<string | undefined> {
  const beginning = new TextDecoder("latin1").decode(await file.slice(0, 64).arrayBuffer());
  if (!BEGINNING.test(beginning)) return undefined;
  if (file.size > LONGEST_SPREADSHEET) return undefined;
  try {
    const zip = await openZip(file, { most: MOST_MEMBERS });
    const parts = await partsOf(zip);
    if (parts === undefined) return undefined;
    return listOf(await linksIn(parts, most));
  } catch (error) {
    if (!isPlacardError(error) || error.code === "usage") throw error;
    throw new PlacardError(error.code, error.message, {
      cause: error,
      next: say("spreadsheet_as_csv"),
    });
  }
}

async function partsOf(zip: Zip): Promise<readonly ZipEntry[] | undefined> {
  if (zip.find("xl/workbook.xml") !== undefined) {
    const byNumber = new Intl.Collator("en", { numeric: true }).compare;
    return XLSX_PARTS.flatMap((part) =>
      zip.entries.filter(({ name }) => part.test(name)).toSorted((a, b) => byNumber(a.name, b.name)),
    );
  }
  const [mimetype, content] = [zip.find("mimetype"), zip.find("content.xml")];
  if (mimetype === undefined || content === undefined || mimetype.bytes > 256) return undefined;
  return fromUtf8(await readMember(mimetype, 256), "mimetype").trim() === ODS ? [content] : undefined;
}

async function linksIn(parts: readonly ZipEntry[], most: number): Promise<ReadonlySet<string>> {
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > LONGEST_IN_ALL) throw new PlacardError("too_large", say("spreadsheet_too_large"));
  const links = new Set<string>();
  for (const part of parts) {
    const xml = fromUtf8(await readMember(part, LONGEST_MEMBER), part.name).replace(/^\ufeff/, "");
    for (const link of linksInPart(xml)) if (links.size < most) links.add(link);
  }
  return links;
}

/** A cell's text may lie in pieces, each formatted in a way of its own. */
const CELLS: ReadonlySet<string> = new Set(["si", "is", "f", "v", "p"]);

export function* linksInPart(xml: string): Generator<string> {
  let open: string | undefined;
  let said = "";
  for (const piece of xmlPieces(xml)) {
    if (piece.kind === "open") {
      if (open === undefined && CELLS.has(piece.name)) [open, said] = [piece.name, ""];
      const formula = piece.attribute("formula");
      if (formula !== undefined) yield* quotedIn(formula);
      const target = targetOf(piece.name, piece.attribute);
      if (target !== undefined && LINK.test(target)) yield target;
    } else if (piece.kind === "text") {
      if (open !== undefined) said += piece.text;
    } else if (piece.name === open) {
      yield* open === "f" ? quotedIn(said) : said.split(/\s+/).filter((word) => LINK.test(word));
      open = undefined;
    }
  }
}

function quotedIn(formula: string): readonly string[] {
  return Array.from(formula.matchAll(QUOTED), ([, link = ""]) => link);
}

function targetOf(name: string, attribute: (name: string) => string | undefined): string | undefined {
  if (name === "a") return attribute("href");
  return name === "Relationship" && attribute("TargetMode") === "External" ? attribute("Target") : undefined;
}

function listOf(links: ReadonlySet<string>): string {
  if (links.size > 0) return [...links].join("\n");
  throw new PlacardError("usage", say("no_link_in_spreadsheet"), {
    next: say("one_link_a_cell"),
  });
}
