/** What a post says of itself, read from the page's own metadata, with a note of where each fact came from. */
import type { Json, JsonObject } from "../../lib/json.ts";
import type { PageData } from "../page-data.ts";
import { readerOf } from "../visible.ts";
import { fromActivity } from "./activity-streams.ts";
import { fromJsonLd } from "./json-ld.ts";
import { fromMicroformats } from "./microformats.ts";
import { fromOpenGraph } from "./open-graph.ts";
import type { PostFacts } from "./post-facts.ts";

/** The name of a source is what is sealed beside a fact it gave. Earlier sources win. */
const SOURCES: readonly (readonly [string, (data: PageData, url: string) => PostFacts])[] = [
  ["JSON-LD", fromJsonLd],
  ["ActivityStreams", fromActivity],
  ["microformats", fromMicroformats],
  ["OpenGraph", fromOpenGraph],
  ["page", fromPage],
];

const LONGEST: Readonly<Record<keyof PostFacts, number>> = {
  author: 200,
  handle: 200,
  postText: 20_000,
  postedAt: 64,
  platform: 200,
  media: 2000,
  title: 500,
};
const MOST_MEDIA = 20;
const LONGEST_LINK = 2000;

/**
 * Facts as fields of the `captured` act, with `factSources`. Of several post texts the first that a reader of the page
 * sees is taken: metadata may say what the page does not, and `postTextVisible` then says so. Never throws, whatever the
 * page says.
 */
export function readFacts(data: PageData, url: string): JsonObject {
  const readings = SOURCES.map(([source, read]) => ({ source, facts: cleanFacts(read(data, url)) }));
  const isVisible = readerOf(data.text);
  const texts = readings.filter(({ facts }) => facts.postText !== undefined);
  const quoted = texts.find(({ facts }) => isVisible(facts.postText ?? "")) ?? texts[0];
  const facts: Record<string, Json> = {};
  const factSources: Record<string, string> = {};
  for (const { source, facts: read } of readings) {
    for (const [name, value] of Object.entries(read)) {
      if (facts[name] !== undefined || (name === "postText" && source !== quoted?.source)) continue;
      facts[name] = value;
      factSources[name] = source;
    }
  }
  if (quoted !== undefined) facts["postTextVisible"] = isVisible(quoted.facts.postText ?? "");
  const activityLink = cleanText(data.activityLink, LONGEST_LINK);
  return { ...facts, ...(activityLink === "" ? {} : { activityLink }), factSources };
}

/** Texts of posts that the page's metadata tells of; OpenGraph's descriptions are not among them, since walls have these too. */
export function postTexts(data: PageData, url: string): readonly string[] {
  return [fromJsonLd, fromActivity, fromMicroformats].flatMap((read) => {
    const { postText } = cleanFacts(read(data, url));
    return postText === undefined ? [] : [postText];
  });
}

function fromPage(data: PageData, url: string): PostFacts {
  return { title: data.title, platform: URL.parse(url)?.hostname ?? "" };
}

function cleanFacts(facts: PostFacts): PostFacts {
  const clean: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(facts) as [keyof PostFacts, string | readonly string[]][]) {
    const longest = LONGEST[name];
    const kept = typeof value === "string" ? cleanText(value, longest) : cleanList(value, longest);
    if (kept.length > 0) clean[name] = kept;
  }
  return clean;
}

function cleanList(values: readonly string[], longest: number): readonly string[] {
  return values
    .slice(0, MOST_MEDIA)
    .map((value) => cleanText(value, longest))
    .filter((value) => value !== "");
}

/**
 * Control characters go (tab and line feed stay), lone surrogates are mended, and a long text is cut at a character.
 * Characters that turn the direction of text stay: Hebrew and Arabic need them, and what is sealed is what was said.
 * Whoever shows a fact must isolate it (`dir="auto"`, `printable`).
 */
function cleanText(value: string, longest: number): string {
  /* oxlint-disable no-control-regex -- control characters are what is looked for */
  const text = value
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
    .trim();
  return text
    .slice(0, longest)
    .replace(/[\ud800-\udbff]$/, "")
    .toWellFormed();
}
