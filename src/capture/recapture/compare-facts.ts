/**
 * When a post was posted and edited and what it answers, as two captures say it. Only what the same source says at both
 * times is compared: two sources that differ were two from the beginning.
 */
import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import { agree, isLater } from "../facts/agree.ts";

type Fields = Readonly<Record<string, Json>>;

const COMPARED = ["postedAt", "editedAt", "edited", "replyTo"] as const;
type Compared = (typeof COMPARED)[number];

export interface FactsCompared {
  /** By fact, `before` and `after`; null is that nothing of it was said. */
  readonly changes: JsonObject;
  /** Facts of which one of both captures says something, and that cannot be held against each other. */
  readonly notCompared: readonly string[];
}

export function compareFacts(before: Fields, after: Fields): FactsCompared {
  const changes: Record<string, Json> = {};
  const notCompared: string[] = [];
  for (const name of COMPARED) {
    const found =
      name === "edited" || name === "editedAt" ? editMark(name, before, after) : stated(name, before, after);
    if (found === "unclear") notCompared.push(name);
    else if (found !== "same") changes[name] = found;
  }
  return { changes, notCompared };
}

type Found = JsonObject | "same" | "unclear";

function stated(name: Compared, before: Fields, after: Fields): Found {
  const [was, is] = [before[name], after[name]];
  if (was === undefined && is === undefined) return "same";
  if (was === undefined || is === undefined) return "unclear";
  if (isAlike(name, was, is)) return "same";
  const [wasSaid, isSaid] = [bySource(name, before), bySource(name, after)];
  const source = [...wasSaid.keys()].find((one) => isSaid.has(one));
  if (source === undefined) return "unclear";
  const [first, second] = [wasSaid.get(source) ?? was, isSaid.get(source) ?? is];
  if (isAlike(name, first, second)) return "same";
  return name === "replyTo" || name === "edited" || isAnotherMoment(String(first), String(second))
    ? { before: first, after: second }
    : "unclear";
}

/**
 * A mark that came since. One whose time lies before the first capture was there then, and was not read; one without a time
 * counts where its source was heard at the first capture too, and said nothing of it.
 */
function editMark(name: "edited" | "editedAt", before: Fields, after: Fields): Found {
  const [was, is] = [before[name], after[name]];
  if (was !== undefined && is !== undefined) return stated(name, before, after);
  if (is === undefined) return was === undefined || was === false ? "same" : "unclear";
  if (is === false) return "same";
  if (name === "editedAt")
    return isLater(String(is), String(before["capturedAt"])) ? { before: null, after: is } : "unclear";
  const heard = sourcesOf(before);
  return sourcesFor("edited", after).some((source) => heard.has(source))
    ? { before: was ?? null, after: is }
    : "unclear";
}

/** A clock without a zone may be the reader's own. */
function isAnotherMoment(a: string, b: string): boolean {
  return isLater(a, b) || isLater(b, a);
}

function isAlike(name: Compared, a: Json, b: Json): boolean {
  const tidy = (value: Json): Json => (name === "replyTo" ? withoutVisit(String(value)) : value);
  const [one, other] = [a, b].map((value) => ({ value: tidy(value) as string | boolean, shortens: false }));
  return one !== undefined && other !== undefined && agree(name, one, other);
}

/** What tells of a visit in an address, and not of what it leads to. */
const VISIT = /^(?:sid|s|phpsessid|jsessionid|utm_\w+|fbclid|igshid|igsh|gclid|ref|ref_src|ref_url|si)$/i;

function withoutVisit(address: string): string {
  const url = URL.parse(address);
  if (url === null || url.search === "") return address;
  url.search = new URLSearchParams([...url.searchParams].filter(([name]) => !VISIT.test(name))).toString();
  return url.href;
}

/** What each source says of a fact, the one that was believed first before the others. */
function bySource(name: string, fields: Fields): ReadonlyMap<string, Json> {
  const chosen = fields[name] as Json;
  const found = new Map<string, Json>(sourcesFor(name, fields).map((source) => [source, chosen]));
  const { factConflicts } = fields;
  const others = isJsonObject(factConflicts) ? factConflicts[name] : undefined;
  for (const one of Array.isArray(others) ? others : []) {
    if (isJsonObject(one) && typeof one["source"] === "string" && one["value"] !== undefined)
      if (!found.has(one["source"])) found.set(one["source"], one["value"]);
  }
  return found;
}

/** Where a record names none, all is taken to be of one. */
function sourcesFor(name: string, { factSources }: Fields): readonly string[] {
  const sources = isJsonObject(factSources) ? factSources[name] : undefined;
  return Array.isArray(sources) ? sources.filter((one) => typeof one === "string") : [""];
}

/** All that said anything at all. */
function sourcesOf({ factSources }: Fields): ReadonlySet<string> {
  if (!isJsonObject(factSources)) return new Set([""]);
  return new Set(
    Object.values(factSources)
      .flat()
      .filter((one) => typeof one === "string"),
  );
}
