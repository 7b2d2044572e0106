/** `datapackage.json` (https://datapackage.org, which readers of version 1 take too) and `README.txt` of an exported case. */
import { counted } from "../../verify/wording.ts";
import type { CaseExhibit, FileOfCase } from "./case-exhibits.ts";
import { COLUMNS } from "./case-sheet.ts";

export interface CasePackage {
  readonly caseName: string;
  /** Of the record that it comes from. */
  readonly recordName: string;
  readonly origin: string;
  /** RFC 3339, UTC. */
  readonly madeAt: string;
  readonly exhibits: readonly CaseExhibit[];
  /** The sheet and the notes. */
  readonly tables: readonly FileOfCase[];
}

export const SHEET = "exhibits.csv";
export const NOTES = "exhibits.jsonld";
export const PACKAGE = "datapackage.json";
export const README = "README.txt";

const MEDIA_TYPES: readonly (readonly [end: string, mediaType: string])[] = [
  [".placard", "application/placard+zip"],
  [".wacz", "application/wacz"],
  [".csv", "text/csv"],
  [".jsonld", "application/ld+json"],
];

export function formatPackage({ caseName, recordName, origin, madeAt, exhibits, tables }: CasePackage): string {
  const files = exhibits.flatMap(({ proof, archive }) => [proof, archive].filter((file) => file !== undefined));
  const description = {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    profile: "data-package",
    name: slug(caseName),
    title: caseName,
    description: `${counted(exhibits.length, "exhibit")} of the record “${recordName}”. README.txt says what is what.`,
    created: madeAt,
    contributors: [{ title: recordName, role: "author", roles: ["author"] }],
    placard: { format: 1, case: caseName, record: recordName, origin },
    resources: [...tables, ...files].map(resource),
  };
  return `${JSON.stringify(description, undefined, 2)}\n`;
}

function resource({ path, bytes, sha256 }: FileOfCase): object {
  const mediatype = MEDIA_TYPES.find(([end]) => path.endsWith(end))?.[1] ?? "application/octet-stream";
  const plain = {
    name: path.toLowerCase().replace(/[^a-z0-9._-]+/g, "-"),
    path,
    mediatype,
    bytes,
    hash: `sha256:${sha256}`,
  };
  if (path !== SHEET) return plain;
  const fields = COLUMNS.map(({ name, type, description }) => ({ name, type, description }));
  return {
    ...plain,
    type: "table",
    profile: "tabular-data-resource",
    format: "csv",
    encoding: "utf-8",
    dialect: { delimiter: ",", lineTerminator: "\r\n", quoteChar: '"', doubleQuote: true, header: true },
    schema: { fields, primaryKey: ["id"], missingValues: [""] },
  };
}

function slug(name: string): string {
  const plain = name.normalize("NFKD").toLowerCase();
  const short = plain.replace(/[^a-z0-9]+/g, "-").slice(0, 60);
  return short.replace(/^-+|-+$/g, "") || "case";
}

export function formatReadme({ caseName, recordName, madeAt, exhibits }: CasePackage): string {
  const erased = exhibits.filter(({ state }) => state === "erased").length;
  const held = exhibits.filter(({ heldBack }) => heldBack.length > 0).length;
  const lines = [
    `${oneLine(caseName)}`,
    "",
    `${counted(exhibits.length, "exhibit")} that “${oneLine(recordName)}” sealed, handed out on ${madeAt.slice(0, 10)}.`,
    "",
    "exhibits/        one file an exhibit, its proof. Anybody can check it: open Placard's verify page",
    "                 in a browser and drop the file on it, or run: placard verify FILE",
    "archives/        the pages themselves, as they were received, for ReplayWeb.page and its like.",
    "exhibits.csv     a table of all exhibits. An apostrophe before =, +, - or @ keeps spreadsheets",
    "                 from calculating; the words as they were are in the proofs and in exhibits.jsonld.",
    "exhibits.jsonld  the same for programs (ActivityStreams 2.0).",
    "datapackage.json what is in this folder, with sizes and checksums (Frictionless Data Package).",
    "",
    "Names, times and words are as the pages gave them. A proof shows what was received and when, and that",
    "it was not changed since; it does not show that what a page said is true.",
    "",
    held === 0
      ? "Nothing was held back but what belongs to the record alone."
      : `Of ${counted(held, "exhibit")} something was held back, since it may hold cookies, tokens or the name of who was\nsigned in; the column heldBack says what. It stays provable: its place in the proof is there.`,
    erased === 0
      ? ""
      : `Erased: ${counted(erased, "exhibit")}; nothing of what they said is here. When and why is in the table.`,
    "An exhibit that was erased says no more which case it was of, so it is in this table only where it was",
    "asked for by its number.",
    "",
    "What is in here can hurt. People's names and faces stand in it as they were: before you publish any",
    "of it, cover those of private people.",
    "",
  ];
  return `${lines.join("\n").replace(/\n{3,}/g, "\n\n")}`;
}

const oneLine = (text: string): string => text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
