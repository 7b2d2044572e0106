/** What a post says of itself, read from the page's own metadata, with a note of where each fact came from. */
import type { JsonObject } from "../../lib/json.ts";
import type { PageData } from "../page-data.ts";
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

/** Facts as fields of the `captured` act, with `factSources`. Never throws, whatever the page says. */
export function readFacts(data: PageData, url: string): JsonObject {
  const facts: Record<string, string | readonly string[]> = {};
  const factSources: Record<string, string> = {};
  for (const [source, read] of SOURCES) {
    for (const [name, value] of Object.entries(read(data, url)) as [
      keyof PostFacts,
      string | readonly string[] | undefined,
    ][]) {
      const clean = typeof value === "string" ? cleanText(value, LONGEST[name]) : cleanList(value, LONGEST[name]);
      if (facts[name] !== undefined || clean === undefined || clean.length === 0) continue;
      facts[name] = clean;
      factSources[name] = source;
    }
  }
  return { ...facts, factSources };
}

/** Every text that metadata gives as a post's, to compare with what is visible. */
export function postTexts(data: PageData, url: string): readonly string[] {
  return SOURCES.slice(0, 4).flatMap(([, read]) => {
    const { postText } = read(data, url);
    return postText === undefined ? [] : [postText];
  });
}

function fromPage(data: PageData, url: string): PostFacts {
  return { title: data.title, platform: URL.parse(url)?.hostname ?? "" };
}

function cleanList(values: readonly string[] | undefined, longest: number): readonly string[] {
  return (values ?? [])
    .slice(0, MOST_MEDIA)
    .map((value) => cleanText(value, longest) ?? "")
    .filter((value) => value !== "");
}

/** Control characters go (tab and line feed stay), lone surrogates are mended, and a long text is cut at a character. */
function cleanText(value: string, longest: number): string | undefined {
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
