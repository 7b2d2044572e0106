/** All that lists, feeds and counts need to know, gathered in one pass over the exhibits. */
import { PlacardError } from "../../lib/error.ts";
import type {
  Correction,
  ExhibitEntry,
  PublishedEntry,
  SiteCase,
  SiteContent,
  WithdrawnBecause,
  WithdrawnEntry,
} from "./content.ts";

export interface Survey {
  readonly content: SiteContent;
  /** The newest published first. */
  readonly published: readonly PublishedEntry[];
  /** The newest withdrawn first. */
  readonly withdrawn: readonly WithdrawnEntry[];
  readonly cases: ReadonlyMap<string, SiteCase>;
  /** Exhibits of each case, by its key, in the order of `published`. */
  readonly within: ReadonlyMap<string, readonly PublishedEntry[]>;
}

const KEY = /^[a-z0-9](?:[a-z0-9-]{0,80}[a-z0-9])?$/;

/** Throws `usage` where an id or a key comes twice, or a key cannot stand in an address. */
export function surveyOf(content: SiteContent, entries: readonly ExhibitEntry[]): Survey {
  requireDistinct(entries.map(({ id }) => id));
  requireKeys(content.cases.map(({ key }) => key));
  requireKeys(content.questions.map(({ key }) => key));
  const published = entries.filter((entry): entry is PublishedEntry => entry.withdrawn === undefined);
  const newest = published.toSorted((a, b) => later(a.publishedAt, b.publishedAt) || order(a.id, b.id));
  const within = new Map<string, PublishedEntry[]>(content.cases.map(({ key }) => [key, []]));
  for (const entry of newest) if (entry.caseKey !== undefined) within.get(entry.caseKey)?.push(entry);
  return {
    content,
    published: newest,
    withdrawn: entries
      .filter((entry): entry is WithdrawnEntry => entry.withdrawn !== undefined)
      .toSorted((a, b) => later(a.withdrawn.at, b.withdrawn.at) || order(a.id, b.id)),
    cases: new Map(content.cases.map((one) => [one.key, one])),
    within,
  };
}

/** Times may be told in several zones. */
export function later(one: string, other: string): number {
  return Date.parse(other) - Date.parse(one);
}

function order(one: string, other: string): number {
  return one < other ? -1 : 1;
}

function requireKeys(keys: readonly string[]): void {
  requireDistinct(keys);
  const wrong = keys.find((key) => !KEY.test(key) || /^\d+$/.test(key));
  if (wrong !== undefined) throw new PlacardError("usage", `${wrong} cannot stand in an address of the site.`);
}

function requireDistinct(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new PlacardError("usage", `${name} comes twice in what is to be published.`);
    seen.add(name);
  }
}

export type Change =
  | { readonly kind: "published"; readonly at: string; readonly id: string }
  | { readonly kind: "corrected"; readonly at: string; readonly id: string; readonly correction: Correction }
  | { readonly kind: "withdrawn"; readonly at: string; readonly id: string; readonly because: WithdrawnBecause }
  | { readonly kind: "site"; readonly at: string; readonly correction: Correction };

/** What was put right or taken back, the newest first. */
export function corrected({ content, published, withdrawn }: Survey): readonly Change[] {
  const ofExhibits = published.flatMap(({ id, corrections }) =>
    corrections.map((correction): Change => ({ kind: "corrected", at: correction.at, id, correction })),
  );
  const gone = withdrawn.map(({ id, withdrawn: { at, because } }): Change => ({ kind: "withdrawn", at, id, because }));
  const ofSite = content.corrections.map((correction): Change => ({ kind: "site", at: correction.at, correction }));
  return newestFirst([...ofExhibits, ...gone, ...ofSite]);
}

/** The same and what was published, at most `most`. */
export function changes(survey: Survey, most: number): readonly Change[] {
  const published = survey.published.slice(0, most).map(
    ({ id, publishedAt }): Change => ({
      kind: "published",
      at: publishedAt,
      id,
    }),
  );
  return newestFirst([...corrected(survey).slice(0, most), ...published]).slice(0, most);
}

/** Of two at one time, by what they are about: the same record gives the same order. */
function newestFirst(all: readonly Change[]): readonly Change[] {
  const key = (change: Change): string =>
    "id" in change ? `${change.kind} ${change.id}` : `${change.kind} ${change.correction.what}`;
  return all.toSorted((a, b) => later(a.at, b.at) || order(key(a), key(b)));
}
