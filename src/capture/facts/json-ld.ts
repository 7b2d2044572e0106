/** schema.org in JSON-LD scripts. */
import { isJsonObject, type Json, type JsonObject, parseJson } from "../../lib/json.ts";
import type { PageData } from "../page-data.ts";
import { isSamePage } from "../same-page.ts";
import { definedOnly, type PostFacts } from "./post-facts.ts";

const POST_TYPES = new Set([
  "SocialMediaPosting",
  "DiscussionForumPosting",
  "BlogPosting",
  "LiveBlogPosting",
  "Comment",
  "Article",
  "NewsArticle",
  "Question",
  "Answer",
  "Message",
  "VideoObject",
  "ImageObject",
  "Photograph",
]);
const LIMITS = { length: 300_000, depth: 24 };
const MOST_NODES = 2000;

export function fromJsonLd(data: PageData, url: string): PostFacts {
  const posts = data.jsonLd
    .flatMap(parse)
    .flatMap((value) => nodes(value))
    .filter(isPost);
  const post = posts.find((candidate) => isAbout(candidate, url)) ?? posts[0];
  if (post === undefined) return {};
  const author = first(post["author"] ?? post["creator"]);
  return definedOnly({
    author: nameOf(author),
    handle: isJsonObject(author) ? text(author["alternateName"]) : undefined,
    postText: text(post["text"]) ?? text(post["articleBody"]) ?? text(post["description"]),
    postedAt: text(post["datePublished"]) ?? text(post["dateCreated"]) ?? text(post["uploadDate"]),
    platform: nameOf(first(post["publisher"])),
    media: [post["image"], post["video"], post["sharedContent"]].flatMap(addresses),
    title: text(post["headline"]) ?? text(post["name"]),
  });
}

function parse(script: string): readonly Json[] {
  try {
    return [parseJson(script, "JSON-LD", LIMITS)];
  } catch {
    return []; // A page's broken metadata says nothing; its bytes are in the archive.
  }
}

/** All objects of a document, the outer ones first. */
function nodes(value: Json): readonly JsonObject[] {
  const found: JsonObject[] = [];
  let level: readonly Json[] = [value];
  while (level.length > 0 && found.length < MOST_NODES) {
    const objects = level.filter(isJsonObject).slice(0, MOST_NODES - found.length);
    found.push(...objects);
    level = [...level.filter(isArray), ...objects.map((object) => Object.values(object))].flat().filter(isNested);
  }
  return found;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isNested(value: Json): boolean {
  return typeof value === "object" && value !== null;
}

function isPost(node: JsonObject): boolean {
  const types = [node["@type"] ?? null].flat();
  return types.some(
    (type) => typeof type === "string" && POST_TYPES.has(type.replace(/^https?:\/\/schema\.org\//, "")),
  );
}

function isAbout(node: JsonObject, url: string): boolean {
  return [node["url"], node["@id"], node["mainEntityOfPage"]].some((value) =>
    isSamePage(isJsonObject(value) ? value["@id"] : value, url),
  );
}

function first(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function nameOf(value: Json | undefined): string | undefined {
  return isJsonObject(value) ? text(value["name"]) : text(value);
}

function text(value: Json | undefined): string | undefined {
  const one = first(value);
  return typeof one === "string" && one.trim() !== "" ? one : undefined;
}

function addresses(value: Json | undefined): readonly string[] {
  return [value ?? null].flat().flatMap((one) => {
    const address = isJsonObject(one) ? (one["contentUrl"] ?? one["url"]) : one;
    return typeof address === "string" && /^https?:/.test(address) ? [address] : [];
  });
}
