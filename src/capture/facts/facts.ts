/** What a post says of itself, read from the page's own metadata, with a note of where each fact came from. */
import type { Json, JsonObject } from "../../lib/json.ts";
import type { SaidPage } from "../page/said-page.ts";
import { readerOf } from "../page/visible.ts";
import type { FormKind } from "../post/other-forms.ts";
import type { OtherForm } from "../post/read-forms.ts";
import { fromActivity, fromFetchedActivity } from "./activity-streams.ts";
import { agree, type Stated, statesZone } from "./agree.ts";
import { fromAtProtocol, fromFetchedAt } from "./at-protocol.ts";
import { cleanFacts, cleanText } from "./clean.ts";
import { fromJsonLd } from "./json-ld.ts";
import { fromMarkup } from "./markup/markup.ts";
import { MARKUP_RULES } from "./markup/rules.ts";
import { fromMicrodata } from "./microdata.ts";
import { fromMicroformats } from "./microformats.ts";
import { fromOembed } from "./oembed.ts";
import { fromOpenGraph } from "./open-graph.ts";
import { fromPageText } from "./page-text.ts";
import type { Fact, FactName, PostFacts } from "./post-facts.ts";

interface SourceTraits {
  /** What is sealed beside a fact it gave. */
  readonly name: string;
  /** Whether it shortens texts without saying so. */
  readonly shortens?: boolean;
  /** Whether what it says is not of the post but of the page: no contradiction to those above. */
  readonly fallback?: boolean;
  /** Whether walls have it too, so that it does not show that the page has a post. */
  readonly general?: boolean;
}

/** What the page itself says, or another form of the post, of a kind. */
type Source = SourceTraits &
  (
    | { readonly kind?: undefined; readonly read: (page: SaidPage, url: string) => PostFacts }
    | { readonly kind: FormKind; readonly read: (page: SaidPage, url: string, form: OtherForm) => PostFacts }
  );

/** In the order of trust; docs/formats/capture.md says why. */
const SOURCES: readonly Source[] = [
  { name: "JSON-LD", read: fromJsonLd },
  { name: "ActivityStreams", read: fromActivity },
  { name: "ActivityStreams (fetched)", kind: "ActivityStreams", read: fromFetchedActivity },
  { name: "AT Protocol", read: fromAtProtocol },
  { name: "AT Protocol (fetched)", kind: "AT Protocol", read: fromFetchedAt },
  { name: "microdata", read: fromMicrodata },
  { name: "microformats", read: fromMicroformats },
  ...[...new Set(MARKUP_RULES.map(({ name }) => name))].map((name) => ({
    name: `markup (${name})`,
    read: (page: SaidPage) => fromMarkup(page, name),
    // Where a post was removed, platforms say so in the place of its words.
    general: true,
  })),
  { name: "oEmbed", kind: "oEmbed", read: fromOembed, general: true },
  { name: "OpenGraph", read: fromOpenGraph, shortens: true, general: true },
  { name: "page text", read: fromPageText },
  { name: "page", read: fromPage, fallback: true, general: true },
];
const LONGEST_LINK = 2000;
const LONGEST_CONFLICT = 5000;

interface Reading {
  readonly source: Source;
  readonly facts: PostFacts;
  /** Where another form of the post was asked for. */
  readonly address?: string;
}

interface Statement extends Stated {
  readonly source: string;
  readonly fallback: boolean;
}

/**
 * Facts as fields of the `captured` act. `factSources` names who says each, the one that was believed first;
 * `factConflicts` has what others say instead, and `factAddresses` from where those came that are not in the page. Of several post texts the first that a reader of the page sees is taken:
 * metadata may say what the page does not, and `postTextVisible` then says so. Never throws, whatever the page says.
 */
export function readFacts(page: SaidPage, url: string): JsonObject {
  const isVisible = readerOf(page.text);
  const readings = readAll(page, url);
  const stated = statements(readings);
  const facts: Record<string, Json> = {};
  const factSources: Record<string, Json> = {};
  const factConflicts: Record<string, Json> = {};
  for (const [name, all] of stated) {
    const chosen = choose(name, all, isVisible);
    if (chosen === undefined) continue;
    const agreeing = all.filter((other) => other !== chosen && !other.fallback && agree(name, chosen, other));
    facts[name] = chosen.value as Json;
    factSources[name] = [chosen, ...agreeing].map(({ source }) => source);
    const others = all.filter((other) => other !== chosen && !other.fallback && !agreeing.includes(other));
    if (others.length > 0) factConflicts[name] = others.map(({ source, value }) => ({ source, value: bounded(value) }));
  }
  const links = {
    activityLink: cleanText(page.activityLink, LONGEST_LINK),
    atUri: cleanText(page.atUri, LONGEST_LINK),
    oembedLink: cleanText(page.oembedLink, LONGEST_LINK),
  };
  return {
    ...facts,
    ...(facts["postText"] === undefined ? {} : { postTextVisible: isVisible(String(facts["postText"])) }),
    ...timesWithoutZone(facts),
    ...Object.fromEntries(Object.entries(links).filter(([, link]) => link !== "")),
    factSources,
    ...addressesOf(readings),
    ...(Object.keys(factConflicts).length === 0 ? {} : { factConflicts }),
  };
}

function choose(
  name: FactName,
  all: readonly Statement[],
  isVisible: (words: string) => boolean,
): Statement | undefined {
  const seen = name === "postText" ? all.find(({ value }) => isVisible(String(value))) : undefined;
  return seen ?? all[0];
}

/** The post's words as they are sealed; empty where nothing gives them. */
export function chosenText(page: SaidPage, url: string): string {
  const all = statements(readAll(page, url)).get("postText") ?? [];
  return String(choose("postText", all, readerOf(page.text))?.value ?? "");
}

/** Texts of posts that the page's metadata tells of; OpenGraph's descriptions are not among them, since walls have these too. */
export function postTexts(page: SaidPage, url: string): readonly string[] {
  return readAll(page, url).flatMap(({ source, facts }) =>
    source.general || facts.postText === undefined ? [] : [facts.postText],
  );
}

function readAll(page: SaidPage, url: string): readonly Reading[] {
  const isOthers = ofAnother(page);
  const readings = SOURCES.flatMap((source) => readOne(source, page, url));
  return readings.filter(({ facts }) => !isOthers(facts.postText));
}

/** Of several forms of one kind, the first that says something. */
function readOne(source: Source, page: SaidPage, url: string): readonly Reading[] {
  if (source.kind === undefined) return [{ source, facts: cleanFacts(source.read(page, url)) }];
  for (const form of page.forms?.filter(({ kind }) => kind === source.kind) ?? []) {
    const facts = cleanFacts(source.read(page, url, form));
    if (Object.keys(facts).length > 0) return [{ source, facts, address: form.url }];
  }
  return [];
}

function addressesOf(readings: readonly Reading[]): JsonObject {
  const addresses = readings.flatMap(({ source, address }) =>
    address === undefined ? [] : [[source.name, cleanText(address, LONGEST_LINK)] as const],
  );
  return addresses.length === 0 ? {} : { factAddresses: Object.fromEntries(addresses) };
}

/** Whether words are those of another post on the page: a reader sees them, and not in this post's element. */
function ofAnother({ element, text }: SaidPage): (words: string | undefined) => boolean {
  if (element.foundBy === "nothing") return () => false;
  const [isInElement, isOnPage] = [readerOf(element.text), readerOf(text)];
  return (words) => words !== undefined && isOnPage(words) && !isInElement(words);
}

/** Who says what, by fact; in the order of trust. */
function statements(readings: readonly Reading[]): ReadonlyMap<FactName, readonly Statement[]> {
  const found = new Map<FactName, Statement[]>();
  for (const { source, facts } of readings) {
    for (const [name, value] of Object.entries(facts) as [FactName, Fact][]) {
      const all = found.get(name) ?? [];
      all.push({ source: source.name, value, shortens: source.shortens === true, fallback: source.fallback === true });
      found.set(name, all);
    }
  }
  return found;
}

function bounded(value: Fact): Json {
  return typeof value === "string" ? cleanText(value, LONGEST_CONFLICT) : (value as Json);
}

function timesWithoutZone(facts: Readonly<Record<string, Json>>): JsonObject {
  const without = ["postedAt", "editedAt"].filter((name) => name in facts && !statesZone(String(facts[name])));
  return without.length === 0 ? {} : { timesWithoutZone: without };
}

function fromPage(page: SaidPage, url: string): PostFacts {
  return { title: page.title, platform: URL.parse(url)?.hostname ?? "" };
}
