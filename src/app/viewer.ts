/**
 * Who looks: a guest sees what may be handed out to anybody, and nothing of the group's own: no notes, no cases. All that a
 * guest is not shown, of one exhibit, of lists and of counts, is left out here and nowhere else.
 */
import type { Counts } from "../index/counts.ts";
import type { ExhibitSummary } from "../index/exhibit-index.ts";
import type { Filter } from "../index/filter.ts";
import type { FoundExhibit } from "../index/find.ts";
import type { Like } from "../index/likeness.ts";
import { REMARK_ACTS } from "../index/projection.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import { heldBack, neverShown, shareableFacts } from "./held-back.ts";
import type { History } from "./history.ts";

export interface Viewer {
  readonly isGuest: boolean;
}

type Fields = Readonly<Record<string, Json>>;

/** The group's own remarks. */
const REMARKS: ReadonlySet<string> = new Set(["note", "case"]);

/** What of an act this person is shown. */
export function fieldsFor(fields: Fields, { isGuest }: Viewer): Fields {
  if (!isGuest) return without(fields, new Set(neverShown(fields)));
  const told = new Set(Object.keys(shareableFacts({ shared: fields["shared"] ?? null })));
  const held = heldBack(fields).filter((name) => !told.has(name));
  return without(shareableFacts(fields), new Set([...held, ...neverShown(fields), ...REMARKS, "shared"]));
}

/** The group's own remarks in an act, which no guest is told, in a proof neither. */
export function remarksIn(fields: Fields, { isGuest }: Viewer): readonly string[] {
  return isGuest ? Object.keys(fields).filter((name) => REMARKS.has(name)) : [];
}

/** What is asked for, as this person may ask: what is the group's alone is not searched, nor is narrowed by. */
export function filterFor<Asked extends Filter>(filter: Asked, { isGuest }: Viewer): Asked {
  return { ...filter, notes: !isGuest, ...(isGuest ? { cases: [], tags: [] } : {}) };
}

/** A line of a list. What has a form made for sharing is told there, and not in lists. */
export function rowFor<Row extends ExhibitSummary>(row: Row, { isGuest }: Viewer): Row {
  if (!isGuest) return row;
  const guarded = row.guarded === 0 ? {} : { title: null, url: null, author: null };
  return { ...row, ...guarded, caseName: null, agendaItem: null };
}

/** The same of one that was looked for, with its words. */
export function foundFor(row: FoundExhibit, viewer: Viewer): FoundExhibit {
  const shown = rowFor(row, viewer);
  if (!viewer.isGuest) return shown;
  const { title, text } = row.guarded === 0 ? row.marks : { title: [], text: [] };
  return { ...shown, tags: [], marks: { title, text, note: [] } };
}

/** The line at the head of one exhibit, of which `fields` is what is shown. */
export function summaryFor(summary: ExhibitSummary, fields: Fields, viewer: Viewer): ExhibitSummary {
  if (!viewer.isGuest) return summary;
  const about = isJsonObject(fields["claims"]) ? fields["claims"] : fields;
  const told = { title: textIn(about, "title"), url: textIn(about, "url"), author: textIn(fields, "author") };
  return { ...rowFor(summary, viewer), ...told };
}

/** Likeness is of what was sealed: it would tell what the form for sharing leaves out. */
export function alikeFor(of: ExhibitSummary, alike: readonly Like[], viewer: Viewer): readonly Like[] {
  if (!viewer.isGuest) return alike;
  if (of.guarded !== 0) return [];
  return alike
    .filter(({ exhibit }) => exhibit.guarded === 0)
    .map((one) => ({ ...one, exhibit: rowFor(one.exhibit, viewer) }));
}

export function historyFor(history: History, { isGuest }: Viewer): History {
  if (!isGuest) return history;
  return { ...history, recaptures: history.recaptures.map((one) => ({ ...one, changes: {}, comparison: {} })) };
}

export function countsFor(counts: Counts, { isGuest }: Viewer): Counts {
  return isGuest ? { ...counts, cases: [], tags: [], actors: [] } : counts;
}

/** Where the group has put an exhibit after it was sealed, and what it means to cover, is its own remark. */
export function actsFor<About extends { readonly act: string }>(
  acts: readonly About[],
  { isGuest }: Viewer,
): readonly About[] {
  return isGuest ? acts.filter(({ act }) => !REMARK_ACTS.includes(act)) : acts;
}

export function tagsFor(tags: readonly string[], { isGuest }: Viewer): readonly string[] {
  return isGuest ? [] : tags;
}

function textIn(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === "string" ? value : null;
}

function without(fields: Fields, names: ReadonlySet<string>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.has(name)));
}
