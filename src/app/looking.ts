/** What the workbench finds, looks at and prints with. Heavy parts load when first used. */
import {
  type CaseSummary,
  type Charts,
  type Counts,
  chartExhibits,
  countExhibits,
  listCases,
} from "../index/counts.ts";
import type { ExhibitSummary } from "../index/exhibit-index.ts";
import type { Filter } from "../index/filter.ts";
import { type FindOptions, findExhibits, type Page } from "../index/find.ts";
import { findExhibit } from "./acts.ts";
import type { RecordContext } from "./context.ts";
import type { ExhibitFile, WhichFile } from "./exhibit-file.ts";
import type { ExhibitView } from "./exhibit-view.ts";
import type { proofOf } from "./export-exhibit.ts";
import type { PackOptions } from "./print-pack.ts";
import type { Reading, WhichPicture } from "./reading.ts";
import type { VerdictInWords } from "./verify-exhibit.ts";
import { countsFor, filterFor, foundFor, remarksIn, type Viewer } from "./viewer.ts";

export { STANDINGS } from "../index/filter.ts";
export type {
  CaseSummary,
  Charts,
  Counts,
  ExhibitSummary,
  ExhibitView,
  Filter,
  FindOptions,
  PackOptions,
  Page,
  Viewer,
  WhichFile,
  WhichPicture,
};

export interface Looking {
  find(options: FindOptions, viewer: Viewer): Promise<Page>;
  counts(filter: Filter, viewer: Viewer): Promise<Counts>;
  charts(filter: Filter, viewer: Viewer): Promise<Charts>;
  cases(): Promise<readonly CaseSummary[]>;
  /** Throws `usage`, `not_found`. */
  view(id: string, viewer: Viewer): Promise<ExhibitView>;
  /** A file of an exhibit. Throws `not_found`, `erased`. */
  file(id: string, which: WhichFile, viewer: Viewer): Promise<ExhibitFile>;
  /** A small picture of it, as PNG. Throws as `file` does, and what a picture that cannot be read throws. */
  thumbnail(id: string, viewer: Viewer): Promise<Uint8Array>;
  /** The text in a picture of it, read by machine. Throws as `file` does, `unsupported`, `malformed`, `too_large`, `busy`. */
  reading(id: string, which: WhichPicture, viewer: Viewer): Promise<Reading>;
  /** Its proof, as a stream; of a guest's, the group's remarks are withheld. Throws `erased`, `not_found`. */
  proof(id: string, viewer: Viewer): ReturnType<typeof proofOf>;
  /** What the verifier says of its proof, and what that means, in words. */
  verify(id: string): Promise<VerdictInWords>;
  /** The page that prints, and nothing else: one document that needs nothing but itself. */
  preview(ids: readonly string[], options: PackOptions): Promise<string>;
  /** All placards as one PDF, a sheet for the steward first. */
  pack(ids: readonly string[], options: PackOptions): Promise<Uint8Array>;
}

export function lookingIn(context: RecordContext): Looking {
  const { index } = context;
  const keptAnswer = keepAnswers(() => index.catchUp());
  return {
    find: async (options, viewer) => {
      const page = await index.ask((raw) => findExhibits(raw, filterFor(options, viewer)));
      return { ...page, exhibits: page.exhibits.map((row) => foundFor(row, viewer)) };
    },
    counts: async (given, viewer) => {
      const filter = filterFor(given, viewer);
      const counts = await keptAnswer(["counts", filter], () => index.ask((raw) => countExhibits(raw, filter)));
      return countsFor(counts, viewer);
    },
    charts: (given, viewer) => {
      const filter = filterFor(given, viewer);
      return keptAnswer(["charts", filter], () => index.ask((raw) => chartExhibits(raw, filter)));
    },
    cases: () => keptAnswer(["cases"], () => index.ask(listCases)),
    view: async (id, viewer) => (await import("./exhibit-view.ts")).viewExhibit(context, id, viewer),
    file: async (id, which, viewer) => (await import("./exhibit-file.ts")).openExhibitFile(context, id, which, viewer),
    thumbnail: async (id, viewer) => (await import("./thumbnail.ts")).thumbnailOf(context, id, viewer),
    reading: async (id, which, viewer) => (await import("./reading.ts")).readingOf(context, id, which, viewer),
    proof: async (id, viewer) => {
      const { proofOf } = await import("./export-exhibit.ts");
      return proofOf(context, id, remarksIn((await findExhibit(context, id)).fields, viewer));
    },
    verify: async (id) => (await import("./verify-exhibit.ts")).verifyExhibit(context, id),
    preview: async (ids, options) => (await import("./print-pack.ts")).previewPlacards(context, ids, options),
    pack: async (ids, options) => (await import("./print-pack.ts")).printPack(context, ids, options),
  };
}

const MOST_KEPT = 64;

/** Counts are asked for again with every list; they change with the ledger's size, and with nothing else. */
function keepAnswers(size: () => Promise<number>) {
  const kept = new Map<string, unknown>();
  let standsAt = -1;
  return async <T>(question: readonly unknown[], ask: () => Promise<T>): Promise<T> => {
    const now = await size();
    if (now !== standsAt) kept.clear();
    standsAt = now;
    const key = JSON.stringify(question);
    if (kept.has(key)) return kept.get(key) as T;
    const answer = await ask();
    if (standsAt !== now) return answer;
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, answer);
    return answer;
  };
}
