/** `exhibits.csv`: a table for people (RFC 4180), which no spreadsheet takes for formulas. */
import { type CaseExhibit, FACTS } from "./case-exhibits.ts";
import type { CaseWords } from "./case-words-en.ts";

interface Column {
  /** What it holds is said in the group's language, by this name (case-words-en.ts). */
  readonly name: keyof CaseWords["columns"];
  readonly type: "string" | "integer" | "datetime";
  readonly of: (exhibit: CaseExhibit) => string | number | null | undefined;
}

const NUMBERS: ReadonlySet<string> = new Set(["likes", "reposts", "replies", "views", "status"]);
export const COLUMNS: readonly Column[] = [
  { name: "id", type: "string", of: ({ id }) => id },
  { name: "words", type: "string", of: ({ words }) => words.join(" ") },
  { name: "state", type: "string", of: ({ state }) => state },
  { name: "sealedAt", type: "datetime", of: ({ sealedAt }) => sealedAt },
  { name: "erasedAt", type: "datetime", of: ({ erasedAt }) => erasedAt },
  { name: "reason", type: "string", of: ({ reason }) => reason },
  {
    name: "receivedFrom",
    type: "string",
    of: ({ receivedFrom }) => receivedFrom,
  },
  {
    name: "recaptureOf",
    type: "string",
    of: ({ recaptureOf }) => recaptureOf,
  },
  { name: "result", type: "string", of: ({ result }) => result },
  ...FACTS.map(
    (name): Column => ({
      name,
      type: NUMBERS.has(name) ? "integer" : "string",
      of: ({ facts }) => facts[name],
    }),
  ),
  { name: "proof", type: "string", of: ({ proof }) => proof?.path },
  { name: "archive", type: "string", of: ({ archive }) => archive?.path },
  {
    name: "heldBack",
    type: "string",
    of: ({ heldBack }) => heldBack.join(" "),
  },
];

export function formatSheet(exhibits: readonly CaseExhibit[]): string {
  const rows = [COLUMNS.map(({ name }) => name), ...exhibits.map((exhibit) => COLUMNS.map(({ of }) => of(exhibit)))];
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/**
 * An apostrophe before whatever a spreadsheet could begin to calculate with. Also behind a semicolon, tab or line end: where
 * these part cells, as they do in much of Europe, what follows begins one.
 */
const FORMULA = /(^|[;\t\r\n])(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const guarded = value.toWellFormed().replace(FORMULA, "$1'");
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
