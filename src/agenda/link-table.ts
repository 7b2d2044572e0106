/** Links in what somebody pastes or hands over: one a line, or in the cells of a table (CSV, TSV, as spreadsheets write it). */
import { utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { LONGEST_LIST, parseLinks } from "./link-list.ts";
import { say } from "./said.ts";

/** As many as one asks for at once. */
export const MOST_LINKS_ASKED = 500;
const LINK = /^https?:\/\/\S+$/i;

/**
 * Of a text whose lines are one word each, what `parseLinks` says of it. Of any other every link in it, cell by cell:
 * headings, notes and all other words say nothing. `check` throws for what is no link. Throws `usage`, `too_large`.
 */
export function parseLinkTable(text: string, check: (link: string) => void): readonly string[] {
  if (text.length > LONGEST_LIST) throw new PlacardError("too_large", say("list_over_8"));
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  if (lines.every((line) => line.trim() === "" || line.startsWith("#"))) throw noLink();
  const isList = lines.every((line) => line.startsWith("#") || /^[^\s"]*$/.test(line.trim()));
  if (isList && lines.every((line) => !line.includes(",") || LINK.test(line.trim())))
    return parseLinks(utf8(text), "the list", check);
  const links = cellsOf(text, delimiterOf(lines[0] ?? "")).flatMap((cell) =>
    cell.split(/\s+/).filter((word) => LINK.test(word)),
  );
  if (links.length === 0) throw noLink();
  return links;
}

function noLink(): PlacardError {
  return new PlacardError("usage", say("no_link"), {
    next: say("one_link_a_line"),
  });
}

/** The one that the first line has most of. */
function delimiterOf(line: string): string {
  const count = (delimiter: string): number => line.split(delimiter).length;
  return ["\t", ";", ","].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/** RFC 4180, whatever the delimiter; row by row. */
function cellsOf(text: string, delimiter: string): readonly string[] {
  const cell = new RegExp(`"((?:[^"]|"")*)"|([^"\\r\\n${delimiter}]+)`, "g");
  return Array.from(text.matchAll(cell), ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "");
}
