/** A report of a case, as a web page or a PDF: what may be shown of it, and how much there is of all else. */
import type { Charts, Count } from "../../index/counts.ts";
import { leafHash } from "../../ledger/merkle.ts";
import { toHex, utf8 } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { keyWords } from "../../record/key-words.ts";
import {
  type DossierContent,
  type DossierNumbers,
  type ListedExhibit,
  type ShownExhibit,
  STANDINGS,
} from "../../show/dossier/content.ts";
import type { PlacardLanguage } from "../../show/words.ts";
import { findExhibit } from "../acts.ts";
import { browserFor } from "../browser-for.ts";
import type { RecordContext } from "../context.ts";
import { say } from "../said.ts";
import { assertWritable, writeTarget } from "../write-target.ts";
import { type CaseRow, type CaseSnapshot, snapshotOf, whatMayBeShown } from "./case-snapshot.ts";
import { changedMeanwhile, roomForPictures, shownExhibit } from "./shown-exhibit.ts";

export type DossierForm = "pdf" | "html";

export interface DossierOptions {
  /** English where nothing is said. */
  readonly language?: PlacardLanguage;
  /** Erased exhibits that are listed as such: of one that was erased nobody knows otherwise that it was of the case. */
  readonly also?: readonly string[];
  readonly signal?: AbortSignal;
  /** Exhibits done, of all that are shown. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** As many as a reader goes through, and as a browser lays out. */
const MOST = { shown: 200, listed: 2000 };

export interface Dossier {
  readonly form: DossierForm;
  readonly bytes: Uint8Array;
  readonly caseName: string;
  /** Of the case. */
  readonly exhibits: number;
  /** May be shown, and how many of them are. */
  readonly passed: number;
  readonly shown: number;
}

/** Throws `not_found` (no such case), `usage`, `conflict` (what may be shown changed meanwhile), `busy`, `no_browser`, `unsupported`, `cancelled`. */
export async function makeDossier(
  context: RecordContext,
  caseName: string,
  form: DossierForm,
  options: DossierOptions = {},
): Promise<Dossier> {
  const { dossierHtml } = await import("../../show/dossier/dossier.ts");
  const content = await gather(context, caseName, options);
  const html = dossierHtml(content, options.language);
  const bytes = form === "html" ? utf8(html) : await printed(context, html, options.signal);
  // Of a print the last pages are laid out seconds after the first was read.
  if (form === "pdf" && whatMayBeShown(await snapshotOf(context, caseName)) !== content.mayBeShown)
    throw changedMeanwhile();
  const { total, passed } = content.numbers;
  return { form, bytes, caseName, exhibits: total, passed, shown: content.exhibits.length };
}

async function printed(context: RecordContext, html: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const { printDossier } = await import("../../show/dossier/print.ts");
  const browser = await browserFor(context);
  return printDossier(html, { browser, ...(signal === undefined ? {} : { signal }) });
}

export interface WrittenDossier extends Omit<Dossier, "bytes"> {
  readonly file: string;
  readonly bytes: number;
}

/** The same to a file, whose name says its form. */
export async function writeDossier(
  context: RecordContext,
  caseName: string,
  file: string,
  options: DossierOptions = {},
): Promise<WrittenDossier> {
  const [, form] = /\.(pdf|html)$/i.exec(file) ?? [];
  if (form === undefined)
    throw new PlacardError("usage", `${file} is neither a .pdf nor a .html; a dossier is made as one of them.`, {
      next: "Name a file that ends so, after --out.",
    });
  await assertWritable(file);
  const made = await makeDossier(context, caseName, form.toLowerCase() as DossierForm, options);
  return { ...made, file, bytes: await writeTarget(file, [made.bytes]) };
}

type Gathered = DossierContent & { readonly mayBeShown: string };

export async function gather(
  context: RecordContext,
  caseName: string,
  { also = [], signal, onProgress }: DossierOptions,
  most = MOST,
): Promise<Gathered> {
  const snapshot = await snapshotOf(context, caseName);
  const erased = await erasedRows(context, also, snapshot.head.size);
  const room = roomForPictures();
  const exhibits: ShownExhibit[] = [];
  const wanted = snapshot.passed.slice(0, most.shown);
  for (const one of wanted) {
    if (signal?.aborted) throw new PlacardError("cancelled", say("dossier_stopped"));
    exhibits.push(await shownExhibit(context, one, room));
    onProgress?.(exhibits.length, wanted.length);
  }
  const mayBeShown = whatMayBeShown(snapshot);
  if (whatMayBeShown(await snapshotOf(context, caseName)) !== mayBeShown) throw changedMeanwhile();
  const { file, settings } = context;
  const told = settings.siteText.cases.find((one) => one.case === caseName);
  const rows = [...snapshot.rows, ...erased].toSorted((a, b) => a.position - b.position);
  return {
    group: file.name,
    caseName: told?.name ?? caseName,
    ...(told?.about === undefined ? {} : { about: told.about }),
    method: settings.siteText.method,
    record: recordOf(context, snapshot),
    numbers: numbersOf(snapshot, exhibits, erased.length),
    exhibits,
    listed: await listedOf(context, rows.slice(0, most.listed)),
    mayBeShown,
  };
}

interface ErasedRow extends CaseRow {
  readonly erasedAt: string | null;
}

async function erasedRows(
  context: RecordContext,
  also: readonly string[],
  size: number,
): Promise<readonly ErasedRow[]> {
  const rows = new Map<string, ErasedRow>();
  for (const given of also) {
    const { summary } = await findExhibit(context, given);
    // What was sealed since the snapshot is not in it.
    if (summary.state !== "erased" || summary.recaptureOf !== null || summary.position >= size)
      throw new PlacardError("usage", say("dossier_also", { id: summary.id }));
    rows.set(summary.id, summary);
  }
  return [...rows.values()];
}

function recordOf({ file, settings }: RecordContext, { head }: CaseSnapshot): DossierContent["record"] {
  return {
    at: new Date(head.time).toISOString(),
    size: head.size,
    root: toHex(head.root),
    checkpoint: head.checkpoint,
    vkey: file.vkey,
    keyWords: keyWords(file.vkey),
    ...(settings.site === undefined ? {} : { site: settings.site }),
  };
}

const countOf = (counts: readonly Count[], value: string): number =>
  counts.find((one) => one.value === value)?.count ?? 0;

function numbersOf(
  { counts, charts, passed, isPublic, wasPublic }: CaseSnapshot,
  exhibits: readonly ShownExhibit[],
  erased: number,
): DossierNumbers {
  const named = new Set(exhibits.flatMap(({ platform }) => platform ?? []));
  // A page names itself, be it by a person's name: what may not be shown is counted, and its place not named.
  const isTold = ({ value }: Count): boolean => value === null || named.has(value);
  return {
    total: counts.total,
    captured: countOf(counts.kinds, "captured"),
    received: countOf(counts.kinds, "received"),
    standings: Object.fromEntries(
      STANDINGS.map((name) => [name, countOf(charts.standings, name)]),
    ) as DossierNumbers["standings"],
    passed: passed.length,
    isPublic,
    wasPublic,
    erased,
    timed: charts.total - charts.withoutTime,
    weeks: weeksIn(charts),
    hours: charts.hours,
    platforms: charts.platforms.filter(isTold).map(({ value, count }) => ({ name: value, count })),
    elsewhere: charts.platforms.reduce((sum, one) => (isTold(one) ? sum : sum + one.count), 0),
  };
}

function weeksIn({ weeks }: Charts): DossierNumbers["weeks"] {
  return [...Map.groupBy(weeks, ({ week }) => week)].map(([week, parts]) => ({
    week,
    count: parts.reduce((sum, { count }) => sum + count, 0),
  }));
}

/** Entries of one bundle are read at once. */
const BUNDLE = 256;

async function listedOf(
  context: RecordContext,
  rows: readonly (CaseRow | ErasedRow)[],
): Promise<readonly ListedExhibit[]> {
  const listed: ListedExhibit[] = [];
  for (const bundle of Map.groupBy(rows, ({ position }) => Math.floor(position / BUNDLE)).values()) {
    const from = bundle[0]?.position ?? 0;
    const to = (bundle.at(-1)?.position ?? 0) + 1;
    const leaves: string[] = [];
    for await (const entry of context.log.readEntries(from, to)) leaves.push(toHex(leafHash(entry)));
    for (const row of bundle) {
      const { id, position, sealedAt } = row;
      const erasedAt = "erasedAt" in row ? (row.erasedAt ?? undefined) : undefined;
      listed.push({
        id,
        position,
        sealedAt,
        leaf: leaves[position - from] ?? "",
        ...(erasedAt === undefined ? {} : { erasedAt }),
      });
    }
  }
  return listed;
}
