/** `datapackage.json` (https://datapackage.org, which readers of version 1 take too) and `README.txt` of an exported case. */

import { fillIn } from "../../lib/told.ts";
import type { CaseExhibit, FileOfCase } from "./case-exhibits.ts";
import { COLUMNS } from "./case-sheet.ts";
import type { CaseSpeech } from "./case-words.ts";

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
  /** The group's language. */
  readonly speech: CaseSpeech;
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

export function formatPackage(about: CasePackage): string {
  const { caseName, recordName, origin, madeAt, exhibits, tables, speech } = about;
  const files = exhibits.flatMap(({ proof, archive }) => [proof, archive].filter((file) => file !== undefined));
  const description = {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    profile: "data-package",
    name: slug(caseName),
    title: caseName,
    description: fillIn(speech.words.described, { exhibits: speech.exhibits(exhibits.length), record: recordName }),
    created: madeAt,
    contributors: [{ title: recordName, role: "author", roles: ["author"] }],
    placard: { format: 1, case: caseName, record: recordName, origin },
    resources: [...tables, ...files].map((file) => resource(file, speech.words.columns)),
  };
  return `${JSON.stringify(description, undefined, 2)}\n`;
}

function resource({ path, bytes, sha256 }: FileOfCase, about: CaseSpeech["words"]["columns"]): object {
  const mediatype = MEDIA_TYPES.find(([end]) => path.endsWith(end))?.[1] ?? "application/octet-stream";
  const plain = {
    name: path.toLowerCase().replace(/[^a-z0-9._-]+/g, "-"),
    path,
    mediatype,
    bytes,
    hash: `sha256:${sha256}`,
  };
  if (path !== SHEET) return plain;
  const fields = COLUMNS.map(({ name, type }) => ({ name, type, description: about[name] }));
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

export function formatReadme({ caseName, recordName, madeAt, exhibits, speech }: CasePackage): string {
  const { readme } = speech.words;
  const erased = exhibits.filter(({ state }) => state === "erased").length;
  const held = exhibits.filter(({ heldBack }) => heldBack.length > 0).length;
  const about = { exhibits: speech.exhibits(exhibits.length), record: oneLine(recordName), day: speech.day(madeAt) };
  const parts = [
    oneLine(caseName),
    fillIn(readme.head, about),
    ...Object.entries(readme.files).map(([name, what]) => `${name}\n${indented(what)}`),
    readme.proves,
    held === 0 ? readme.heldNone : fillIn(readme.held, { exhibits: speech.exhibits(held) }),
    [...(erased === 0 ? [] : [fillIn(readme.erased, { exhibits: speech.exhibits(erased) })]), readme.erasedElse].join(
      "\n",
    ),
    readme.care,
  ];
  return `${parts.join("\n\n")}\n`;
}

const indented = (text: string): string => text.replace(/^/gm, "  ");
const oneLine = (text: string): string => text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
