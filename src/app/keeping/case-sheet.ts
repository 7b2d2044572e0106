/** `exhibits.csv`: a table for people (RFC 4180), which no spreadsheet takes for formulas. */
import { type CaseExhibit, FACTS } from "./case-exhibits.ts";

interface Column {
  readonly name: string;
  readonly type: "string" | "integer" | "datetime";
  readonly description: string;
  readonly of: (exhibit: CaseExhibit) => string | number | null | undefined;
}

const NUMBERS: ReadonlySet<string> = new Set(["likes", "reposts", "replies", "views", "status"]);
const ABOUT: Readonly<Record<(typeof FACTS)[number], string>> = {
  url: "Address that was captured, or that a received file names",
  finalUrl: "Address it led to",
  platform: "Where it was posted",
  author: "Name it was posted under, as the page gave it",
  handle: "The name's handle, as the page gave it",
  postedAt: "When it was posted, in the page's own spelling",
  editedAt: "When it was edited, in the page's own spelling",
  title: "The page's title",
  postText: "The post's words, as the page gave them",
  replyTo: "Address of the post that this one answers",
  likes: "Likes when it was captured",
  reposts: "Reposts when it was captured",
  replies: "Replies when it was captured",
  views: "Views when it was captured",
  status: "What the server answered (200: the page)",
  capturedAt: "When it was captured, by the clock of who captured it",
  receivedAt: "When it was received, by the clock of who received it",
};

export const COLUMNS: readonly Column[] = [
  { name: "id", type: "string", description: "Number of the exhibit", of: ({ id }) => id },
  { name: "words", type: "string", description: "Its check words", of: ({ words }) => words.join(" ") },
  { name: "state", type: "string", description: "sealed or erased", of: ({ state }) => state },
  { name: "sealedAt", type: "datetime", description: "When it was sealed", of: ({ sealedAt }) => sealedAt },
  { name: "erasedAt", type: "datetime", description: "When it was erased", of: ({ erasedAt }) => erasedAt },
  { name: "reason", type: "string", description: "Why it was erased", of: ({ reason }) => reason },
  {
    name: "receivedFrom",
    type: "string",
    description: "Who handed it over; empty of what was captured",
    of: ({ receivedFrom }) => receivedFrom,
  },
  {
    name: "recaptureOf",
    type: "string",
    description: "Of which exhibit it is a later capture",
    of: ({ recaptureOf }) => recaptureOf,
  },
  { name: "result", type: "string", description: "What the later capture found", of: ({ result }) => result },
  ...FACTS.map(
    (name): Column => ({
      name,
      type: NUMBERS.has(name) ? "integer" : "string",
      description: ABOUT[name],
      of: ({ facts }) => facts[name],
    }),
  ),
  { name: "proof", type: "string", description: "File that proves it", of: ({ proof }) => proof?.path },
  { name: "archive", type: "string", description: "The page itself, for replay", of: ({ archive }) => archive?.path },
  {
    name: "heldBack",
    type: "string",
    description: "What was held back, by name",
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
